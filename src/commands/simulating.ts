import type { Run } from '../model/run.ts';
import type { Ledger } from '../simulator/organization/state.ts';
import type { ExitCode } from './process/exit.ts';
import type { Place } from './runs/runs.ts';
import { scenarioNamed } from './runs/simulated-organization.ts';

/** What a command is led with in a simulated organization; nothing of it where it is for AWS itself. */
export interface Simulation {
  readonly place?: Place;
  /** Told of the run after each event: the organization hands out credentials of the account that was chosen. */
  readonly changed?: (run: Run) => Promise<void>;
}
/**
 * Leads a command in the simulated organization of a scenario, which is kept beside the demo's, and says at its end what
 * was asked of it and what took effect. `simulate`: as commander gives it, `true` for the usual scenario. Without it
 * the command is for AWS. Throws `CliError` for a scenario that there is not, and what `lead` throws.
 */
export async function simulating(
  simulate: string | true | undefined,
  home: string,
  lead: (simulation: Simulation) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (simulate === undefined) return lead({});
  const { inOrganization } = await import('./demo.ts');
  const scenario = scenarioNamed(simulate === true ? 'fresh' : simulate);
  return inOrganization({ home, scenario }, async (place, changed, ledger) => {
    const before = structuredClone(ledger());
    const code = await lead({ place, changed });
    process.stderr.write(`${summary(before, ledger())}\n`);
    return code;
  });
}
/** What came since: requests, and the changes that took effect, in their order. */
function summary(before: Ledger, after: Ledger): string {
  const requests = after.requests.length - before.requests.length;
  const effects = after.effects.slice(before.effects.length).map(({ operation }) => operation);
  return [
    `Simulated: nothing happened at AWS. ${requests} requests, ${effects.length} ${effects.length === 1 ? 'change' : 'changes'}.`,
    ...effects.map((operation) => `  ${operation}`),
  ].join('\n');
}
