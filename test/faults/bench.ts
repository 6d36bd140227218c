import { spawn } from 'node:child_process';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readJournal } from '../../src/journal/journal.ts';
import type { Ledger } from '../../src/simulator/organization/state.ts';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { someoneIn } from '../commands/someone.ts';
import { here } from '../here.ts';
import { program } from '../program/demo.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly took: number; // ms
}
/** A start of the program that is still running. */
export interface Started {
  /** Resolves when standard output has it; rejects when the program ends before. */
  sees(what: RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}
export interface Start {
  /** What the operator agrees to beforehand; everything unless given. */
  readonly consent?: readonly string[];
  readonly flags?: readonly string[];
  readonly answers?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** A process of its own, of the program as it is shipped: where that is what matters. */
  readonly shipped?: boolean;
}
export type Bench = Awaited<ReturnType<typeof bench>>;

/** Always the same organization, what an operator has for it, and the program, unattended. */
export async function bench(scenario: Scenario = 'fresh', options: Partial<SimulatorOptions> = {}) {
  const home = await mkdtemp(join(tmpdir(), 'cw-fault-'));
  const simulator = await startSimulator({ scenario, settle: 100, seed: 'faults', ...options });
  onTestFinished(() => simulator.close());
  await writeProfiles(join(home, 'aws'), simulator);
  const account = (name: string): string => {
    const found = simulator.accounts.find((one) => one.name === name);
    if (!found) throw new Error(`the organization has no account ${name}`);
    return found.id;
  };
  const delegate = account('Shared Services');
  const answers = {
    'before-you-start.understood': 'attested',
    'session-duration.seen': 'skipped',
    'delegated-account.account': delegate,
    'administrator-user.user': await someoneIn(simulator),
    'permission-set.policy': 'documented',
    'assign-administrator.target': account('Workloads Dev'),
  };
  const state = join(home, 'state');
  const usual = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|CI$)/.test(name))),
    CW_RUNBOOK_HOME: state,
    AWS_CONFIG_FILE: join(home, 'aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws', 'credentials'),
  };
  const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Started =>
    begin(args, { ...usual, ...env });
  const file = join(home, 'answers.json');
  const all = ['--yes', '--confirm', delegate];
  const argumentsOf = async ({ consent = all, flags = [], answers: more = {} }: Start) => {
    const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
    await writeFile(file, JSON.stringify({ profiles, answers: { ...answers, ...more } }));
    const hasty = ['--poll', '50', '--patience', '2000'];
    return ['run', '--answers', file, ...consent, ...hasty, ...flags];
  };
  const began = async (how: Start = {}): Promise<Started> => start(await argumentsOf(how), how.env);
  const inHere = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> => {
    const from = performance.now();
    const ended = await here(args, { ...usual, ...env });
    return { ...ended, took: performance.now() - from };
  };
  const order = async (body: object): Promise<void> => {
    const ordered = await fetch(`${simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(body) });
    if (!ordered.ok) throw new Error(await ordered.text());
  };
  /** How often each order has struck. */
  const struck = async (): Promise<readonly number[]> => {
    const { orders } = (await (await fetch(`${simulator.url}/_faults`)).json()) as {
      orders: { struck: number }[];
    };
    return orders.map((one) => one.struck);
  };
  const runs = async (): Promise<readonly string[]> =>
    (await readdir(join(state, 'runs')).catch(() => [])).map((id) => join(state, 'runs', id));
  return {
    ...{ home, state, simulator, account, delegate, answers, start, began, order, struck, runs },
    run: async (how: Start = {}): Promise<Ended> =>
      how.shipped ? (await began(how)).ended : inHere(await argumentsOf(how), how.env),
    cli: (...args: readonly string[]): Promise<Ended> => inHere(args),
    end: async (): Promise<void> => void (await fetch(`${simulator.url}/_faults`, { method: 'DELETE' })),
    ledger: async (): Promise<Ledger> => (await fetch(`${simulator.url}/_ledger`)).json() as Promise<Ledger>,
    /** Of the newest run, as it is on disk. Throws when it does not verify. */
    events: async () => {
      const newest = (await runs()).toSorted().at(-1);
      return newest === undefined ? [] : (await readJournal(newest)).events; // it has not begun
    },
  };
}

function begin(args: readonly string[], env: NodeJS.ProcessEnv): Started {
  const from = performance.now();
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  const seen = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    for (const look of seen) look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err, took: performance.now() - from }));
  });
  return {
    ended,
    signal: (name) => void child.kill(name),
    sees: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => void (what.test(out) && resolve());
        seen.add(look);
        look();
        ended.then(() => reject(new Error(`It ended before ${what} was seen:\n${out}${err}`)));
      }),
  };
}
