import { type Deferred, isAfter } from '../call.ts';
import type { Service } from '../operations/sdk.ts';
import { services } from '../operations/services.ts';
import type { Operation } from '../operations.ts';
import { legibleJson, shellWord } from '../text/shell.ts';

const dashed = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
/** How a value is written that is not known yet, as the shell takes it. */
export type Later = (after: Deferred) => string;
const known: Later = ({ step, $after }) => `'<known after ${[step, $after].filter(Boolean).join('/')}>'`;

/** A call, or a question. */
interface Asked {
  readonly operation: Operation;
  readonly input: object;
}
/** The operation as the AWS CLI names it: 'aws sso-admin create-permission-set'. */
export function commandName({ operation }: Pick<Asked, 'operation'>): string {
  const [service, name] = operation.split(':') as [Service, string];
  return `aws ${services[service].cli} ${dashed(name)}`;
}
/** Where a command of the AWS CLI goes, as its flags. */
export interface Where {
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
}

/**
 * The call, or the question, as an AWS CLI command: run in a shell, it sends the same values, byte for byte. `later`:
 * what stands for a value that is not known yet; a placeholder in quotes unless given.
 */
export function commandLine(call: Asked, where: Where = {}, later: Later = known): string {
  const entries = Object.entries(call.input);
  const asJson = entries.filter(([, value]) => typeof value === 'string' && isMisread(value));
  return [
    commandName(call),
    ...(asJson.length > 0 ? [`--cli-input-json ${shellWord(legibleJson(Object.fromEntries(asJson)))}`] : []),
    ...entries
      .filter((entry) => !asJson.includes(entry))
      .map(([name, value]) => `--${dashed(name)} ${argument(value, later)}`),
    ...flagsOf(where),
  ].join(' ');
}

/**
 * The AWS CLI reads a file, or in version 1 an address, in the place of a value that begins so. Source: AWS CLI User
 * Guide, "Loading a parameter from a file"; in a JSON skeleton it does not. Nor does a skeleton take a value for a flag,
 * and the shell keeps a line break at its end.
 */
const isMisread = (value: string): boolean =>
  /^(fileb?|https?):\/\//i.test(value) || value.startsWith('-') || /\n$|\0/.test(value);

const argument = (value: unknown, later: Later): string => {
  if (isAfter(value)) return later(value);
  return shellWord(typeof value === 'string' ? value : legibleJson(value));
};
const flagsOf = (where: Where): readonly string[] =>
  Object.entries(where).map(([name, value]: [string, string]) =>
    value.startsWith('-') ? `--${dashed(name)}=${shellWord(value)}` : `--${dashed(name)} ${shellWord(value)}`,
  );

/** A command that is written already, with where it goes. */
export const commandAt = (command: string, where: Where): string => [command, ...flagsOf(where)].join(' ');
