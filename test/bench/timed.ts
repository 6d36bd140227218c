import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../program/demo.ts';
import { openTerminal } from '../terminal.ts';
import { busyTime } from './site.ts';

/** What a start took. `busy`: of the processor, which another program on the machine adds little to. */
export interface Took {
  readonly wall: number; // ms
  readonly busy: number; // ms
  readonly memory?: number; // MiB
}
/** Certificates that a machine adds for every process of Node, which reads them before anything else, where one is asked for. */
const certificates = (): NodeJS.ProcessEnv => {
  const { CW_BENCH_CERTIFICATES } = process.env;
  return CW_BENCH_CERTIFICATES ? { NODE_EXTRA_CA_CERTS: CW_BENCH_CERTIFICATES } : {};
};
const quiet = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|NODE_|CI$)/.test(name))),
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  ...certificates(),
});

/** From the start of a command to its end; what it prints goes into a pipe. */
export function commandTime(command: string, args: readonly string[], home = '/nonexistent'): Took {
  const script =
    'TIMEFORMAT="%3U %3S %3R"; exec 3>&1; { time "$@" 2>/dev/null </dev/null; } 2>&3 | cat >/dev/null';
  const out = execFileSync('bash', ['-c', script, 'bash', command, ...args], {
    encoding: 'utf8',
    env: { ...quiet(), CW_RUNBOOK_HOME: home },
  });
  const [user = 0, system = 0, real = 0] = out.trim().split(/\s+/).map(Number);
  return { busy: (user + system) * 1000, wall: real * 1000 };
}

const frameEnd = '\u001b[?2026l';
/** From the start to the first frame that shows this, in a terminal, with nothing on the disk yet. */
export async function frameTime(node: string, args: readonly string[], shows: string): Promise<Took> {
  const home = await mkdtemp(join(tmpdir(), 'cw-bench-'));
  const from = performance.now();
  const terminal = openTerminal({
    command: node,
    args: [program, ...args],
    env: {
      ...certificates(),
      CW_RUNBOOK_HOME: home,
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    },
    columns: 100,
    rows: 30,
  });
  const took = await new Promise<Took>((resolve) => {
    let seen = '';
    const stop = terminal.onData((data) => {
      seen += data;
      const at = seen.indexOf(shows);
      if (at < 0 || !seen.includes(frameEnd, at)) return;
      stop();
      const wall = performance.now() - from;
      void Promise.all([busyTime(terminal.pid), memoryOf(terminal.pid)]).then(([busy, memory]) =>
        resolve({ wall, busy, memory }),
      );
    });
  });
  terminal.press('q');
  await terminal.exit;
  await rm(home, { recursive: true });
  return took;
}

/** What a process has of the memory now: MiB. */
export async function memoryOf(pid: number): Promise<number> {
  const [, size] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(size) / 1024;
}
/** What this Node has of it where it does nothing. */
export const bareMemory = (node: string): number =>
  Number(execFileSync(node, ['-p', 'process.memoryUsage.rss()'], { encoding: 'utf8' })) / 2 ** 20;
