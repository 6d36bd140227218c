import type { Actor, Deferred } from '../model/call.ts';
import { valueIn } from '../model/call.ts';
import { actorName } from '../model/identity.ts';
import {
  type Bringing,
  bringsWhat,
  factsOf,
  type Removal,
  type WriteOperation,
} from '../model/operations.ts';
import { placeOf } from '../model/progress/cli-target.ts';
import type { Setup, SetupCall } from '../model/progress/setup.ts';
import { escapeControlChars, unseenAs } from '../model/text/escape-control-chars.ts';

/** One of the files that an export is made of. `name`: without a folder. */
export interface ExportFile {
  readonly name: string;
  readonly text: string;
}
/** What is to be written down, and of what it is. */
export interface Exporting {
  readonly setup: Setup;
  /** What the runbook leads through, as in the middle of a sentence. */
  readonly title: string;
  /** The runbook's id: files and documents are named after it. */
  readonly id: string;
}

/** What stands at the top of every export: what it is of, and what it leaves out. A sentence each. */
export function headOf(
  { setup, title }: Exporting,
  what: string,
  leftOut: readonly string[],
): readonly string[] {
  const { run, besides } = setup;
  const { endpointUrl } = placeOf(run);
  return [
    `${what} for ${title}, from run ${run.id} of cw-runbook.`,
    ...(run.simulated
      ? ['A SIMULATED run: its accounts, ARNs and ids exist nowhere at AWS. For rehearsal and reading only.']
      : []),
    ...(run.simulated || endpointUrl === undefined ? [] : [`The run was made at ${endpointUrl}.`]),
    'Not in it:',
    ...[...leftOut, ...besides].map((line) => `- ${line}`),
  ].map(escapeControlChars);
}

/** JSON in which nothing is hidden: what cannot be seen is written by its number. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 1).split('\n').map(legible).join('\n')}\n`;
const legible = (line: string): string =>
  unseenAs(line, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** What no set-up consists of: it takes something back, or comes with what it brings. */
export type NotSetUp = Removal | Bringing;
/** What a set-up consists of. A format says of each what becomes of it. */
export type SetUp = Exclude<WriteOperation, NotSetUp>;
export const isSetUp = (operation: WriteOperation): operation is SetUp => {
  const { effect } = factsOf(operation);
  return effect !== 'removes' && bringsWhat(operation) === undefined;
};
/** Nothing is to be written of it. By its type no other operation is left out. */
export const notSetUp = (_: NotSetUp): readonly never[] => [];

/** The accounts whose credentials act, with the calls that each makes, in the order in which they begin. */
export function byActor({ calls }: Setup): ReadonlyMap<Actor, readonly SetupCall[]> {
  const all = new Map<Actor, SetupCall[]>();
  for (const one of calls) all.set(one.step.actor, [...(all.get(one.step.actor) ?? []), one]);
  return all;
}
export const accountOf = ({ run }: Setup, actor: Actor): string | undefined =>
  run.binding.accounts?.[actor] ?? run.identities[actor]?.account;
/** Whose credentials, as in the middle of a sentence. */
export const whose = (setup: Setup, actor: Actor): string => {
  const account = accountOf(setup, actor);
  return `${actorName(actor)}${account === undefined ? '' : ` ${account}`}`;
};

/** The call whose reply a value is in. */
export const tellerOf = ({ calls }: Setup, after: Deferred): SetupCall | undefined =>
  calls.find(({ step, id }) => step.id === after.step && id === after.$after);
/** Whether two values are the same one, known or not. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** A call's member. */
export const memberOf = ({ call }: SetupCall, member: string): unknown => valueIn(call, member);

/** Names of one's own for things: letters, digits and `_`, each once. */
export function labels(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const plain = wanted
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '');
    const base = /^[a-z]/.test(plain) ? plain : `the_${plain || 'one'}`;
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`;
    taken.add(name);
    return name;
  };
}
