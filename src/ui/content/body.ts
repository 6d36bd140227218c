import { actorName } from '../../model/identity.ts';
import { isUndoing } from '../../model/phase.ts';
import { identitySays, whereOf } from '../../model/progress/cli-target.ts';
import { notSentSays } from '../../model/progress/not-sent.ts';
import { leftoverSays } from '../../model/progress/orphaned-changes.ts';
import { unprovisionedSays } from '../../model/progress/unprovisioned.ts';
import { made, planOf, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { consequencesOf } from '../input/answers.ts';
import type { Mode } from '../input/state.ts';
import type { Ask } from '../session/ask.ts';
import { type Line, line, wrap } from '../text/line.ts';
import { attemptLines, byHandLines, cannotTell, driftLines, remainsLines } from './attempt-lines.ts';
import { agreementLines, equivalents } from './change-lines.ts';
import { checkLines } from './check-lines.ts';
import { acceptLines, credentialLines } from './credential-lines.ts';
import { documentLines } from './document-lines.ts';
import { handoffLines, sinceLines } from './handoff-lines.ts';
import type { Section } from './sections.ts';
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
export function bodyOf(shown: Shown, width: number): readonly Section[] {
  const { step, ask, mode, run, endpoint, steps } = shown;
  if (mode.is === 'answers') return [{ lines: consequencesOf(mode.picker, run, steps, width) }];
  const plan = (ask && 'plan' in ask ? ask.plan : undefined) ?? planOf(run, step.id);
  const document: Section = {
    title: `The document: ${step.document.section}`,
    short: 'The document',
    lines: isUndoing(run) ? [] : documentLines(step, width),
    aside: true,
  };
  // What the change says itself is not said again.
  const told = ask?.is === 'confirm' ? ask.changes.flatMap(({ consequences = [] }) => consequences) : [];
  const said = plan?.notes?.filter((text) => !told.includes(text)) ?? [];
  const notes: Section = { lines: said.flatMap((text) => [...wrap(text, width, 'plain', '› '), line()]) };
  const goals = plan ? checkLines(plan, width, whereOf(run, step.actor), identitySays(run, step.actor)) : [];
  const checks: Section = { lines: goals };
  const checked: Section = { title: 'Checks', lines: goals };
  const first = (lines: readonly Line[]): Section => ({ lines });
  const parts = ((): readonly Section[] => {
    if (mode.is === 'typed' && mode.choice?.danger)
      return [
        first([
          ...(ask?.is === 'question' ? wrap(ask.question.says, width) : []),
          ...wrap(mode.choice.label, width, 'strong', 'DANGEROUS: ', 2),
          line(),
          ...mode.choice.danger.says.flatMap((text) => wrap(text, width, 'plain', '- ')),
          line(),
        ]),
      ];
    switch (ask?.is) {
      case 'credentials':
        return [first(credentialLines(ask, run, endpoint, width)), document];
      case 'accept':
        return [first(acceptLines(ask, endpoint, width)), document];
      case 'confirm':
        return [
          first(agreementLines(ask.changes, step, run, width)),
          notes,
          ...equivalents(ask.changes, step, run, width),
          checked,
          document,
        ];
      case 'busy':
        return [
          first(attemptLines('AWS is busy, or is asked too often', ask.attempts, width)),
          checked,
          document,
        ];
      case 'drifted':
        return [first(driftLines(ask.drifts, width)), checked, notes, document];
      case 'failed':
        return [
          first([
            ...attemptLines('AWS did not do it', ask.attempts, width),
            ...byHandLines(ask.attempts, run, width),
          ]),
          checked,
          notes,
          document,
        ];
      case 'cannot-tell':
        return [first([...cannotTell(ask.attempts, width), ...remainsLines(run, width)]), checked, document];
      case 'under-way':
        return [
          first([
            ...attemptLines(
              ask.untold === undefined ? 'AWS is still at it' : 'AWS took it, and does not show it yet',
              ask.attempts,
              width,
            ),
            ...(ask.untold === undefined ? [] : wrap(`How it stands cannot be asked: ${ask.untold}`, width)),
            ...wrap('You may leave: the request goes on at AWS, and the next start takes it up.', width),
            line(),
          ]),
          document,
        ];
      case 'declined':
        return [
          first([...wrap('Nothing was sent.', width, 'strong'), line(), ...remainsLines(run, width)]),
          checked,
          notes,
          document,
        ];
      case 'question':
        return ask.question.as === 'choice' && ask.question.noDefault
          ? [notes, checks, document]
          : [document, notes, checks];
      case 'undo':
        return [first(undoLines(ask, run, width))];
      case 'undone':
        return [first(undoneLines(ask, run, width))];
      case 'handed-off':
      case 'incoming':
        return [first(handoffLines(ask, width))];
      case 'by-hand':
      case 'blocked':
      case 'unknown':
      case 'done':
      case 'finished':
      case 'watching':
      case undefined:
        return [checks, first(madeLines(step, run, width)), notes, document];
      default:
        return unreachable(ask);
    }
  })();
  const who = tellsWho(ask) ? [] : whoLines(shown, width);
  const [head, ...rest] = parts;
  return [
    first(isAboutAll(ask) ? [] : sinceLines(run, step, width)),
    first(rememberedLines(shown, width)),
    first(differsLines(run, step, width)),
    first(isAboutAll(ask) ? [] : leftoverLines(ask?.is === 'finished' ? steps : [step], run, width)),
    first(ask?.is === 'finished' || ask?.is === 'undone' ? behindLines(run, steps, width) : []),
    ...(head ? [head] : []),
    ...(head?.aside ? [] : [first(who)]),
    ...rest,
    ...(head?.aside ? [first(who)] : []),
  ];
}

/** Whose credentials they are is what these are about. */
const tellsWho = (ask: Ask | undefined): boolean =>
  ask !== undefined && ['confirm', 'accept', 'credentials'].includes(ask.is);

function whoLines({ step, ask, run }: Shown, width: number): readonly Line[] {
  if (step.eyes === 'none' || isAboutAll(ask)) return [];
  const arn = run.identities[step.actor]?.arn;
  return [
    ...wrap(
      arn === undefined
        ? `Who acts: ${actorName(step.actor)}, with credentials that are not accepted yet`
        : `Who acts: ${actorName(step.actor)}, ${arn}`,
      width,
      'dim',
    ),
    line(),
  ];
}

/** Questions about the whole run, not about one step. */
const isAboutAll = (ask: Ask | undefined): boolean =>
  ask !== undefined && ['undo', 'undone', 'handed-off', 'incoming'].includes(ask.is);
/** While a step is looked at again, what stands there is what somebody saw before: it may be so no more. */
function rememberedLines({ step, ask, run }: Shown, width: number): readonly Line[] {
  const look = run.looks[step.id];
  if (ask || !look?.remembered) return [];
  const at = new Date(look.at).toISOString();
  return [...wrap(`As it was last seen, ${at}. It is being looked at again.`, width, 'strong'), line()];
}

/** What this run made, and nobody asks for any more: it has to be read before all is said to be well. */
const leftoverLines = (steps: readonly Step[], run: Run, width: number): readonly Line[] =>
  steps
    .flatMap((step) => [...leftoverSays(step, run), ...notSentSays(step.id, run)])
    .flatMap((says) => [...wrap(says, width, 'strong', '! ', 2), line()]);

/** Accounts that may keep an earlier policy: it has to be read before the run is said to be over. */
const behindLines = (run: Run, steps: readonly Step[], width: number): readonly Line[] =>
  unprovisionedSays(run, steps).flatMap((says) => [...wrap(says, width, 'strong', '! ', 2), line()]);

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

/** What this run did here, by whom and when. */
function madeLines(step: Step, run: Run, width: number): readonly Line[] {
  const mine = made(run, step.id);
  if (mine.length === 0) return [];
  const arn = (attempt: string): string =>
    run.attempts.find(({ intent }) => intent.attempt === attempt)?.intent.arn ?? '';
  return [
    ...wrap('Done in this run', width, 'strong'),
    ...mine.flatMap(({ says, at, attempt }) => [
      ...wrap(says, width, 'plain', '• '),
      ...wrap(`${new Date(at).toISOString().slice(0, 19)}Z, by ${arn(attempt)}`, width, 'dim', '  '),
    ]),
    line(),
  ];
}
