import type { Event } from '../model/event.ts';
import { finishedAt, haltOf } from '../model/phase.ts';
import { aheadOf } from '../model/progress/ahead.ts';
import { phasesOf } from '../model/progress/applicable-steps.ts';
import { parked } from '../model/progress/handoff.ts';
import { describeHolder } from '../model/progress/holders.ts';
import { describeOrphaned } from '../model/progress/orphaned-changes.ts';
import { undoProgress } from '../model/progress/undoing.ts';
import { describeUnprovisioned } from '../model/progress/unprovisioned.ts';
import { foldRun, planOf, type Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import type { Step } from '../model/step.ts';
import { asCommand, neutral, type Own, unmarked } from '../model/text/own-commands.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { aheadLines } from '../report/ahead-lines.ts';
import { cardOf } from '../report/card.ts';
import { remainingCommands } from '../report/remaining-commands.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { printJson } from './process/json.ts';
import { print } from './process/output.ts';
import { maskedCard, writeMessage } from './runs/card.ts';
import { chooseRun } from './runs/choose-run.ts';
import { shortId } from './runs/find-run.ts';
import { commandFor } from './runs/scenario-named.ts';
import { statusJson } from './runs/status-json.ts';
import { type Back, type StepState, stepState } from './runs/step-state.ts';
import { readRun } from './runs/unfinished-line.ts';

const ends = { 'taken-over': 'taken over here', reclaimed: 'reclaimed here' } as const;
/** Where the run goes on, after a hand-off. */
function handoffLines({ handoff }: Run): readonly string[] {
  if (!handoff) return [];
  const { id, by, as, at, note, end } = handoff;
  const since = end ? ends[end] : 'read-only here since then';
  return [
    `Handed off by ${describeHolder({ by: [by], as })}, ${new Date(at).toISOString()} (hand-off ${id}): ${since}`,
    ...(note === undefined ? [] : [`Note: ${note}`]),
  ];
}

const describeRepair = ({ at, bytes, file }: Extract<Event, { type: 'repaired' }>): string =>
  `Repaired ${new Date(at).toISOString()}: the journal’s unfinished last line (${bytes} bytes) was set aside in ${file}`;

/** How a step stands, in a word or two. */
function wordFor(state: StepState): string {
  switch (state) {
    case 'pending':
      return 'under way';
    case 'to-undo':
      return 'to undo';
    case 'kept':
      return 'left as made';
    case 'not-seen':
      return 'not yet seen';
    case 'was-done':
      return 'was done';
    case 'by-hand':
      return 'by hand';
    case 'to-do':
      return 'to do';
    case 'undone':
    case 'blocked':
    case 'unknown':
    case 'question':
    case 'done':
      return state;
    default:
      return unreachable(state);
  }
}

function stepLine(step: Step, run: Run, back: Back | undefined): string {
  const seen = run.observations[step.id]?.at;
  const when = seen === undefined ? '' : `  (seen ${new Date(seen).toISOString()})`;
  const state = stepState(step, run, back);
  const warns = state === 'done' && planOf(run, step.id)?.goals.some(({ is }) => is === 'warning');
  return `  ${(warns ? 'done, warning' : wordFor(state)).padEnd(14)} ${step.title}${when}`;
}

/** How far the run is taken back. */
function backLines({ left, kept }: Back, events: readonly Event[]): readonly string[] {
  const titles = (all: readonly Step[]): string => all.map(({ title }) => title).join(', ');
  const last = events.findLast(({ type }) => type === 'taken-back')?.at;
  const when = last === undefined ? '' : ` ${new Date(last).toISOString()}`;
  return [
    left.length > 0
      ? `Being undone. Still to undo, in this order: ${titles(left)}`
      : `Undone${when}${kept.length > 0 ? ', but not all of it' : ': what this run made is gone'}.`,
    ...(kept.length > 0
      ? [
          `Left as this run made it: ${titles(kept)}. The next ${asCommand('cw-runbook undo')} offers it again.`,
        ]
      : []),
  ];
}

/** How an unfinished run goes on. `start`: the command that sets up. */
function describeNext(run: Run, back: Back | undefined, start: string, named: string): string {
  if (parked(run))
    return `Read-only here. The run continues with its file: ${asCommand('cw-runbook resume FILE')}. To reclaim it: ${start}`;
  if (!back) return `Continue with: ${start}`;
  return back.left.length + back.kept.length > 0
    ? `Continue with: ${asCommand(`cw-runbook undo${named}`)}. To set it up again instead: ${start}`
    : `To set it up again: ${start}`;
}

export interface StatusOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly run?: string;
  readonly message?: string; // the file that gets the message for the new administrator
  readonly commands?: boolean; // what remains, as a script for the AWS CLI
  readonly json?: boolean;
  readonly own?: Own; // this program's own commands, as they are typed here
}
/** What the journal knows of a run: every step as it was last seen. Nothing is asked of AWS. */
export async function status({
  commands = false,
  json = false,
  own = neutral,
  message,
  ...options
}: StatusOptions): Promise<ExitCode> {
  const { phases, steps } = options.runbook;
  if (commands && json)
    throw new CliError(
      exitCodes.usage,
      '--commands prints a script, and --json JSON.',
      'Choose one of the two.',
    );
  const { folder, header, reading } = await chooseRun({ ...options, own, whole: true });
  const { events, unfinished, notices } = await readRun(folder, reading);
  const run = foldRun(events, options.runbook);
  const halt = haltOf(run);
  if (json) {
    printJson(
      'status',
      statusJson({ header, events, journal: `${folder}/journal.jsonl` }, run, options.runbook),
    );
    return exitCodes.done;
  }
  if (commands) {
    process.stdout.write(`${remainingCommands(run, steps).map(own).map(unmarked).join('\n')}\n`);
    return exitCodes.done;
  }
  const back = undoProgress(steps, run);
  // Without it the commands would take the newest run.
  const named = options.run === undefined ? '' : ` --run ${shortId(header.run)}`;
  const finished = finishedAt(run) !== undefined && !back;
  const card = cardOf(run, options.runbook);
  const lines = [
    `Run ${header.run}, begun ${header.started} at ${header.simulated ? `a simulated organization (${header.scenario ?? 'demo'})` : header.endpoint}`,
    `Organization ${run.binding.organization ?? 'not known yet'}, IAM Identity Center ${run.binding.instance ?? 'not known yet'}`,
    ...(halt === undefined ? [] : [`Halted: ${halt}`]),
    ...handoffLines(run),
    ...events.filter((event) => event.type === 'repaired').map(describeRepair),
    ...(unfinished === undefined ? [] : [unfinished]),
    ...notices,
    '',
    ...phasesOf(phases, run).flatMap((phase) => [
      phase.title,
      ...phase.steps.map((step) => stepLine(step, run, back)),
    ]),
    '',
    ...(finished || back ? [] : aheadLines(aheadOf(steps, run), run)),
    ...(back ? backLines(back, events) : steps.flatMap((step) => describeOrphaned(step, run))),
    ...describeUnprovisioned(run, steps),
    ...(finished || back
      ? []
      : [`What remains, as commands of the AWS CLI: ${asCommand(`cw-runbook status${named} --commands`)}`]),
    ...(finished ? [] : [describeNext(run, back, own(commandFor(header, named)), named)]),
    ...(finished ? [...maskedCard(card), ''] : []),
    `Journal: ${folder}/journal.jsonl`,
    ...(message === undefined ? [] : [await writeMessage(message, card)]),
  ];
  print(`${lines.map(own).join('\n')}\n`);
  return exitCodes.done;
}
