import type { Environment } from '../model/text/environment.ts';
import type { Own } from '../model/text/own-commands.ts';
import type { Ledger } from '../simulator/organization/state.ts';
import type { There } from './demo.ts';
import type { ExitCode } from './process/exit.ts';
import { explain } from './process/explain.ts';
import { print } from './process/output.ts';
import { scenarioNamed } from './runs/scenario-named.ts';

/** What a command is led with: in a simulated organization all of it, and otherwise the environment alone. */
export type Simulation = Pick<There, 'env'> & Partial<There>;
/**
 * Leads a command in the simulated organization of a scenario, which is kept beside the demo's, and says at its end what
 * was asked of it and what took effect. `simulate`: as commander gives it, `true` for the usual scenario. Throws
 * `CliError` for a scenario that there is not.
 */
export async function simulating(
  {
    simulate,
    home,
    own,
    env,
  }: {
    readonly simulate: string | true;
    readonly home: string;
    readonly own: Own;
    readonly env: Environment;
  },
  lead: (simulation: Simulation) => Promise<ExitCode>,
): Promise<ExitCode> {
  const scenario = scenarioOf(simulate);
  const { inOrganization } = await import('./demo.ts');
  return inOrganization({ home, env, scenario }, (there, ledger) =>
    withSummary(ledger, { own, env }, () => lead(there)),
  );
}

/** The scenario that `--simulate` names. Throws `CliError` for one that there is not. */
export const scenarioOf = (simulate: string | true) => scenarioNamed(simulate === true ? 'fresh' : simulate);

/** Says last what was asked and what took effect, also where the command could not be carried out: the reason is said before. */
export async function withSummary(
  ledger: () => Ledger,
  { own, env }: { readonly own: Own; readonly env: Environment },
  lead: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const before = structuredClone(ledger());
  const code = await lead().catch((error: unknown) => explain(error, own, env) as ExitCode);
  print(`${summary(before, ledger())}\n`, 'stderr');
  return code;
}
/** What came since: requests, and the changes that took effect, in their order. */
function summary(before: Ledger, after: Ledger): string {
  const requests = after.requests.length - before.requests.length;
  const effects = after.effects.slice(before.effects.length).map(({ operation }) => operation);
  return [
    `Simulated: nothing happened at AWS. ${requests} ${requests === 1 ? 'request' : 'requests'}, ${effects.length} ${effects.length === 1 ? 'change' : 'changes'}.`,
    ...effects.map((operation) => `  ${operation}`),
  ].join('\n');
}
