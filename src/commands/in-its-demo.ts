import type { Run } from '../model/run.ts';
import type { CheckOptions } from './planning/run-to-check.ts';
import type { ExitCode } from './process/exit.ts';
import type { Known } from './runs/find-run.ts';
import type { Place } from './runs/runs.ts';
import { scenarioNamed } from './runs/scenario-named.ts';

/** Whether a run was made in a demo, and is looked at from outside of it. */
export const isOfADemo = ({ header }: Known, { place }: Pick<CheckOptions, 'place'>): boolean =>
  header.simulated && place === undefined;

/** What a command is told that looks again in the demo's organization. */
interface There {
  readonly run: string;
  readonly place: Place;
  readonly changed: (run: Run) => Promise<void>; // told of the run after each event
}
/** Looks at a demo's run where it was made: in the simulated organization that the demo keeps. Throws `CliError`. */
export async function inItsDemo(
  { header }: Known,
  { home }: Pick<CheckOptions, 'home'>,
  look: (there: There) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { inOrganization } = await import('./demo.ts');
  return inOrganization({ home, scenario: scenarioNamed(header.scenario ?? 'fresh') }, (place, changed) =>
    look({ run: header.run, place, changed }),
  );
}
