import type { Reading } from '../../journal/journal.ts';
import type { Runbook } from '../../model/runbook.ts';
import { asCommand, type Own } from '../../model/text/own-commands.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { chooseRun } from './choose-run.ts';
import type { Known } from './find-run.ts';
import { allRuns, nameOf, type Place } from './runs.ts';
import { commandFor } from './scenario-named.ts';

interface Wish {
  readonly runbook: Runbook;
  readonly home: string;
  readonly run?: string;
  readonly place?: Place;
  readonly own?: Own;
}
/** The run that is meant: where it is rehearsed, one of that simulated organization. Throws `CliError`. */
export async function runAt({ place, ...options }: Wish): Promise<Known & { readonly reading?: Reading }> {
  if (!place?.simulated || options.run !== undefined) return chooseRun({ ...options, whole: true });
  const all = await allRuns(options.home, options.runbook);
  const newest = all.findLast(({ header }) => header.endpoint === place.endpoint);
  if (newest) return newest;
  throw new CliError(
    exitCodes.usage,
    `There is no run in the simulated organization ${place.endpoint}.`,
    `Begin one: ${asCommand('cw-runbook run --answers FILE --simulate')}.`,
  );
}

/** Throws `CliError` where a run was begun at another endpoint than the calls go to now. */
export function refuseElsewhere({ header }: Known, place: Place): void {
  if (place.endpoint === header.endpoint) return;
  throw new CliError(
    exitCodes.prerequisite,
    `Run ${header.run} was begun at ${nameOf(header.endpoint)}, and the endpoint now is ${nameOf(place.endpoint)}.`,
    `${wayThere(header, place)}, or name another run: --run ID.`,
  );
}
function wayThere(header: Known['header'], now: Place): string {
  if (!header.simulated) return 'Set the endpoint as it was (AWS_ENDPOINT_URL)';
  return now.simulated
    ? 'The demo was begun again since: begin a new run'
    : `Use ${commandFor(header)} for it`;
}
