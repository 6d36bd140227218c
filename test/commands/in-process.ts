import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { explain } from '../../src/commands/process/explain.ts';
import { type RunOptions, run } from '../../src/commands/run.ts';
import { allRuns } from '../../src/commands/runs/runs.ts';
import { undo } from '../../src/commands/undo.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { permissionsOf } from '../../src/model/access/permissions.ts';
import type { Ledger } from '../../src/simulator/organization/state.ts';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { codewhisperer, steps } from '../../steps/index.ts';
import { someoneIn } from './someone.ts';

export interface Ended {
  readonly code: number;
  readonly said: string; // on both streams, in order
}
/** Those of the real runbook. */
export type Actor = 'management' | 'delegated-administrator';
export const actors: readonly Actor[] = ['management', 'delegated-administrator'];
/** All that `cw-runbook permissions` prints for an actor. */
export function actionsOf(
  actor: Actor,
  more: { readonly undo?: boolean; readonly optional?: boolean } = {},
): readonly string[] {
  const { reads, writes, spare, besides } = permissionsOf(steps, actor, more);
  return [...reads, ...writes, ...spare, ...besides];
}

/** The unattended run in this process, against a simulated organization: one after the other, and fast. */
export async function runner(scenario: Scenario = 'fresh', more: Partial<SimulatorOptions> = {}) {
  const home = await mkdtemp(join(tmpdir(), 'cw-in-process-'));
  const simulator = await startSimulator({ scenario, settle: 0, seed: 'permissions', ...more });
  onTestFinished(() => simulator.close());
  await writeProfiles(join(home, 'aws'), simulator);
  const before = { ...process.env };
  onTestFinished(() => {
    // In place: whoever holds the object, vitest among them, goes on to see the one that counts.
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  });
  for (const name of Object.keys(process.env)) if (/^AWS_/.test(name)) delete process.env[name];
  process.env.AWS_CONFIG_FILE = join(home, 'aws', 'config');
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(home, 'aws', 'credentials');
  const account = (name: string): string => simulator.accounts.find((one) => one.name === name)?.id ?? '';
  const accounts: Readonly<Record<Actor, string>> = {
    management: simulator.accounts[0]?.id ?? '',
    'delegated-administrator': account('Shared Services'),
  };
  const answers: Readonly<Record<string, string>> = {
    'before-you-start.understood': 'attested',
    'session-duration.seen': 'skipped',
    'delegated-account.account': accounts['delegated-administrator'],
    'permission-set.policy': 'documented',
    'administrator-user.user': await someoneIn(simulator),
    'assign-administrator.target': account('Workloads Dev'),
  };
  const state = join(home, 'state');
  const file = join(home, 'answers.json');
  const ending = async (work: () => Promise<number>): Promise<Ended> => {
    let said = '';
    const hear = (text: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
      said += String(text);
      for (const done of rest) if (typeof done === 'function') done();
      return true;
    };
    const [out, err] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    out.mockImplementation(hear);
    err.mockImplementation(hear);
    try {
      const code = await work().catch(explain);
      return { code, said };
    } finally {
      out.mockRestore();
      err.mockRestore();
    }
  };
  const confirmed: readonly string[] = [...Object.values(accounts), account('Workloads Dev')];
  const options = {
    ...{
      runbook: codewhisperer,
      home: state,
      env: process.env,
      answers: file,
      yes: true,
      pollInterval: 10,
      changeTimeout: 300,
    },
    confirm: confirmed,
  };
  const both = { management: 'management', 'delegated-administrator': 'delegated' };
  const write = (more: object, waive: object, profiles: object = both): Promise<void> =>
    writeFile(
      file,
      JSON.stringify({
        profiles,
        answers: { ...answers, ...more },
        waive,
      }),
    );
  return {
    ...{ home: state, simulator, accounts, answers, account, confirmed },
    hear: ending,
    run: async (
      more: object = {},
      waive: object = {},
      { profiles, ...others }: Partial<RunOptions> & { readonly profiles?: object } = {},
    ): Promise<Ended> => {
      await write(more, waive, profiles);
      return ending(() => run({ ...options, ...others }));
    },
    undo: async (more: object = {}): Promise<Ended> => {
      await write(more, {});
      return ending(() => undo(options));
    },
    order: async (where: '_permissions' | '_faults', body: object): Promise<void> => {
      const given = await fetch(`${simulator.url}/${where}`, { method: 'POST', body: JSON.stringify(body) });
      if (!given.ok) throw new Error(await given.text());
    },
    ledger: async (): Promise<Ledger> => (await fetch(`${simulator.url}/_ledger`)).json() as Promise<Ledger>,
    events: async () =>
      (await readJournal((await allRuns(state, codewhisperer)).at(-1)?.folder ?? '')).events,
  };
}
export type Runner = Awaited<ReturnType<typeof runner>>;
