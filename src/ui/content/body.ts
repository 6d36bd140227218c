import { actorName } from '../../model/identity.ts';
import { isUndoing } from '../../model/phase.ts';
import { describeIdentity, whereOf } from '../../model/progress/cli-target.ts';
import { describeNotSent } from '../../model/progress/not-sent.ts';
import { describeLeftover } from '../../model/progress/orphaned-changes.ts';
import { describeUnprovisioned } from '../../model/progress/unprovisioned.ts';
import { made, planOf, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { consequencesOf } from '../input/answers.ts';
import type { Mode } from '../input/state.ts';
import type { Ask } from '../session/ask.ts';
import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';
import { attemptLines, byHandLines, cannotTell, driftLines, remainsLines } from './attempt-lines.ts';
import { agreementLines, equivalents } from './change-lines.ts';
import { checkLines } from './check-lines.ts';
import { acceptLines, credentialLines } from './credential-lines.ts';
import { documentLines } from './document-lines.ts';
import { handoffLines, sinceLines } from './handoff-lines.ts';
import type { Section } from './sections.ts';
import { codeLines, deviceLines } from './sign-in-lines.ts';
import { undoLines, undoneLines } from './undo-lines.ts';

export interface Shown {
  readonly step: Step;
  readonly ask: Ask | undefined;
  readonly mode: Mode;
  readonly run: Run;
  readonly endpoint: string;
  readonly steps: readonly Step[];
}

/** A step's screen above the prompt: what matters for the question first, then the rest, in sections. */
export function bodyOf(shown: Shown, page: Page): readonly Section[] {
  const { step, ask, mode, run, endpoint, steps } = shown;
  if (mode.is === 'answers') return [{ lines: consequencesOf(mode.picker, run, steps, page) }];
  const plan = (ask && 'plan' in ask ? ask.plan : undefined) ?? planOf(run, step.id);
  const document: Section = {
    title: `The document: ${step.document.section}`,
    short: 'The document',
    lines: isUndoing(run) ? [] : documentLines(step, page),
    aside: true,
  };
  // What the change says itself is not said again.
  const told = ask?.is === 'confirm' ? ask.changes.flatMap(({ consequences = [] }) => consequences) : [];
  const said = plan?.notes?.filter((text) => !told.includes(text)) ?? [];
  const notes: Section = { lines: said.flatMap((text) => [...wrap(text, page, 'plain', '› '), blank]) };
  const goals = plan
    ? checkLines(plan, page, whereOf(run, step.actor), describeIdentity(run, step.actor))
    : [];
  const checks: Section = { lines: goals };
  const checked: Section = { title: 'Checks', lines: goals };
  const first = (lines: readonly Line[]): Section => ({ lines });
  const parts = ((): readonly Section[] => {
    if (mode.is === 'typed' && mode.choice?.danger)
      return [
        first([
          ...(ask?.is === 'question' ? wrap(ask.question.says, page) : []),
          ...wrap(mode.choice.label, page, 'strong', 'DANGEROUS: ', 2),
          blank,
          ...mode.choice.danger.says.flatMap((text) => wrap(text, page, 'plain', '- ')),
          blank,
        ]),
      ];
    switch (ask?.is) {
      case 'credentials':
        return [first(credentialLines(ask, run, endpoint, page)), document];
      case 'code':
        return [first(codeLines(ask, page)), document];
      case 'sign-in':
        return [first(deviceLines(ask, page)), document];
      case 'accept':
        return [first(acceptLines(ask, endpoint, page)), document];
      case 'confirm':
        return [
          first(agreementLines(ask.changes, step, run, page)),
          notes,
          ...equivalents(ask.changes, step, run, page),
          checked,
          document,
        ];
      case 'busy':
        return [
          first(attemptLines('AWS is busy, or is asked too often', ask.attempts, page)),
          checked,
          document,
        ];
      case 'drifted':
        return [first(driftLines(ask.drifts, page)), checked, notes, document];
      case 'failed':
        return [
          first([
            ...attemptLines('AWS did not do it', ask.attempts, page),
            ...byHandLines(ask.attempts, run, page),
          ]),
          checked,
          notes,
          document,
        ];
      case 'cannot-tell':
        return [first([...cannotTell(ask.attempts, page), ...remainsLines(run, page)]), checked, document];
      case 'under-way':
        return [
          first([
            ...attemptLines(
              ask.untold === undefined ? 'AWS is still at it' : 'AWS took it, and does not show it yet',
              ask.attempts,
              page,
            ),
            ...(ask.untold === undefined ? [] : wrap(`How it stands cannot be asked: ${ask.untold}`, page)),
            ...wrap('You may leave: the request goes on at AWS, and the next start takes it up.', page),
            blank,
          ]),
          document,
        ];
      case 'declined':
        return [
          first([...wrap('Nothing was sent.', page, 'strong'), blank, ...remainsLines(run, page)]),
          checked,
          notes,
          document,
        ];
      case 'question':
        return ask.question.as === 'choice' && ask.question.noDefault
          ? [notes, checks, document]
          : [document, notes, checks];
      case 'undo':
        return [first(undoLines(ask, run, page))];
      case 'undone':
        return [first(undoneLines(ask, run, page))];
      case 'handed-off':
      case 'incoming':
        return [first(handoffLines(ask, page))];
      case 'by-hand':
      case 'blocked':
      case 'unknown':
      case 'done':
      case 'finished':
      case 'watching':
      case undefined:
        return [checks, first(madeLines(step, run, page)), notes, document];
      default:
        return unreachable(ask);
    }
  })();
  const who = tellsWho(ask) ? [] : whoLines(shown, page);
  const [head, ...rest] = parts;
  return [
    first(isAboutAll(ask) ? [] : sinceLines(run, step, page)),
    first(rememberedLines(shown, page)),
    first(differsLines(run, step, page)),
    first(isAboutAll(ask) ? [] : leftoverLines(ask?.is === 'finished' ? steps : [step], run, page)),
    first(ask?.is === 'finished' || ask?.is === 'undone' ? behindLines(run, steps, page) : []),
    ...(head ? [head] : []),
    ...(head?.aside ? [] : [first(who)]),
    ...rest,
    ...(head?.aside ? [first(who)] : []),
  ];
}

/** Whose credentials they are is what these are about. */
const tellsWho = (ask: Ask | undefined): boolean =>
  ask !== undefined && ['confirm', 'accept', 'credentials', 'code', 'sign-in'].includes(ask.is);

function whoLines({ step, ask, run }: Shown, page: Page): readonly Line[] {
  if (step.eyes === 'none' || isAboutAll(ask)) return [];
  const arn = run.identities[step.actor]?.arn;
  return [
    ...wrap(
      arn === undefined
        ? `Who acts: ${actorName(step.actor)}, with credentials that are not accepted yet`
        : `Who acts: ${actorName(step.actor)}, ${arn}`,
      page,
      'dim',
    ),
    blank,
  ];
}

/** Questions about the whole run, not about one step. */
const isAboutAll = (ask: Ask | undefined): boolean =>
  ask !== undefined && ['undo', 'undone', 'handed-off', 'incoming'].includes(ask.is);
/** While a step is looked at again, what stands there is what somebody saw before: it may be so no more. */
function rememberedLines({ step, ask, run }: Shown, page: Page): readonly Line[] {
  const look = run.looks[step.id];
  if (ask || !look?.remembered) return [];
  const at = new Date(look.at).toISOString();
  return [...wrap(`As it was last seen, ${at}. It is being looked at again.`, page, 'strong'), blank];
}

/** What this run made, and nobody asks for any more: it has to be read before all is said to be well. */
const leftoverLines = (steps: readonly Step[], run: Run, page: Page): readonly Line[] =>
  steps
    .flatMap((step) => [...describeLeftover(step, run), ...describeNotSent(step.id, run)])
    .flatMap((says) => [...wrap(says, page, 'strong', '! ', 2), blank]);

/** Accounts that may keep an earlier policy: it has to be read before the run is said to be over. */
const behindLines = (run: Run, steps: readonly Step[], page: Page): readonly Line[] =>
  describeUnprovisioned(run, steps).flatMap((says) => [...wrap(says, page, 'strong', '! ', 2), blank]);

/** What this version of the program wants otherwise than the one the run was begun with. */
function differsLines(run: Run, step: Step, page: Page): readonly Line[] {
  const differs = run.older?.differs[step.id] ?? [];
  if (differs.length === 0) return [];
  return [
    ...wrap(`Another version (${run.older?.program}) planned this step otherwise:`, page, 'strong', '! ', 2),
    ...differs.flatMap((says) => wrap(says, page, 'plain', '  ')),
    blank,
  ];
}

/** What this run did here, by whom and when. */
function madeLines(step: Step, run: Run, page: Page): readonly Line[] {
  const mine = made(run, step.id);
  if (mine.length === 0) return [];
  const arn = (attempt: string): string =>
    run.attempts.find(({ intent }) => intent.attempt === attempt)?.intent.arn ?? '';
  return [
    ...wrap('Done in this run', page, 'strong'),
    ...mine.flatMap(({ says, at, attempt }) => [
      ...wrap(says, page, 'plain', '• '),
      ...wrap(`${new Date(at).toISOString().slice(0, 19)}Z, by ${arn(attempt)}`, page, 'dim', '  '),
    ]),
    blank,
  ];
}
