import type { Told } from '../model/exchange/exchange.ts';
import { type RunPlan, sumOf } from '../model/progress/run-plan.ts';
import type { Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { neutral, type Own } from '../model/text/own-commands.ts';
import { planDocument } from '../report/plan-document.ts';
import { planLines } from '../report/plan-lines.ts';
import { baseAt, lookAhead } from './planning/look-ahead.ts';
import { writePlan } from './planning/plan-file.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { ascii } from './process/json.ts';
import { program } from './process/program.ts';
import { placeNow } from './runs/environment.ts';
import type { Place } from './runs/runs.ts';
import type { Answers } from './unattended/answers.ts';
import { answersThere } from './unattended/answers-there.ts';
import { answersFrom } from './unattended/read-answers.ts';

export interface PlanOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly answers?: string; // the file
  readonly answer?: readonly string[]; // 'KEY=VALUE' each: over what the file says
  readonly run?: string;
  readonly fresh?: boolean;
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
  const { runbook, home, run, fresh, json = false, out, own = neutral } = options;
  const answers = answersThere(await answersFrom(options.answers, options.answer, runbook), options.place);
  const place = options.place ?? (await placeFor(answers));
  const base = await baseAt(home, runbook, place, { run, fresh });
  const ahead = await lookAhead({ ...options, base, answers });
  const document = planDocument(ahead.plan, ahead.run, runbook, {
    ...{ program, made: Date.now(), simulated: base.header.simulated },
    ...{ waive: answers.waive, dangers: ahead.dangers },
  });
  if (out !== undefined) await writePlan(out, document);
  process.stdout.write(
    json ? `${ascii(JSON.stringify(document))}\n` : `${planLines(ahead.plan, document, own).join('\n')}\n`,
  );
  for (const line of ahead.refused?.says ?? []) process.stderr.write(`${escapeControlChars(own(line))}\n`);
  const code = exitCodeOf(ahead.plan);
  return code === exitCodes.prerequisite ? code : (ahead.refused?.code ?? code);
}
/** Where the calls go, with the profiles that the answers name. */
export const placeFor = (answers: Answers): Promise<Place> => {
  const named = Object.values(answers.profiles);
  return placeNow(named.length > 0 ? named : undefined);
};

/** 5 where something is in the way, 4 where an answer is missing, 3 where something could not be looked at, 2 where there is something to change, else 0. */
function exitCodeOf(plan: RunPlan): ExitCode {
  const { make, replace, remove, byHand, blocked, unanswered, unknown } = sumOf(plan);
  if (blocked + byHand > 0) return exitCodes.prerequisite;
  if (unanswered > 0) return exitCodes.answerNeeded;
  if (unknown > 0) return exitCodes.parked;
  return make + replace + remove > 0 ? exitCodes.changesPending : exitCodes.done;
}
