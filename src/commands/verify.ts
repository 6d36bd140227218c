import type { Compared } from '../model/event.ts';
import type { Told } from '../model/exchange/exchange.ts';
import { namedIn } from '../model/people/named.ts';
import { compareWith } from '../model/progress/comparison.ts';
import { isDone } from '../model/progress/undoing.ts';
import { foldRun, type Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { comparisonFormat, comparisonLines } from '../report/comparison-lines.ts';
import { placeFor } from './plan.ts';
import { lookAhead, refuseUnaccepted } from './planning/look-ahead.ts';
import { profilesOf } from './planning/profiles-of.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { ascii } from './process/json.ts';
import { operator, program } from './process/program.ts';
import { refuseElsewhere, runAt } from './runs/run-at.ts';
import type { Known, Place } from './runs/runs.ts';
import { scenarioNamed } from './runs/simulated-organization.ts';
import { readRun } from './runs/unfinished-line.ts';
import { writeDown } from './runs/write-down.ts';
import { noAnswers } from './unattended/answers.ts';
import { answersThere } from './unattended/answers-there.ts';
import { readAnswers } from './unattended/read-answers.ts';

export interface VerifyOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly answers?: string; // a file: its profiles count instead of those that the run used
  readonly run?: string;
  readonly yes: boolean;
  readonly json?: boolean;
  readonly timeout?: number; // milliseconds for a credential_process
  readonly place?: Place;
  readonly changed?: (run: Run) => Promise<void>; // told of the run after each event
  readonly answered?: Told; // of every answer of AWS
}

/** Looks at everything that a run has seen done, and says what is otherwise now. Writes nothing at AWS. */
export async function verify(options: VerifyOptions): Promise<ExitCode> {
  const { runbook, json = false } = options;
  const known = await runAt(options);
  if (known.header.simulated && !options.place) return verifiedInDemo(known, options);
  const { folder, header } = known;
  const { events } = await readRun(folder);
  const run = foldRun(events, runbook);
  const done = runbook.steps.filter((step) => isDone(step, run));
  if (done.length === 0)
    throw new CliError(
      exitCodes.prerequisite,
      `Run ${header.run} has seen nothing done yet: there is nothing to verify.`,
      'Finish it first, or name another run: --run ID.',
    );
  const file = options.answers === undefined ? noAnswers : await readAnswers(options.answers, runbook);
  const { profiles, roles, externalIds } = options.answers === undefined ? profilesOf(run.identities) : file;
  const answers = answersThere({ ...noAnswers, profiles, roles, externalIds }, options.place);
  const place = options.place ?? (await placeFor(answers));
  refuseElsewhere(known, place);
  const accounts = Object.fromEntries(
    Object.entries(run.identities).map(([actor, { account }]) => [actor, account]),
  );
  const ahead = await lookAhead({
    ...{ ...options, base: { header, events }, answers, steps: done },
    accounts: { ...accounts, ...run.binding.accounts },
  });
  refuseUnaccepted(ahead);
  const found = compareWith(run, ahead.plan);
  const met = new Set(
    [run, ahead.run].flatMap((one) => Object.values(one.looks).flatMap(({ plan }) => plan.people ?? [])),
  );
  const notRecorded = await writeDown(folder, run, {
    ...{ type: 'compared', by: operator(), program, ...found },
    people: namedIn(found, met),
  });
  process.stdout.write(
    json
      ? `${ascii(JSON.stringify({ format: comparisonFormat, run: header.run, ...found, recorded: notRecorded === undefined }))}\n`
      : `${comparisonLines(found).join('\n')}\n`,
  );
  if (notRecorded !== undefined) process.stderr.write(`Not recorded in the journal: ${notRecorded}\n`);
  return codeOf(found);
}
/** A demo's run is looked at in its own simulated organization. */
async function verifiedInDemo({ header }: Known, options: VerifyOptions): Promise<ExitCode> {
  const { inOrganization } = await import('./demo.ts');
  return inOrganization(
    { home: options.home, scenario: scenarioNamed(header.scenario ?? 'fresh') },
    (place, changed) => verify({ ...options, run: header.run, place, changed }),
  );
}
const codeOf = ({ departures, unseen }: Compared): ExitCode => {
  if (departures.length > 0) return exitCodes.changesPending;
  return unseen.length > 0 ? exitCodes.parked : exitCodes.done;
};
