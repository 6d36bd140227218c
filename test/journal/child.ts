import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/** Bundles the driver, so that the oldest Node can run it. Returns the file. */
export async function buildDriver(): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), 'cw-driver-')), 'driver.mjs');
  await build({
    input: fileURLToPath(new URL('driver.ts', import.meta.url)),
    platform: 'node',
    transform: { target: 'node20' },
    output: { file: outfile },
  });
  return outfile;
}

type Said = Readonly<Record<string, unknown>>;
export interface Child {
  readonly process: ChildProcess;
  /** Everything said so far. */
  readonly said: readonly Said[];
  /** The next thing that it says, or undefined when it has ended. */
  next(): Promise<Said | undefined>;
  signal(signal: NodeJS.Signals): void;
  /** Everything that it has said, when it has ended. */
  ended(): Promise<readonly Said[]>;
}

/** Starts a command whose standard output is JSON lines. */
export function start(command: string, ...args: readonly string[]): Child {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const end = once(child, 'close');
  const said: Said[] = [];
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Said | undefined> => {
    const { value, done } = await lines.next();
    if (done) return undefined;
    said.push(JSON.parse(value));
    return said.at(-1);
  };
  return {
    process: child,
    said,
    next,
    signal: (signal) => void child.kill(signal),
    ended: async () => {
      while ((await next()) !== undefined);
      await end;
      return said;
    },
  };
}
