import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Header } from '../../journal/journal.ts';
import { type Kept, keptIn, load, save } from '../../simulator/organization/store.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { withStateFile } from '../process/state-file.ts';
import { scenarioNamed } from './scenario-named.ts';

const fileFor = (home: string, scenario: string): string =>
  join(home, 'demo', scenarioNamed(scenario), 'organization.json');

/** The simulated organization of a demo's run: it goes along with a hand-off. Undefined for a real run. */
export async function organizationOf(home: string, header: Header): Promise<object | undefined> {
  if (!header.simulated) return undefined;
  const file = fileFor(home, header.scenario ?? 'fresh');
  const scenario = scenarioNamed(header.scenario ?? 'fresh');
  const there = await withStateFile('The run cannot be handed on without it.', () => load(file, scenario));
  if (there && endpointOf(there) === header.endpoint)
    return JSON.parse(await readFile(file, 'utf8')) as object; // as it is on disk
  throw new CliError(
    exitCodes.prerequisite,
    `The simulated organization of run ${header.run} (${header.endpoint}) no longer exists.`,
    'A demo that was begun again leaves its earlier runs without one: there is nothing to continue with.',
  );
}
const elsewhere = 'Name an empty folder with CW_RUNBOOK_HOME for this one.';
const endpointOf = ({ state }: Kept): string => `demo:${state.organization.id}`;

/**
 * Puts the simulated organization that came with a demo's hand-off where the demo keeps it. Another one that is there
 * is not overwritten. Throws `CliError`.
 */
export async function keepOrganization(
  home: string,
  header: Header,
  organization: object | undefined,
): Promise<void> {
  const scenario = scenarioNamed(header.scenario ?? 'fresh');
  const file = fileFor(home, scenario);
  const refusal = (what: string, remedy: string): CliError =>
    new CliError(exitCodes.prerequisite, what, remedy);
  let kept: Kept;
  try {
    kept = keptIn(organization, scenario);
  } catch (error) {
    throw refusal(
      `The demo’s simulated organization in the file cannot be used: ${(error as Error).message}.`,
      'Ask for the file once more.',
    );
  }
  if (endpointOf(kept) !== header.endpoint)
    throw refusal(
      'The simulated organization in the file is not the one that the run belongs to.',
      'Ask for the file once more.',
    );
  const there = await withStateFile(elsewhere, () => load(file, scenario));
  if (there && endpointOf(there) !== header.endpoint)
    throw refusal(
      `There is a demo of the scenario ${scenario} here already, with another organization.`,
      elsewhere,
    );
  await withStateFile(elsewhere, () => save(file, kept));
}
