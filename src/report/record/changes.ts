import type { Json } from '../../model/call.ts';
import { actorName } from '../../model/identity.ts';
import { describeChange } from '../../model/policy/change-words.ts';
import { commandLine } from '../../model/progress/cli-command.ts';
import { placeOf } from '../../model/progress/cli-target.ts';
import type { Attempt, Run } from '../../model/run.ts';
import { howKnown } from '../lines.ts';
import { markdownText } from '../markdown-text.ts';
import { describeHow } from './decisions.ts';
import { saysOf } from './names.ts';
import { bullets, fenced, iso, table } from './tables.ts';

/** Every change that was sent, in order: all of them in a table, then each with before and after. */
export function changeParts(run: Run): readonly string[] {
  if (run.attempts.length === 0) return ['Nothing was sent.', ''];
  return [
    ...table(
      ['', 'When (UTC)', 'Change', 'Result, and how it is known'],
      run.attempts.map((attempt, n) => [
        String(n + 1),
        iso(attempt.intent.at),
        saysOf(attempt, run.attempts),
        resultOf(attempt, run),
      ]),
    ),
    '',
    ...run.attempts.flatMap((attempt, n) => detail(attempt, n + 1, run)),
  ];
}

const resultOf = ({ intent, outcome, state }: Attempt, { takenBack }: Run): string => {
  const result = outcome ? `${outcome.ended}: ${howKnown(outcome)}` : `not known yet (${state})`;
  return takenBack.includes(intent.attempt) ? `${result}. Undone since` : result;
};

function detail(attempt: Attempt, n: number, run: Run): readonly string[] {
  const { intent, requestId, request, outcome, confirmed } = attempt;
  const { before, call, arn, account, region } = intent;
  const words = describeChange(call, before);
  return [
    `### ${n}. ${markdownText(saysOf(attempt, run.attempts))}`,
    '',
    ...table(
      ['', ''],
      [
        ['Call', `${call.operation}, in ${region ?? 'us-east-1'}`],
        ['As', `${arn}, ${actorName(intent.actor)} ${account}`],
        ['Confirmed', confirmed ? `${iso(confirmed.at)}, ${describeHow(confirmed)}` : 'not recorded'],
        ['Sent', iso(intent.at)],
        ['AWS request', requestId || (outcome?.ended === 'refused' ? outcome.requestId : '') || 'not told'],
        ...(request && request !== requestId ? [['AWS’s asynchronous request', request]] : []),
        ['Result', resultOf(attempt, run)],
      ],
    ),
    '',
    'Before:',
    '',
    ...beforeLines(before),
    '',
    'After:',
    '',
    ...bullets([...seenAfter(attempt, run), ...words]),
    '',
    'By this call:',
    '',
    ...fenced(
      commandLine(call, {
        ...placeOf({ binding: region === undefined ? {} : { region }, endpoint: run.endpoint }),
        profile: `<a profile of account ${account}>`,
      }),
      `# It was sent by ${arn}.`,
    ),
    '',
  ];
}
/** What was seen of it afterwards, where it is still so. */
function seenAfter({ intent: { step, change, attempt }, state }: Attempt, run: Run): readonly string[] {
  if (run.takenBack.includes(attempt)) return ['undone since'];
  if (state !== 'verified') return ['not seen to have changed'];
  const goal = run.looks[step]?.plan.goals.find(({ id }) => id === change);
  return goal?.is === 'met' || goal?.is === 'warning'
    ? [`${goal.says}: ${goal.found}`]
    : ['as the call says'];
}
const beforeLines = (before: Json | undefined): readonly string[] =>
  before === undefined || before === ''
    ? ['- none']
    : fenced(typeof before === 'string' ? before : JSON.stringify(before));
