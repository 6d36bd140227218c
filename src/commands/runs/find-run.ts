import type { Header } from '../../journal/journal.ts';
import { CliError, exitCodes } from '../process/exit.ts';

interface Named {
  readonly header: Header;
}

/** As ids are shown: their end, which differs where runs were begun one after the other. */
export const shortId = (id: string): string => id.slice(-shown);
const shown = 8;

/**
 * The runs that a text may mean: any part of an id, in any case. `by`: 'shown' for what cannot be reversed by naming the
 * right one next: it takes the 8 characters that are shown, or more. Throws `CliError` for fewer.
 */
export function runsNamed<K extends Named>(
  all: readonly K[],
  text: string,
  by: 'part' | 'shown',
): readonly K[] {
  const part = text.trim().toUpperCase();
  if (by === 'shown' && part.length < shown)
    throw new CliError(
      exitCodes.usage,
      `“${text}” is too short to name a run here.`,
      `Give at least the ${shown} characters that are shown. ${describeRuns(all)}`,
    );
  const whole = all.filter(({ header }) => header.run === part);
  return whole.length > 0 ? whole : all.filter(({ header }) => part !== '' && header.run.includes(part));
}

/** For a text that names none, or more than one. */
export const notOneRun = (text: string, found: readonly Named[], all: readonly Named[]): CliError =>
  found.length > 1
    ? new CliError(exitCodes.usage, `More than one run has “${text}” in its id.`, describeRuns(found))
    : new CliError(exitCodes.usage, `There is no run “${text}”.`, describeRuns(all));

const describeRuns = (all: readonly Named[]): string =>
  all.length === 0
    ? 'There are no runs on this machine. To look around: cw-runbook demo.'
    : `Runs on this machine: ${all.map(({ header }) => `${shortId(header.run)} (${header.simulated ? 'demo' : header.endpoint}, ${header.started})`).join('; ')}.`;
