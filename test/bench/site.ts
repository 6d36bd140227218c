import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { program } from '../program/demo.ts';
import { openTerminal, type TestTerminal } from '../terminal.ts';

/** Names of goals, and what was measured for each. Times are shares of the Node’s bare start. */
export type Measured = Readonly<Record<string, number>>;
export interface Site {
  readonly node: string;
  readonly bare: number; // ms
}
/** A simulated organization, and a run in it. */
export interface Run {
  /** Where it is kept. */
  readonly home: string;
  open(): TestTerminal;
  close(): Promise<void>;
}
/** Answers that every run here has. */
export const given = {
  'before-you-start.understood': 'attested',
  'session-duration.seen': 'skipped',
  'permission-set.policy': 'documented',
};

export async function runUpTo(
  { node }: Site,
  { users, settle, answers = {} }: { users: number; settle: number; answers?: Record<string, string> },
): Promise<Run> {
  const home = await mkdtemp(join(tmpdir(), 'cw-bench-'));
  const simulator = await startSimulator({
    scenario: 'delegated',
    settle,
    size: { users, sets: 0 },
    seed: 'bench',
  });
  await writeProfiles(join(home, 'aws'), simulator);
  const account = (name: string) => simulator.accounts.find((one) => one.name === name)?.id ?? '';
  const file = join(home, 'answers.json');
  const target = { 'assign-administrator.target': account('Workloads Dev') };
  await writeFile(
    file,
    JSON.stringify({
      profiles: { management: 'management', 'delegated-administrator': 'delegated' },
      answers: { ...given, 'delegated-account.account': account('Shared Services'), ...target, ...answers },
    }),
  );
  const env = {
    CW_RUNBOOK_HOME: join(home, 'state'),
    AWS_CONFIG_FILE: join(home, 'aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws', 'credentials'),
  };
  // With an administrator named, it goes as far as it comes without a person: to the first dangerous change, or the end.
  if (answers['administrator-user.user'] !== undefined) {
    const { err } = await ended(node, ['run', '--answers', file, '--yes'], env);
    if ((await readdir(join(env.CW_RUNBOOK_HOME, 'runs')).catch(() => [])).length === 0)
      throw new Error(`The run did not begin:\n${err}`);
  }
  return {
    home: env.CW_RUNBOOK_HOME,
    open: () => openTerminal({ command: node, args: [program], env, columns: 100, rows: 30 }),
    close: async () => {
      await simulator.close();
      await rm(home, { recursive: true });
    },
  };
}
/** A command of the program, to its end. */
export function ended(node: string, args: readonly string[], env: Record<string, string>) {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS_|CI$)/.test(name)),
  );
  return new Promise<{ code: number | null; err: string }>((resolve) => {
    const child = spawn(node, [program, ...args], {
      env: { ...inherited, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('close', (code) => resolve({ code, err }));
  });
}

/** How long all threads of a process have been on a processor: ms. */
export async function busyTime(pid: number): Promise<number> {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(`${tasks}/${pid}/schedstat`))
    throw new Error('The time on the processor is only read on Linux.');
  const times = await Promise.all(
    (await readdir(tasks)).map(async (task) =>
      Number((await readFile(join(tasks, task, 'schedstat'), 'utf8')).split(' ')[0]),
    ),
  );
  return times.reduce((sum, one) => sum + one, 0) / 1e6;
}
/** What a process does in some time while nobody touches it. */
export async function watched(
  terminal: TestTerminal,
  ms: number,
): Promise<{ percent: number; bytes: number }> {
  const [bytes, busy, from] = [terminal.written().length, await busyTime(terminal.pid), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, ms));
  const passed = performance.now() - from;
  return {
    percent: (((await busyTime(terminal.pid)) - busy) / passed) * 100,
    bytes: ((terminal.written().length - bytes) / passed) * 1000,
  };
}
