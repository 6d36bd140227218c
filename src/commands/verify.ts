import type { Compared } from '../model/event.ts';
import { namedIn } from '../model/people/named.ts';
import { compareWith } from '../model/progress/comparison.ts';
import { isDone } from '../model/progress/undoing.ts';
import type { Run } from '../model/run.ts';
import { comparisonFormat, comparisonLines } from '../report/comparison-lines.ts';
import { inItsDemo, isOfADemo } from './in-its-demo.ts';
import { acceptsAtTerminal } from './planning/at-terminal.ts';
import { lookAhead, refuseUnaccepted } from './planning/look-ahead.ts';
import { type CheckOptions, credentialsToCheck, runToCheck } from './planning/run-to-check.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { ascii } from './process/json.ts';
import { print } from './process/output.ts';
import { operator, program } from './process/program.ts';
import { writeDown } from './runs/write-down.ts';

export interface VerifyOptions extends CheckOptions {
  readonly changed?: (run: Run) => Promise<void>; // told of the run after each event
}

/** Looks at everything that a run has seen done, and says what is otherwise now. Writes nothing at AWS. */
export async function verify(options: VerifyOptions): Promise<ExitCode> {
  const { runbook, json = false } = options;
  const checked = await runToCheck(options);
  const { known, events, run } = checked;
  if (isOfADemo(known, options))
    return inItsDemo(known, options, (there) => verify({ ...options, ...there }));
  const { folder, header } = known;
  const done = runbook.steps.filter((step) => isDone(step, run));
  if (done.length === 0)
    throw new CliError(
      exitCodes.prerequisite,
      `Run ${header.run} has seen nothing done yet: there is nothing to verify.`,
      'Finish it first, or name another run: --run ID.',
    );
  const { answers, accounts } = await credentialsToCheck(options, checked);
  const ahead = await lookAhead({
    ...{ ...options, base: { header, events }, answers, accounts, steps: done },
    accepts: acceptsAtTerminal(),
  });
  refuseUnaccepted(ahead);
  const found = compareWith(run, ahead.plan);
  const met = new Set(
    [run, ahead.run].flatMap((one) =>
      Object.values(one.observations).flatMap(({ plan }) => plan.people ?? []),
    ),
  );
  const notRecorded = await writeDown(folder, run, {
    ...{ type: 'compared', by: operator(), program, ...found },
    people: namedIn(found, met),
  });
  if (json)
    process.stdout.write(
      `${ascii(JSON.stringify({ format: comparisonFormat, run: header.run, ...found, recorded: notRecorded === undefined }))}\n`,
    );
  else print(`${comparisonLines(found).join('\n')}\n`);
  if (notRecorded !== undefined) print(`Not recorded in the journal: ${notRecorded}\n`, 'stderr');
  return codeOf(found);
}
const codeOf = ({ departures, unseen }: Compared): ExitCode => {
  if (departures.length > 0) return exitCodes.changesPending;
  return unseen.length > 0 ? exitCodes.parked : exitCodes.done;
};
