import type { Drift } from '../model/drift.ts';
import { actorName, sourceName } from '../model/identity.ts';
import type { Attempt, Run } from '../model/run.ts';
import { planOf } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { howKnown } from '../report/lines.ts';
import type { Ask } from './ask.ts';
import { changeLines } from './change-lines.ts';
import { checkLines } from './check-lines.ts';
import { type Line, line, wrap } from './line.ts';
import type { Mode } from './state.ts';
import { undoLines, undoneLines } from './undo-lines.ts';

export interface Shown {
  readonly step: Step;
  readonly ask: Ask | undefined;
  readonly mode: Mode;
  readonly run: Run;
  readonly endpoint: string;
}

/** A step's screen above the prompt: what matters for the question first, then the rest. */
export function bodyOf({ step, ask, mode, run, endpoint }: Shown, width: number): readonly Line[] {
  const plan = (ask && 'plan' in ask ? ask.plan : undefined) ?? planOf(run, step.id);
  const document = run.undo ? [] : documentLines(step, width);
  const checks = plan ? checkLines(plan, width) : [];
  const notes = plan?.notes?.flatMap((text) => [...wrap(text, width, 'plain', '› '), line()]) ?? [];
  const parts = ((): readonly (readonly Line[])[] => {
    if (mode.is === 'typed' && mode.choice?.danger)
      return [
        [
          ...wrap(`DANGEROUS: ${mode.choice.label}`, width, 'strong', '', 2),
          line(),
          ...mode.choice.danger.says.flatMap((text) => wrap(text, width, 'plain', '- ')),
          line(),
        ],
      ];
    switch (ask?.is) {
      case 'credentials':
        return [credentialLines(ask, run, endpoint, width), document];
      case 'accept':
        return [acceptLines(ask, endpoint, width), document];
      case 'confirm': {
        const source = run.identities[step.actor]?.source;
        const where = {
          ...(run.binding.region === undefined ? {} : { region: run.binding.region }),
          ...(source?.kind === 'profile' ? { profile: source.name } : {}),
        };
        return [
          [...ask.changes.flatMap((change) => changeLines(change, where, width))],
          checks,
          notes,
          document,
        ];
      }
      case 'busy':
        return [attemptLines('AWS is busy, or is asked too often', ask.attempts, width), checks, document];
      case 'drifted':
        return [driftLines(ask.drifts, width), checks, notes, document];
      case 'failed':
        return [attemptLines('AWS did not do it', ask.attempts, width), checks, notes, document];
      case 'cannot-tell':
        return [cannotTell(ask.attempts, width), checks, document];
      case 'under-way':
        return [
          attemptLines('AWS is still at it', ask.attempts, width),
          [
            ...wrap('You may leave: the request goes on at AWS, and the next start takes it up.', width),
            line(),
          ],
          document,
        ];
      case 'declined':
        return [[...wrap('Nothing was sent.', width, 'strong'), line()], checks, notes, document];
      case 'question':
        return ask.question.as === 'choice' && ask.question.noDefault
          ? [notes, checks, document]
          : [document, notes, checks];
      case 'undo':
        return [undoLines(ask, run, width)];
      case 'undone':
        return [undoneLines(ask, run, width)];
      case 'finished':
      case 'done':
      case 'by-hand':
      case 'blocked':
      case 'unknown':
        return [checks, notes, document];
      default:
        return [checks, notes, document];
    }
  })();
  const who =
    step.eyes === 'none' || ask?.is === 'undo' || ask?.is === 'undone'
      ? []
      : [...wrap(`Who acts: ${actorName(step.actor)}${whoOf(step, run)}`, width, 'dim'), line()];
  return trimmed([...differsLines(run, step, width), ...(parts[0] ?? []), ...who, ...parts.slice(1).flat()]);
}
/** What this version of the program wants otherwise than the one the run was begun with. */
function differsLines(run: Run, step: Step, width: number): readonly Line[] {
  const differs = run.older?.differs[step.id] ?? [];
  if (differs.length === 0) return [];
  return [
    ...wrap(`Another version (${run.older?.program}) planned this step otherwise:`, width, 'strong', '! ', 2),
    ...differs.flatMap((says) => wrap(says, width, 'plain', '  ')),
    line(),
  ];
}
const whoOf = (step: Step, run: Run): string => {
  const identity = run.identities[step.actor];
  return identity ? `, ${identity.arn}` : '';
};
const trimmed = (lines: readonly Line[]): readonly Line[] => {
  const last = lines.findLastIndex((one) => one.length > 0);
  return lines.slice(0, last + 1);
};

