import { writeProfiles } from '../simulator/profiles.ts';
import { startSimulator } from '../simulator/server.ts';
import { sizeOfNew } from './demo.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { faultsNamed } from './process/faults.ts';
import { scenarioNamed } from './runs/simulated-organization.ts';

export interface SimulatorOptions {
  readonly port: number;
  readonly scenario: string;
  readonly users?: number;
  readonly sets?: number;
  readonly rate?: number;
  readonly latency?: number;
  readonly lag?: number;
  readonly delegationLag?: number;
  readonly settle?: number;
  readonly state?: string;
  readonly profiles?: string;
  /** Profiles that log in to the access portal are written too. */
  readonly sso?: boolean;
  readonly session?: number; // ms
  readonly fault: readonly string[];
}

/** Serves the simulated organization on loopback until it is interrupted. Prints one line of JSON when it is ready. */
export async function simulator({
  profiles,
  sso,
  scenario,
  fault,
  users,
  sets,
  ...options
}: SimulatorOptions): Promise<ExitCode> {
  const served = await startSimulator({
    ...options,
    scenario: scenarioNamed(scenario),
    size: sizeOfNew({ users, sets }, options.state, 'Name another --state FILE, or leave them out.'),
    faults: faultsNamed(fault),
  });
  if (profiles !== undefined) await writeProfiles(profiles, served, undefined, sso ? 'sso' : undefined);
  const { url, intercepted, region, organizationId, accounts } = served;
  process.stdout.write(
    `${JSON.stringify({ url, intercepted, scenario: served.scenario, region, organizationId, accounts })}\n`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await served.close();
  return exitCodes.done;
}
