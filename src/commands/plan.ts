import type { Told } from '../model/exchange/exchange.ts';
import { type RunPlan, sumOf } from '../model/progress/run-plan.ts';
import { leftToUndo, undoable } from '../model/progress/undoing.ts';
import { foldRun, type Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { asCommand, neutral, type Own } from '../model/text/own-commands.ts';
import { planDocument } from '../report/plan-document.ts';
import { planLines } from '../report/plan-lines.ts';
import { acceptsAtTerminal } from './planning/at-terminal.ts';
import { type Base, baseAt, baseOf, lookAhead } from './planning/look-ahead.ts';
import { placeFor } from './planning/place-for.ts';
import { writePlan } from './planning/plan-file.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { ascii } from './process/json.ts';
import { print } from './process/output.ts';
import { program } from './process/program.ts';
import { chooseRun } from './runs/choose-run.ts';
import type { Known } from './runs/find-run.ts';
import { foldOf, newestMade } from './runs/newest-made.ts';
import { refuseElsewhere } from './runs/run-at.ts';
import type { Place } from './runs/runs.ts';
import { answersThere } from './unattended/answers-there.ts';
import { answersFrom } from './unattended/read-answers.ts';

export interface PlanOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly env: Environment;
  readonly answers?: string; // the file
  readonly answer?: readonly string[]; // 'KEY=VALUE' each: over what the file says
  readonly run?: string;
  readonly fresh?: boolean;
  readonly undo?: boolean; // what undoing the run would remove
  readonly yes: boolean; // the credentials are accepted
  readonly json?: boolean;
  readonly out?: string; // the file for apply
  readonly timeout?: number; // milliseconds for a credential_process
  readonly place?: Place;
  readonly changed?: (run: Run) => Promise<void>; // told of the run after each event
  readonly answered?: Told; // of every answer of AWS
  readonly own?: Own; // this program's own commands, as they are typed here: for people, not in the JSON
}

/** What a run would do, read-only: nothing is written at AWS or in a journal. */
export async function plan(options: PlanOptions): Promise<ExitCode> {
  const { runbook, home, run, fresh, json = false, out, undo = false, own = neutral } = options;
  if (undo) refuseBesideUndo(options);
  const answers = answersThere(
    await answersFrom(options.answers, options.answer, runbook),
    options.place,
    runbook,
  );
  const place = options.place ?? (await placeFor(answers, options.env));
  const base = await (undo
    ? baseOfUndo(options, place)
    : run === undefined
      ? baseAt(home, runbook, place, { fresh })
      : baseOf(await namedAt(place, run, options)));
  if (!base) return nothingToUndo();
  const ahead = await lookAhead({ ...options, base, answers, accepts: acceptsAtTerminal() });
  const document = planDocument(ahead.plan, ahead.run, runbook, {
    ...{ program, made: Date.now(), simulated: base.header.simulated },
    ...{ waive: answers.waive, dangers: ahead.dangers, undo },
  });
  if (out !== undefined) await writePlan(out, document);
  if (json) process.stdout.write(`${ascii(JSON.stringify(document))}\n`);
  else print(`${planLines(ahead.plan, document, own).join('\n')}\n`);
  const now = foldRun(base.events, runbook);
  const beside = !undo && leftToUndo(runbook.steps, now).length > 0 ? [halfUndone] : [];
  for (const line of [...beside, ...(ahead.refused?.says ?? [])])
    print(`${escapeControlChars(own(line))}\n`, 'stderr');
  const code = exitCodeOf(ahead.plan);
  return code === exitCodes.prerequisite ? code : (ahead.refused?.code ?? code);
}
const halfUndone = `This run is half undone, and this plan sets it up again. What undoing it would still remove: ${asCommand('cw-runbook plan --undo')}.`;
function nothingToUndo(): ExitCode {
  print('There is nothing to undo: no run here has made anything that is still there.\n');
  return exitCodes.done;
}
/** Throws `CliError`. */
function refuseBesideUndo({ out, fresh }: PlanOptions): void {
  const refuse = (what: string, remedy: string): never => {
    throw new CliError(exitCodes.usage, what, remedy);
  };
  if (out !== undefined)
    refuse(
      '--out writes a plan for apply, and an undo is not applied from a file.',
      `${asCommand('cw-runbook undo')} shows each change once more, and has it confirmed. For a ticket: plan --undo --json.`,
    );
  if (fresh) refuse('--new begins a run, and there is nothing to undo in it.', 'Leave out one of the two.');
}
/** The run that `undo` would take. Throws `CliError` and `JournalError`. */
async function baseOfUndo(options: PlanOptions, place: Place): Promise<Base | undefined> {
  const { runbook, home, run } = options;
  const known =
    run === undefined ? await newestMade(home, runbook, place) : await namedAt(place, run, options);
  const made = known && undoable(runbook.steps, await foldOf(known, runbook));
  return known && made?.length ? baseOf(known) : undefined;
}
/** The run that is named, where it was begun here. Throws `CliError`. */
async function namedAt(place: Place, run: string, { runbook, home, own }: PlanOptions): Promise<Known> {
  const known = await chooseRun({ runbook, home, run, ...defined({ own }) });
  refuseElsewhere(known, place);
  return known;
}

/** 5 where something is in the way, 4 where an answer is missing, 3 where something could not be looked at, 2 where there is something to change, else 0. */
function exitCodeOf(plan: RunPlan): ExitCode {
  const { make, replace, remove, byHand, blocked, unanswered, unknown } = sumOf(plan);
  if (blocked + byHand > 0) return exitCodes.prerequisite;
  if (unanswered > 0) return exitCodes.answerNeeded;
  if (unknown > 0) return exitCodes.parked;
  return make + replace + remove > 0 ? exitCodes.changesPending : exitCodes.done;
}
