import type { Journal } from '../../journal/journal.ts';
import { requirementsIn } from '../../journal/requirements.ts';
import { authorizationIn, missingFor } from '../../model/evidence/authorization.ts';
import type { Authority } from '../process/authorizing.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { operator } from '../process/program.ts';

/** Under what a run is done, with what this machine's settings require besides. A simulated organization needs nobody's leave. */
export async function mandateFor(
  home: string,
  place: { readonly simulated: boolean },
  { told, required }: Authority = { told: {}, required: {} },
): Promise<Authority> {
  return { told, required: { ...(!place.simulated && (await requirementsIn(home))), ...required } };
}

/** Throws `CliError` where something is required that neither the run nor whoever takes it up has named. */
export function refuseUnauthorized({ told, required }: Authority, events: readonly object[]): void {
  const missing = missingFor(required, { ...authorizationIn(events), ...told });
  if (missing) throw new CliError(exitCodes.answerNeeded, missing.says, missing.remedy);
}

/** Writes down under what it is done from here on, where that is news. */
export async function authorize({ told }: Authority, journal: Journal): Promise<void> {
  const known: Readonly<Record<string, string>> = { ...authorizationIn(journal.events()) };
  if (Object.entries(told).some(([member, text]) => known[member] !== text))
    await journal.append({ type: 'authorized', by: operator(), ...told });
}
