import { type Call, isAfter, type Json, valueIn } from '../model/call.ts';
import { factsOf } from '../model/operations.ts';
import { wayNow } from '../model/phase.ts';
import type { Change, Goal, Plan } from '../model/plan.ts';
import { describeBatch } from '../model/policy/change-words.ts';
import { summaryOf } from '../model/policy/policy-summary.ts';
import { differenceInShort } from '../model/policy/policy-words.ts';
import { commandLine } from '../model/progress/cli-command.ts';
import { describeIdentity, whereOf } from '../model/progress/cli-target.ts';
import { describeSentBefore } from '../model/progress/sent-before.ts';
import type { Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import { formatCount } from '../model/text/format-count.ts';
import { affectedBy } from './affected.ts';
import { assignedBlocks, assignedTogether } from './assigned.ts';
import { type Block, fact, gap, type Sign, signed, text, warning } from './block.ts';

export interface Agreement {
  readonly changes: readonly Change[];
  readonly step: Step;
  readonly plan: Plan;
}
/** From so many on each is one sentence, and what they have in common stands once. */
const several = 4;

/** What the operator agrees to: what will be different, what follows, whom it affects, and the way back. */
export function agreementBlocks(
  { changes, step, plan }: Agreement,
  run: Run,
  number?: string,
): readonly Block[] {
  const assigned = changes.length > several ? assignedTogether(changes) : undefined;
  // Of many assignments the first line says it.
  const isBatch = changes.length > several && describeBatch(changes.map(({ call }) => call)) !== undefined;
  const affected = isBatch ? undefined : affectedBy(changes);
  const passed = plan.goals.flatMap((goal) => (goal.is === 'met' ? [goal.says] : []));
  return [
    // That it was sent before stands first: who agrees again has to know.
    ...changes.flatMap((change) =>
      describeSentBefore(step.id, change, run).map((one) =>
        warning(changes.length === 1 ? one : `${change.says}: ${one}`),
      ),
    ),
    ...(changes.length > several
      ? togetherBlocks(changes, number, assigned?.says ?? togetherText(changes))
      : eachBlocks(changes, number)),
    ...[...new Set(changes.flatMap(decisiveOf))].map((one): Block => ({ is: 'consequence', text: one })),
    // What is wrong with several of them is said in the same words.
    ...[...new Set(plan.goals.flatMap(warned))].map((one) => warning(one)),
    ...arnBlocks(changes),
    ...(affected === undefined ? [] : [fact('Affects', affected)]),
    fact('Undo', wayBack(step, changes, run)),
    // Nothing else has to be looked for below a list that is longer than the window.
    ...assignedBlocks(assigned),
    ...(passed.length === 0
      ? []
      : [
          {
            ...passedBlock(passed),
            ...defined({ spare: assigned === undefined ? undefined : (true as const) }),
          },
        ]),
    // Of many, what each is comes last: what decides is seen with the question.
    ...(changes.length > several && !assigned?.each
      ? [gap, ...changes.map(({ says, call }) => signed(signOf(call, undefined), says))]
      : []),
    gap,
  ];
}
const warned = (goal: Goal): readonly string[] =>
  goal.is === 'warning' ? [goal.short ?? `${goal.says}: ${goal.found}`] : [];
const passedBlock = (all: readonly string[]) => ({ is: 'passed', label: 'Checks', all }) as const;
/** Which thing it is, by its ARN, where it has one already: its name says it only until another has that name. */
function arnBlocks(changes: readonly Change[]): readonly Block[] {
  const arns = changes.flatMap(({ call }) => {
    const { key, plumbing } = factsOf(call.operation);
    const named: readonly string[] = key.filter(
      (member) => !(plumbing as readonly string[]).includes(member),
    );
    return named.flatMap((member) => {
      const value = valueIn(call, member);
      return typeof value === 'string' && value.startsWith('arn:') ? [value] : [];
    });
  });
  return [...new Set(arns)].map((arn) => ({
    ...{ is: 'fact', label: 'ARN', text: arn },
    brief: `…/${arn.split('/').at(-1) ?? arn}`,
  }));
}
/** Where a step marks nothing, everything that follows decides. */
const decisiveOf = ({ decisive, consequences = [] }: Change): readonly string[] => decisive ?? consequences;
/** What else follows, and decides nothing. */
export const besidesBlocks = (changes: readonly Change[]): readonly Block[] => {
  const all = new Set(
    changes.flatMap(({ decisive, consequences = [] }) => (decisive === undefined ? [] : consequences)),
  );
  return all.size === 0 ? [] : [...[...all].map((one): Block => ({ is: 'consequence', text: one })), gap];
};
const eachBlocks = (changes: readonly Change[], number: string | undefined): readonly Block[] =>
  changes.flatMap((change) => [whatBlock(change, number), ...policyBlocks(change)]);
const togetherText = (changes: readonly Change[]): string =>
  `${describeBatch(changes.map(({ call }) => call)) ?? `${changes.length} changes`}, confirmed together`;
const togetherBlocks = (
  changes: readonly Change[],
  number: string | undefined,
  says: string,
): readonly Block[] => [
  whatBlock(
    {
      says,
      risk: changes.some(({ risk }) => risk === 'dangerous') ? 'dangerous' : 'routine',
    },
    number,
  ),
];
const whatBlock = ({ says, risk }: Pick<Change, 'says' | 'risk'>, number: string | undefined): Block => ({
  is: 'change',
  text: says,
  dangerous: risk === 'dangerous',
  ...defined({ number }),
});
const wayBack = ({ undo }: Step, changes: readonly Change[], run: Run): string => {
  if (wayNow(run) === 'undo') return 'this is the undo; a new run makes it again';
  const own = [...new Set(changes.flatMap((one) => one.undo ?? []))];
  if (own.length > 0) return own.join('; ');
  return undo ? (undo.says ?? 'it is undone, if nobody has changed it since') : 'not by this program';
};

const signOf = ({ operation }: Call, before: Json | undefined): Sign =>
  factsOf(operation).effect === 'removes'
    ? 'goes'
    : before === undefined || before === ''
      ? 'comes'
      : 'replaces';

/** Of a change of a policy: what it allows, by service; against the one before, where there is one. */
function policyBlocks({ call, before }: Change): readonly Block[] {
  const { worded } = factsOf(call.operation);
  const text = worded.as === 'policy' && worded.leaves !== null ? valueIn(call, worded.leaves) : undefined;
  const summary = typeof text === 'string' ? summaryOf(text) : undefined;
  if (!summary || typeof text !== 'string') return [];
  const { actions, everywhere, services, denies, careful } = summary;
  const differs =
    typeof before === 'string' && before !== ''
      ? `; against the one now: ${differenceInShort(before, text)}`
      : '';
  return [
    signed(
      signOf(call, before),
      `policy: ${formatCount(actions)} actions${everywhere ? ', all on every resource (*)' : ''}${denies > 0 ? `, ${formatCount(denies)} denials` : ''}${differs}`,
    ),
    {
      is: 'cells',
      // What reviewers ask about is named below.
      ...defined({ spare: careful.length === 0 ? undefined : true }),
      cells: services.map(({ service, actions: n, access, care }) => ({
        name: service,
        text: `${service} ${formatCount(n)} ${access}${care ? ' !' : ''}`,
        care,
      })),
    },
    ...(careful.length === 0
      ? []
      : [warning(`On every resource, reviewers ask about ${byService(careful)}`)]),
  ];
}
/** 'kms: Decrypt, Encrypt; iam: PassRole': each service is named once. */
function byService(actions: readonly string[]): string {
  const services = new Map<string, readonly string[]>();
  for (const action of actions) {
    const [service = '', name] = action.split(':');
    services.set(service, [...(services.get(service) ?? []), ...(name === undefined ? [] : [name])]);
  }
  return [...services]
    .map(([service, names]) => [service, names.join(', ')].filter(Boolean).join(': '))
    .join('; ');
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
/** The policies that changes put, as they are sent. */
export const policyTexts = (changes: readonly Change[]): readonly Block[] =>
  changes.flatMap(({ call }) =>
    Object.entries(call.input).flatMap(([name, value]) =>
      isPolicy(value as Json) ? [memberBlock(name, value as Json, call), gap] : [],
    ),
  );

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
