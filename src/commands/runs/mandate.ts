import type { Journal } from '../../journal/journal.ts';
import { fitsForm, requirementsIn } from '../../journal/requirements.ts';
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
  const missing = missingFor(required, { ...authorizationIn(events), ...told }, isTicket);
  if (missing) throw new CliError(exitCodes.answerNeeded, missing.says, missing.remedy);
}

function isTicket(text: string, form: string): boolean {
  const fits = fitsForm(text, form);
  if (fits !== undefined) return fits;
  throw new CliError(
    exitCodes.answerNeeded,
    `Whether “${cut(text, 100)}” matches ${cut(form, 200)} was not found out within a second: the regular expression can take forever. Nothing was changed.`,
    'Write the expression without a repetition inside a repetition, such as CHG[0-9]{7}: in --require-ticket, or in requireTicket in settings.json.',
  );
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** Writes down under what it is done from here on, where that is news. */
export async function authorize({ told }: Authority, journal: Journal): Promise<void> {
  const known: Readonly<Record<string, string>> = { ...authorizationIn(journal.events()) };
  if (Object.entries(told).some(([member, text]) => known[member] !== text))
    await journal.append({ type: 'authorized', by: operator(), ...told });
}
