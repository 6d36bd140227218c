import { type Call, isAfter, type Json } from '../model/call.ts';
import { factsOf } from '../model/operations.ts';
import { wayNow } from '../model/phase.ts';
import { type Change, followsFrom, type Plan } from '../model/plan.ts';
import { describeBatch } from '../model/policy/change-words.ts';
import { commandLine } from '../model/progress/cli-command.ts';
import { describeIdentity, whereOf } from '../model/progress/cli-target.ts';
import { describeSentBefore } from '../model/progress/sent-before.ts';
import type { Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { formatCount } from '../model/text/format-count.ts';
import { type Block, fact, gap, signed, strong, text, warning } from './block.ts';

export interface Agreement {
  readonly changes: readonly Change[];
  readonly step: Step;
  readonly plan: Plan;
}
/** From so many on each is one sentence, and what they have in common stands once. */
const several = 4;

/** What the operator agrees to, in few rows: what will be different, what follows, and the way back. */
export function agreementBlocks({ changes, step }: Agreement, run: Run): readonly Block[] {
  const consequences = new Set(changes.flatMap(followsFrom));
  return [
    // That it was sent before stands first: who agrees again has to know.
    ...changes.flatMap((change) =>
      describeSentBefore(step.id, change, run).map((one) =>
        warning(changes.length === 1 ? one : `${change.says}: ${one}`),
      ),
    ),
    ...(changes.length > several ? togetherBlocks(changes) : eachBlocks(changes)),
    fact('Undo', wayBack(step, run)),
    ...[...consequences].map((one): Block => ({ is: 'consequence', text: one })),
    gap,
  ];
}
const eachBlocks = (changes: readonly Change[]): readonly Block[] =>
  changes.flatMap((change) => [whatBlock(change), ...differenceBlocks(change)]);
function togetherBlocks(changes: readonly Change[]): readonly Block[] {
  const [first, ...others] = changes;
  if (!first) return [];
  const same = ([name, value]: readonly [string, unknown]): boolean =>
    others.every(({ call }) => JSON.stringify(call.input[name as never]) === JSON.stringify(value));
  const sum = describeBatch(changes.map(({ call }) => call)) ?? `${changes.length} changes`;
  const common = Object.fromEntries(Object.entries(first.call.input).filter(same));
  return [
    strong(`${sum}, confirmed together:`),
    ...changes.map(whatBlock),
    text('In all of them:'),
    ...differenceBlocks({ ...first, call: { ...first.call, input: common } as Change['call'] }),
  ];
}
const whatBlock = ({ says, risk }: Change): Block => ({
  is: 'change',
  text: says,
  dangerous: risk === 'dangerous',
});
const wayBack = ({ undo }: Step, run: Run): string => {
  if (wayNow(run) === 'undo') return 'this undoes it; a new run makes it again';
  return undo
    ? `cw-runbook undo: ${undo.says ?? 'it is undone, if nobody has changed it since'}`
    : 'not by this program';
};

/** The members of the call as a difference. */
function differenceBlocks({ call, before }: Change): readonly Block[] {
  const { effect, plumbing } = factsOf(call.operation);
  const sign = effect === 'removes' ? 'goes' : before === undefined || before === '' ? 'comes' : 'replaces';
  return Object.entries(call.input)
    .filter(([name]) => !plumbing.includes(name))
    .map(([name, value]) => signed(sign, `${name}: ${inShort(name, value as Json, call)}`));
}
function inShort(name: string, value: Json, call: Call): string {
  if (isAfter(value)) return 'assigned by AWS';
  if (isPolicy(value)) return `${sizeText(name, value, call)}, below`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
const isPolicy = (value: Json): value is string => typeof value === 'string' && /^\s*\{.*\}\s*$/s.test(value);
/** AWS counts what is no white space. */
function sizeText(name: string, policy: string, { operation }: Call): string {
  const { size: quota } = factsOf(operation).quota;
  const size = Buffer.byteLength(policy.replace(/\s/g, ''));
  return quota?.member === name
    ? `${formatCount(size)} of ${formatCount(quota.most)} characters`
    : `${formatCount(size)} characters`;
}

/** A change as data: the call with everything in it. */
export const callBlocks = (changes: readonly Change[]): readonly Block[] =>
  changes.flatMap(({ call }) => [
    text(call.operation),
    ...Object.entries(call.input).map(([name, value]) => memberBlock(name, value as Json, call)),
    gap,
  ]);
function memberBlock(name: string, value: Json, call: Call): Block {
  if (isAfter(value)) return { is: 'member', name, text: `known after ${value.step ?? ''}/${value.$after}` };
  if (isPolicy(value)) return { is: 'member', name, text: sizeText(name, value, call), policy: value };
  return { is: 'member', name, text: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** The same as commands of the AWS CLI. */
export const cliBlocks = (changes: readonly Change[], step: Step, run: Run): readonly Block[] => [
  ...(run.identities[step.actor] ? describeIdentity(run, step.actor) : []).map(
    (one): Block => ({ is: 'comment', text: `# ${one}` }),
  ),
  ...changes.flatMap(({ call }): readonly Block[] => [
    { is: 'command', text: commandLine(call, whereOf(run, step.actor)), options: true },
    gap,
  ]),
];
/** The way in the console. */
export function consoleBlocks(changes: readonly Change[]): readonly Block[] {
  const ways = [...new Set(changes.flatMap(({ console }) => console ?? []))];
  return ways.length === 0 ? [] : [...ways.map((one) => text(one)), gap];
}
