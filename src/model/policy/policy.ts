import { memoize } from '../text/memoize.ts';
import { conditionOf, describePrincipal } from './condition-words.ts';

/** What a policy's text says, taken apart: one grant for each action on each resource. Written for identity-based policies. */
export interface Grant {
  readonly effect: 'Allow' | 'Deny';
  readonly action: Matches;
  readonly resource: Matches;
  /** All have to hold. Each in one form, so that equal ones are equal texts. */
  readonly conditions: readonly string[];
}
/** One pattern with `*` and `?`, or everything but some (`NotAction`, `NotResource`). */
export type Matches = { readonly only: string } | { readonly but: readonly string[] };

/**
 * A policy taken apart. `version`: 2008-10-17 where it says none (IAM User Guide, "IAM JSON policy elements: Version").
 */
export interface Policy {
  readonly version: string;
  readonly statements: number;
  readonly grants: readonly Grant[];
}

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A policy's text taken apart: undefined for what is no policy. An empty text, which AWS gives where there is none, is
 * a policy that grants nothing. Whether IAM would take it is not checked.
 */
export const policyIn = memoize((text: string): Policy | undefined => {
  if (text === '') return { version: '', statements: 0, grants: [] };
  try {
    const policy: unknown = JSON.parse(text);
    const statements = isRecord(policy) ? list(policy.Statement) : [undefined];
    if (!isRecord(policy) || !statements.every(isRecord)) return undefined;
    return {
      version: String(policy.Version ?? '2008-10-17'),
      statements: statements.length,
      grants: statements.flatMap(grantsIn),
    };
  } catch {
    return undefined;
  }
});

function grantsIn(statement: Readonly<Record<string, unknown>>): readonly Grant[] {
  const { Sid: _, Effect, Action, NotAction, Resource, NotResource, Condition, ...others } = statement;
  const conditions = [
    ...(isRecord(Condition) ? Object.entries(Condition) : []).flatMap(([operator, keys]) =>
      isRecord(keys) ? Object.entries(keys).map(([key, values]) => conditionOf(operator, key, values)) : [],
    ),
    ...Object.entries(others).map(([name, value]) =>
      name === 'Principal' || name === 'NotPrincipal'
        ? describePrincipal(name, value)
        : `${name} ${JSON.stringify(value)}`,
    ),
  ].sort();
  const actions = matches(Action, NotAction);
  const resources = matches(Resource, NotResource);
  return actions.flatMap((action) =>
    resources.map((resource) => ({
      effect: Effect === 'Deny' ? ('Deny' as const) : ('Allow' as const),
      ...{ action, resource, conditions },
    })),
  );
}
const matches = (only: unknown, but: unknown): readonly Matches[] =>
  but === undefined
    ? [...new Set(list(only).map(String))].map((one) => ({ only: one }))
    : [{ but: [...new Set(list(but).map(String))].sort() }];

/**
 * How many statements a text has, and how many characters AWS counts: white space is free (IAM User Guide, "IAM and AWS
 * STS quotas"). A text that is no policy has no statements.
 */
export const sizeOf = (text: string): { readonly statements: number; readonly characters: number } => ({
  statements: policyIn(text)?.statements ?? 0,
  characters: text.replace(/\s/g, '').length,
});
