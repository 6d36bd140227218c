import { spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { type Ended, here } from '../here.ts';
import { program } from '../program/demo.ts';
import { organizationSeed } from '../seed.ts';
import { someoneIn } from './someone.ts';

export type { Ended } from '../here.ts';

const open: Simulator[] = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

/**
 * A simulated organization, the files an operator has for it, and the program to run against it: in this process, but
 * for what is `shipped`, or dies.
 */
export async function bench(
  scenario: Scenario,
  options: Pick<SimulatorOptions, 'settle' | 'size' | 'state' | 'arrange' | 'port'> & {
    readonly home?: string;
  } = {},
) {
  const { home = await mkdtemp(join(tmpdir(), 'cw-run-')), ...simulated } = options;
  const simulator = await startSimulator({ scenario, settle: 200, seed: organizationSeed(), ...simulated });
  open.push(simulator);
  await writeProfiles(join(home, 'aws'), simulator);
  const account = (name: string) => {
    const found = simulator.accounts.find((one) => one.name === name);
    if (!found) throw new Error(`the organization has no account ${name}`);
    return found;
  };
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|CI$)/.test(name))),
    CW_RUNBOOK_HOME: join(home, 'state'),
    AWS_CONFIG_FILE: join(home, 'aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws', 'credentials'),
  };
  const shipped = (
    args: readonly string[],
    more: NodeJS.ProcessEnv = {},
    dies?: (out: string) => boolean,
    signal: NodeJS.Signals = 'SIGKILL',
  ): Promise<Ended> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [program, ...args], {
        env: { ...env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        // Once: a second signal ends it at once, as it should.
        if (!child.killed && dies?.(out)) child.kill(signal);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      child.on('close', (code) => resolve({ code, out, err }));
    });
  const cli = (
    args: readonly string[],
    more: NodeJS.ProcessEnv = {},
    dies?: (out: string) => boolean,
    signal?: NodeJS.Signals,
  ): Promise<Ended> => (dies ? shipped(args, more, dies, signal) : here(args, { ...env, ...more }));
  const answers: Record<string, string> = {
    'before-you-start.understood': 'attested',
    'session-duration.seen': 'skipped',
    'permission-set.policy': 'documented',
  };
  type Answers = Record<string, string | readonly string[]>;
  const arguments_ = async (more: Answers, flags: readonly string[]): Promise<readonly string[]> => {
    const file = join(home, 'answers.json');
    const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
    await writeFile(file, JSON.stringify({ profiles, answers: { ...answers, ...more } }));
    return ['run', '--answers', file, '--yes', '--poll', '100', ...flags];
  };
  const run = async (
    more: Answers = {},
    flags: readonly string[] = [],
    dies?: (out: string) => boolean,
    signal?: NodeJS.Signals,
  ) => cli(await arguments_(more, flags), {}, dies, signal);
  const shippedRun = async (more: Answers = {}, flags: readonly string[] = []) =>
    shipped(await arguments_(more, flags));
  const ledger = async (): Promise<{
    requests: { operation: string; userAgent: string }[];
    effects: { operation: string; key: string }[];
  }> => (await fetch(`${simulator.url}/_ledger`)).json() as never;
  const effects = async (): Promise<readonly string[]> =>
    (await ledger()).effects.map(({ operation }) => operation);
  /** The organization goes; what it keeps in a file stays. */
  const close = async (): Promise<void> => {
    open.splice(open.indexOf(simulator), 1);
    await simulator.close();
  };
  return {
    home,
    simulator,
    account,
    cli,
    run,
    arguments: arguments_,
    shipped,
    shippedRun,
    ledger,
    effects,
    env,
    close,
  };
}
/** What the fresh organization needs, in order. */
export const all = [
  'organizations:RegisterDelegatedAdministrator',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
];
export type Bench = Awaited<ReturnType<typeof bench>>;

/** A user who can be promoted: what the program lists when the question is not answered. */
export async function user(
  { run }: Bench,
  more: Record<string, string>,
  flags: readonly string[],
): Promise<string> {
  const { err, code } = await run({ ...more, 'administrator-user.already': 'add' }, flags);
  expect(code, err).toBe(4);
  const [, name = ''] = /^ {2}(\S+) {2}/m.exec(err) ?? [];
  expect(name, err).not.toBe('');
  return name;
}
export async function answered(at: Bench, more: Record<string, string> = {}) {
  const delegate = at.account('Shared Services');
  const flags = ['--confirm', delegate.name];
  const answers = {
    'delegated-account.account': delegate.id,
    'assign-administrator.target': at.account('Workloads Dev').id,
    ...more,
  };
  return { flags, answers: { ...answers, 'administrator-user.user': await someoneIn(at.simulator) } };
}
