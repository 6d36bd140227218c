import type { There } from './demo.ts';
import type { CheckOptions } from './planning/run-to-check.ts';
import type { ExitCode } from './process/exit.ts';
import type { Known } from './runs/find-run.ts';
import { scenarioNamed } from './runs/scenario-named.ts';

/** Whether a run was made in a demo, and is looked at from outside of it. */
export const isOfADemo = ({ header }: Known, { place }: Pick<CheckOptions, 'place'>): boolean =>
  header.simulated && place === undefined;

/** Looks at a demo's run where it was made: in the simulated organization that the demo keeps. Throws `CliError`. */
export async function inItsDemo(
  { header }: Known,
  { home, env }: Pick<CheckOptions, 'home' | 'env'>,
  look: (there: There & { readonly run: string }) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { inOrganization } = await import('./demo.ts');
  return inOrganization({ home, env, scenario: scenarioNamed(header.scenario ?? 'fresh') }, (there) =>
    look({ run: header.run, ...there }),
  );
}