function documentLines({ document }: Step, width: number): readonly Line[] {
  return [
    ...wrap(`The document: ${document.section}`, width, 'dim'),
    ...document.says.flatMap((text) => [...wrap(text, width), line()]),
    ...(document.links ?? []).flatMap(({ title, url }) => [
      ...wrap(title, width, 'dim'),
      ...wrap(url, width, 'accent', '  '),
    ]),
    ...(document.links ? [line()] : []),
  ];
}

type Of<K extends Ask['is']> = Extract<Ask, { is: K }>;
const endpointText = (endpoint: string): string =>
  endpoint === 'aws'
    ? 'Calls go to AWS itself.'
    : endpoint === 'demo'
      ? 'Calls go to the simulated organization in this program.'
      : `Calls go to ${endpoint}, not to AWS.`;

function credentialLines(
  { actor, account, problem, sources }: Of<'credentials'>,
  run: Run,
  endpoint: string,
  width: number,
): readonly Line[] {
  const whose =
    actor === undefined
      ? 'the management account’s, or the delegated administrator’s where there is one already'
      : `the ${actorName(actor)}’s${account === undefined ? '' : `, account ${account}`}`;
  return [
    ...(problem
      ? [
          ...wrap(problem.problem, width, 'bad', '✗ '),
          ...wrap(`What to do: ${problem.remedy}`, width, 'plain', '  '),
          line(),
        ]
      : []),
    ...wrap(endpointText(endpoint), width, 'strong'),
    ...wrap(`Whose credentials act? Needed are ${whose}.`, width),
    ...wrap(
      'Chosen credentials are asked who they are. Nothing else is done with them until you have accepted them.',
      width,
      'dim',
    ),
    ...(run.identities.management && actor === 'delegated-administrator'
      ? wrap('You may have to switch user, account or role.', width)
      : []),
    ...(sources.length === 0
      ? [
          line(),
          ...wrap(
            'There are none on this machine. Log in, for example with aws configure sso and aws sso login, then look again with r. To look around without an account: cw-runbook demo.',
            width,
            'strong',
          ),
        ]
      : []),
    line(),
  ];
}

function acceptLines({ actor, caller }: Of<'accept'>, endpoint: string, width: number): readonly Line[] {
  const { account, arn, organization, source } = caller;
  const belongs =
    organization.is === 'member'
      ? `organization ${organization.id}, managed by account ${organization.management}`
      : organization.is === 'none'
        ? 'no organization'
        : `not known (${organization.why})`;
  return [
    ...wrap(endpointText(endpoint), width, 'strong'),
    line(),
    ...wrap(account, width, 'strong', 'Account       '),
    ...wrap(arn, width, 'plain', 'ARN           '),
    ...wrap(belongs, width, 'plain', 'Belongs to    '),
    ...wrap(actorName(actor), width, 'plain', 'Acts as       '),
    ...wrap(sourceName(source), width, 'plain', 'Comes from    '),
    line(),
    ...wrap('Nothing else has been asked of AWS so far.', width, 'dim'),
    line(),
  ];
}

function attemptLines(title: string, attempts: readonly Attempt[], width: number): readonly Line[] {
  return [
    ...wrap(title, width, 'strong'),
    ...attempts.flatMap(({ intent, outcome, request }) => [
      ...wrap(intent.says, width, 'plain', '• '),
      ...(outcome ? wrap(howKnown(outcome), width, 'plain', '  ') : []),
      ...(request === undefined ? [] : wrap(`Request ${request}`, width, 'dim', '  ')),
    ]),
    line(),
  ];
}

/** How it was, how it is, and what was agreed to: one under the other, so that they can be compared. */
function driftLines(drifts: readonly Drift[], width: number): readonly Line[] {
  return [
    ...wrap('AWS was changed while you were deciding. Nothing was sent.', width, 'strong'),
    ...drifts.flatMap(({ says, before, found, wanted }) => [
      ...wrap(says, width, 'plain', '• ', 2),
      ...wrap(before, width, 'plain', '  before: ', 10),
      ...wrap(found, width, 'plain', '  found:  ', 10),
      ...(wanted === undefined ? [] : wrap(wanted, width, 'plain', '  wanted: ', 10)),
    ]),
    line(),
  ];
}

function cannotTell(attempts: readonly Attempt[], width: number): readonly Line[] {
  return [
    ...wrap('It was sent, and whether it took effect cannot be told', width, 'strong'),
    ...attempts.flatMap(({ intent, state }) => [
      ...wrap(intent.says, width, 'plain', '• '),
      ...wrap(
        `${intent.call.operation}, ${new Date(intent.at).toISOString()}, by ${intent.arn} (${state})`,
        width,
        'dim',
        '  ',
      ),
    ]),
    line(),
    ...wrap(
      'Nothing is sent again before this is known. Look for it in the console, or in CloudTrail by the time above. If you have seen how it is, set it aside with a note: the run goes on from what AWS shows.',
      width,
    ),
    line(),
  ];
}
