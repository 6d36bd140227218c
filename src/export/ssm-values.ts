import { type Deferred, isAfter, replaceAfter } from '../model/call.ts';
import { nameOf, type Setup } from '../model/progress/setup.ts';
import { labels, tellerOf } from './export.ts';

/** What whoever starts a document is asked for. */
export interface Parameter {
  readonly type: 'String' | 'StringList';
  readonly description: string;
  readonly default?: string;
}
/** What a document's steps share. */
export interface Context {
  readonly setup: Setup;
  readonly label: (wanted: string) => string;
  readonly parameters: Map<string, Parameter>;
  /** Names of the document's variables, by the name of the value that each holds. */
  readonly variables: Map<string, string>;
  /** A value as a step's input has it: a text, or what stands for one that is looked up. */
  readonly value: <T>(value: T) => T;
}

/** What begins a placeholder in a document cannot be escaped: a text that has it is asked for when the document is started. */
const placeholder = '{{';

export function contextOf(setup: Setup): Context {
  const parameters = new Map<string, Parameter>();
  const variables = new Map<string, string>();
  const label = labels();
  const asked = new Map<string, string>();
  const text = (value: string): string => {
    if (!value.includes(placeholder)) return value;
    const name = asked.get(value) ?? `Text${asked.size + 1}`;
    asked.set(value, name);
    parameters.set(name, {
      type: 'String',
      description: `(Required) This text: ${value.replaceAll(placeholder, '{ {')} (without the space between the braces)`,
    });
    return `{{ ${name} }}`;
  };
  const value = <T>(of: T): T => {
    const walk = (one: unknown): unknown => {
      if (typeof one === 'string') return text(one);
      if (isAfter(one)) return one;
      if (Array.isArray(one)) return one.map(walk);
      if (typeof one !== 'object' || one === null) return one;
      return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
    };
    return replaceAfter(walk(of) as T, (after) => `{{ variable:${variableOf(after)} }}`);
  };
  const variableOf = (after: Deferred): string => {
    const name = nameOf(after);
    const own =
      variables.get(name) ??
      `${camel(tellerOf(setup, after)?.step.id ?? '')}${after.path.endsWith('Arn') ? 'Arn' : 'Id'}`;
    variables.set(name, own);
    return own;
  };
  return { setup, label, parameters, variables, value };
}

/** 'permission-set' → 'PermissionSet'. */
const camel = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
