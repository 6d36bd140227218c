import type { Runbook } from '../model/runbook.ts';
import { asCommand, neutral, type Own } from '../model/text/own-commands.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { printJson } from './process/json.ts';
import { print } from './process/output.ts';
import { placeSaid, type RunSummary, stateSaid, summaryOf, timeSaid } from './runs/run-summary.ts';
import { allRuns } from './runs/runs.ts';

export interface RunsOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly json?: boolean;
  readonly own?: Own; // this program's own commands, as they are typed here
}

/** Lists the runs on this machine, newest first: a line each, or JSON. Nothing is asked of AWS. */
export async function runs({ runbook, home, json = false, own = neutral }: RunsOptions): Promise<ExitCode> {
  const all: RunSummary[] = [];
  for (const known of (await allRuns(home, runbook)).toReversed()) all.push(await summaryOf(known, runbook));
  if (json) {
    printJson('runs', { runs: all });
    return exitCodes.done;
  }
  const rows = all.map((one) => [one.short, placeSaid(one), stateSaid(one), timeSaid(one), doneSaid(one)]);
  const table = [['RUN', 'WHERE', 'STATE', 'LAST USED (UTC)', 'STEPS DONE'], ...rows];
  const widths = [0, 1, 2, 3].map((n) => Math.max(...table.map((row) => (row[n] ?? '').length)));
  const lines =
    all.length === 0
      ? [
          `No runs on this machine. Begin one with ${own(asCommand('cw-runbook'))}, or look around with ${own(asCommand('cw-runbook demo'))}.`,
        ]
      : table.map((row) =>
          row
            .map((cell, n) => cell.padEnd(widths[n] ?? 0))
            .join('  ')
            .trimEnd(),
        );
  print(`${lines.join('\n')}\n`);
  return exitCodes.done;
}

const doneSaid = ({ stepsDone, steps }: RunSummary): string =>
  stepsDone === undefined ? '' : `${stepsDone} of ${steps}`;
