import type { Attempt } from '../../model/attempt.ts';
import { type Json, valueIn } from '../../model/call.ts';
import type { Intent } from '../../model/event.ts';
import { actorName } from '../../model/identity.ts';
import { factsOf } from '../../model/operations.ts';
import { describeChange } from '../../model/policy/change-words.ts';
import { commandLine } from '../../model/progress/cli-command.ts';
import { placeOf } from '../../model/progress/cli-target.ts';
import { planOf, type Run } from '../../model/run.ts';
import { defined } from '../../model/text/defined.ts';
import { howKnown } from '../lines.ts';
import { describeHow } from './decisions.ts';
import { type DifferentLine, differenceOf } from './difference.ts';
import { accountIn, sayingsOf } from './names.ts';
import { iso } from './tables.ts';

/** One change that was sent. `at`: ISO 8601. */
export interface SentChange {
  readonly at: string;
  readonly says: string;
  readonly result: string;
  readonly state: Attempt['state'] | 'undone';
  /** What else is told of it: a name and a value each. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly before: Json | undefined; // what it replaced; absent where there was nothing
  readonly difference: readonly DifferentLine[];
  readonly after: readonly string[];
  readonly command: string;
  readonly arn: string;
}

/** Every change that was sent, in order. */
export function changesIn(run: Run): readonly SentChange[] {
  const told: Told = { saysOf: sayingsOf(run.attempts), undone: new Set(run.undone) };
  return run.attempts.map((attempt) => changeOf(attempt, run, told));
}
/** What is known of all attempts together. `undone`: those whose effect was taken back. */
interface Told {
  readonly saysOf: ReturnType<typeof sayingsOf>;
  readonly undone: ReadonlySet<string>;
}

const resultOf = ({ intent, outcome, state }: Attempt, { undone }: Told): string => {
  const result = outcome ? `${outcome.ended}: ${howKnown(outcome)}` : `not known yet (${state})`;
  return undone.has(intent.attempt) ? `${result}. Undone since` : result;
};

function changeOf(attempt: Attempt, run: Run, told: Told): SentChange {
  const { intent, requestId, request, outcome, confirmed, state } = attempt;
  const { before, call, arn, account, region } = intent;
  return {
    at: iso(intent.at),
    says: told.saysOf(attempt),
    result: resultOf(attempt, told),
    state: told.undone.has(intent.attempt) ? 'undone' : state,
    facts: [
      ['Call', `${call.operation}, in ${region ?? 'us-east-1'}`],
      ['As', `${arn}, ${actorName(intent.actor)} ${accountIn(run, account)}`],
      ['Confirmed', confirmed ? `${iso(confirmed.at)}, ${describeHow(confirmed)}` : 'not recorded'],
      ['Sent', iso(intent.at)],
      ['AWS request', requestId || (outcome?.ended === 'refused' ? outcome.requestId : '') || 'not told'],
      ...(request && request !== requestId ? [['AWS’s asynchronous request', request] as const] : []),
      ['Result', resultOf(attempt, told)],
    ],
    before: before === '' ? undefined : before,
    difference: differenceBy(intent),
    after: [...seenAfter(attempt, run, told), ...describeChange(call, before)],
    command: commandLine(call, {
      ...placeOf({ binding: defined({ region }), endpoint: run.endpoint }),
      profile: `<a profile of account ${account}>`,
    }),
    arn,
  };
}
/** What was seen of it afterwards, where it is still so. */
function seenAfter(
  { intent: { step, change, attempt }, state }: Attempt,
  run: Run,
  { undone }: Told,
): readonly string[] {
  if (undone.has(attempt)) return ['undone since'];
  if (state !== 'verified') return ['not seen to have changed'];
  const goal = planOf(run, step)?.goals.find(({ id }) => id === change);
  return goal?.is === 'met' || goal?.is === 'warning'
    ? [`${goal.says}: ${goal.found}`]
    : ['as the call says'];
}

/** What the call changes at AWS, line by line: the policy's text, or the members that say what is made or taken away. */
function differenceBy({ call, before }: Intent): readonly DifferentLine[] {
  const { worded, effect, plumbing } = factsOf(call.operation);
  if (worded.as === 'policy')
    return differenceOf(before, worded.leaves === null ? undefined : (valueIn(call, worded.leaves) as Json));
  const members = Object.fromEntries(
    Object.entries(call.input).filter(([name]) => !plumbing.includes(name)),
  ) as Json;
  return effect === 'removes' ? differenceOf(before ?? members, undefined) : differenceOf(before, members);
}
