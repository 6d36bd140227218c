import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger, State } from '../../src/simulator/organization/state.ts';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { program, testNode } from '../program/demo.ts';
import { type Task, type Told, usual } from './tasks.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}
/** The shipped program, running. */
export interface Started {
  readonly pid: number;
  /** Milliseconds until its first line, which it prints when the run's journal is open; undefined where none came. */
  readonly begun: Promise<number | undefined>;
  readonly ended: Promise<Ended>;
  signal(signal: NodeJS.Signals): void;
}
/** A simulated organization of its own, an operator's files for it, and the shipped program to run against it. */
export interface Rig {
  readonly task: Task;
  readonly folder: string;
  /** CW_RUNBOOK_HOME. */
  readonly home: string;
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
  /** The answers file. */
  readonly answers: string;
  /** Starts `cw-runbook run`. */
  run(env?: NodeJS.ProcessEnv): Started;
  start(args: readonly string[], env?: NodeJS.ProcessEnv): Started;
  ledger(): Promise<Ledger>;
  /** Closes the simulator, which leaves everything in its file. */
  close(): Promise<void>;
  /** As it is in its file: all of it only when the simulator is closed. */
  organization(): Promise<State>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

export interface RigOptions {
  readonly answers?: Told;
  /** The simulator's clock. */
  readonly now?: () => number;
}

/** How long the program waits, in milliseconds: nothing here takes the time that AWS takes. */
const waits = ['--poll', '10', '--patience', '100'] as const;
const settle = 30;

export async function rigFor(task: Task, { answers = {}, now = Date.now }: RigOptions = {}): Promise<Rig> {
  const at = await mkdtemp(join(tmpdir(), `cw-crash-${task.name}-`));
  const state = join(at, 'organization.json');
  // The same seed: the organizations of all runs of a task are one organization, and can be compared.
  const simulator = await startSimulator({ scenario: task.scenario, seed: task.name, settle, state, now });
  await writeProfiles(join(at, 'aws'), simulator);
  const organization = async (): Promise<State> =>
    (JSON.parse(await readFile(state, 'utf8')) as { readonly state: State }).state;
  const file = join(at, 'answers.json');
  const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
  const told = { ...usual, ...task.answers(await organization()), ...answers };
  await writeFile(file, JSON.stringify({ profiles, answers: told }));

  const confirm = task.confirm.flatMap((word) => ['--confirm', word]);
  const home = join(at, 'state');
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(CI$|AWS_|VITEST|NODE_)/.test(name)),
    ),
    CW_RUNBOOK_HOME: home,
    AWS_CONFIG_FILE: join(at, 'aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(at, 'aws', 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const start: Rig['start'] = (args, more = {}) => startProgram(args, { ...env, ...more });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= simulator.close();
    return closing;
  };
  return {
    task,
    folder: at,
    home,
    url: simulator.url,
    env,
    answers: file,
    start,
    run: (more) => start(['run', '--answers', file, '--yes', ...confirm, ...waits], more),
    ledger: async () => (await fetch(`${simulator.url}/_ledger`)).json() as Promise<Ledger>,
    organization,
    close,
    discard: async () => {
      await close();
      await rm(at, { recursive: true, force: true });
    },
  };
}

function startProgram(args: readonly string[], env: NodeJS.ProcessEnv): Started {
  const from = performance.now();
  const child = spawn(testNode, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err, ms: performance.now() - from }));
  });
  const begun = new Promise<number | undefined>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out === '') resolve(performance.now() - from);
      out += text;
    });
    ended.then(
      () => resolve(undefined),
      () => resolve(undefined),
    );
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  if (child.pid === undefined) throw new Error('the program could not be started');
  return { pid: child.pid, begun, ended, signal: (signal) => void child.kill(signal) };
}
