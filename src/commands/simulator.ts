import { writeProfiles } from '../simulator/profiles.ts';
import { startSimulator } from '../simulator/server.ts';
import { scenarioNamed } from './demo.ts';
import { type ExitCode, exitCodes } from './exit.ts';

export interface SimulatorOptions {
  readonly port: number;
  readonly scenario: string;
  readonly latency?: number;
  readonly lag?: number;
  readonly settle?: number;
  readonly state?: string;
  readonly profiles?: string;
}

/** Serves the simulated organization on loopback until it is interrupted. Prints one line of JSON when it is ready. */
export async function simulator({ profiles, scenario, ...options }: SimulatorOptions): Promise<ExitCode> {
  const served = await startSimulator({ ...options, scenario: scenarioNamed(scenario) });
  if (profiles !== undefined) await writeProfiles(profiles, served);
  const { url, region, organizationId, accounts } = served;
  process.stdout.write(
    `${JSON.stringify({ url, scenario: served.scenario, region, organizationId, accounts })}\n`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await served.close();
  return exitCodes.done;
}
