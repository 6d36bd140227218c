import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Told } from '../model/exchange/exchange.ts';
import { memberAccountIn } from '../model/identity.ts';
import type { Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { asCommand, type Own } from '../model/text/own-commands.ts';
import type { Ledger } from '../simulator/organization/state.ts';
import { writeProfiles } from '../simulator/profiles.ts';
import type { Scenario } from '../simulator/scenarios/scenarios.ts';
import { type SimulatorOptions, startSimulator } from '../simulator/server.ts';
import { guided } from './guided.ts';
import type { Authority } from './process/authorizing.ts';
import { putInForce, quietSdk } from './process/environment.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { withStateFile } from './process/state-file.ts';
import type { Place } from './runs/runs.ts';
import { scenarioNamed } from './runs/scenario-named.ts';

export interface DemoOptions {
  readonly runbook: Runbook;
  readonly home: string;
  readonly env: Environment;
  readonly scenario: string;
  readonly fresh: boolean;
  readonly fault: readonly string[];
  readonly users?: number;
  readonly sets?: number;
  readonly rate?: number;
  readonly delegationLag?: number;
  readonly answered?: Told; // of every answer of the simulated AWS
  readonly own?: Own; // this program's own commands, as they are typed here
  readonly authority?: Authority; // under what it is done
}

/** The guided run in a simulated organization, in this process. */
export async function demo({
  runbook,
  home,
  env,
  scenario: named,
  fresh,
  fault,
  rate,
  delegationLag,
  answered,
  own,
  authority,
  ...sizes
}: DemoOptions): Promise<ExitCode> {
  const scenario = scenarioNamed(named);
  const kept = fresh ? undefined : fileOf(home, scenario);
  const size = sizeOfNew(sizes, kept, 'Start over with --fresh, or leave them out.');
  // What can be ordered is loaded where something is: the first frame waits for it.
  const faults = fault.length === 0 ? [] : (await import('./process/faults.ts')).faultsNamed(fault);
  return inOrganization(
    { home, env, scenario, fresh, faults, size, ...defined({ rate, delegationLag }) },
    (there) => guided({ runbook, home, fresh, ...there, ...defined({ answered, own, authority }) }),
  );
}
const fileOf = (home: string, scenario: Scenario): string =>
  join(home, 'demo', scenario, 'organization.json');
/** What to do where that file cannot be used. */
const demoAnew = (scenario: Scenario): string =>
  `Start the demo over: ${asCommand(`cw-runbook demo --scenario ${scenario} --fresh`)}. Its earlier runs cannot continue after that.`;

/** How large a new organization is. One that is there already has its size: throws `CliError` where another is named. */
export function sizeOfNew(
  { users, sets }: { readonly users?: number | undefined; readonly sets?: number | undefined },
  kept: string | undefined,
  remedy: string,
): NonNullable<SimulatorOptions['size']> {
  const size = { ...defined({ users, sets }) };
  if (kept !== undefined && Object.keys(size).length > 0 && existsSync(kept))
    throw new CliError(
      exitCodes.usage,
      `--users and --sets say how large a new organization is, and there is one already: ${kept}.`,
      remedy,
    );
  return size;
}

/** What a command is led with in a simulated organization. */
export interface There {
  readonly place: Place;
  /** In which AWS is that organization. */
  readonly env: Environment;
  /** Told of the run after each event: the organization hands out credentials of the account that was chosen. */
  readonly changed: (run: Run) => Promise<void>;
}
interface Simulated {
  readonly home: string;
  readonly env: Environment; // the operator's
  readonly scenario: Scenario;
  readonly fresh?: boolean;
  readonly faults?: SimulatorOptions['faults'];
  readonly size?: SimulatorOptions['size'];
  readonly rate?: number;
  readonly delegationLag?: number;
  readonly delegate?: string; // the account whose credentials are handed out, where a run has chosen one
}

/**
 * Leads a run in the demo's organization of a scenario. It is a file beside the demo's runs, so that a demo that was
 * left or killed goes on in it.
 */
export async function inOrganization(
  { home, env, scenario, fresh = false, faults, size, rate, delegationLag, delegate }: Simulated,
  lead: (there: There, ledger: () => Ledger) => Promise<ExitCode>,
): Promise<ExitCode> {
  const folder = join(home, 'demo', scenario);
  // The same seed gives the same names and ids: for pictures and talks.
  const seed = env.CW_RUNBOOK_DEMO_SEED;
  const simulator = await withStateFile(demoAnew(scenario), () =>
    startSimulator({
      scenario,
      state: fileOf(home, scenario),
      fresh,
      ...defined({ faults, size, rate, delegationLag, seed: seed || undefined }),
    }),
  );
  try {
    const profiles = join(folder, 'aws');
    await writeProfiles(profiles, simulator, delegate);
    const place: Place = { endpoint: `demo:${simulator.organizationId}`, simulated: true, scenario };
    // The demo hands out the credentials of whichever account was made the delegated administrator.
    let handed = delegate;
    const changed = async ({ binding }: Run): Promise<void> => {
      const account = memberAccountIn(binding);
      if (account === handed || account === undefined) return;
      handed = account;
      await writeProfiles(profiles, simulator, account);
    };
    const there = putInForce(simulated(env, profiles, simulator.url));
    return await lead({ place, env: there, changed }, simulator.ledger);
  } finally {
    await simulator.close();
  }
}

/** An environment that knows nothing of the operator's own credentials, nor of a way out of this machine. */
const simulated = (env: Environment, profiles: string, url: string): Environment => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => !/^AWS_|^(https?|all)_proxy$/i.test(name))),
  AWS_CONFIG_FILE: join(profiles, 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(profiles, 'credentials'),
  AWS_ENDPOINT_URL: url,
  AWS_EC2_METADATA_DISABLED: 'true',
  ...quietSdk,
});
