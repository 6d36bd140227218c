import { writeProfiles } from '../simulator/profiles.ts';
import { startSimulator } from '../simulator/server.ts';
import { sizeOfNew } from './demo.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { faultsNamed } from './process/faults.ts';
import { withStateFile } from './process/state-file.ts';
import { scenarioNamed } from './runs/scenario-named.ts';

export interface SimulatorOptions {
  readonly port: number;
  readonly scenario: string;
  readonly users?: number;
  readonly sets?: number;
  readonly rate?: number;
  readonly latency?: number;
  readonly lag?: number;
  readonly delegationLag?: number;
  readonly trailDelay?: number;
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
  const wanted = {
    ...options,
    scenario: scenarioNamed(scenario),
    size: sizeOfNew({ users, sets }, options.state, 'Name another --state FILE, or leave them out.'),
    faults: faultsNamed(fault),
  };
  const served = await withStateFile(
    'Name another file with --state. Where there is none, a new organization is made.',
    () => startSimulator(wanted).catch((error: unknown) => Promise.reject(portSaid(error, options.port))),
  );
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

/** An error of listening, said of the option. Any other as it is. */
function portSaid(error: unknown, port: number): unknown {
  const { code } = Object(error) as { readonly code?: string };
  const why = { EADDRINUSE: 'it is taken', EACCES: 'it may not be listened on' }[code ?? ''];
  if (why === undefined) return error;
  return new CliError(
    exitCodes.usage,
    `--port ${port}: ${why}.`,
    'Name another port. --port 0 takes any that is free.',
  );
}
