import { vi } from 'vitest';
import { command } from '../src/cli.ts';
import type { Book } from '../src/model/runbook.ts';
import type { StartedAs } from '../src/model/text/own-commands.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
let busy = false;

/**
 * One command of the program in this process: its arguments, environment, output and exit code are as if it had been
 * started, at a third of the processor's time. Only one at a time, and not for what a process is: being killed or
 * stopped, a terminal, what Node reads from the environment when it starts.
 */
export async function here(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  book?: Book,
  started?: StartedAs,
): Promise<Ended> {
  const early = Object.keys(env).find((name) => name.startsWith('NODE_') && env[name] !== process.env[name]);
  if (early !== undefined) throw new Error(`${early} counts when a process starts: start the program`);
  if (busy)
    throw new Error('a command is running in this process already: start the program for the second one');
  busy = true;
  const before = { ...process.env };
  become(env);
  let [out, err] = ['', ''];
  const outs = hear(process.stdout, (text) => {
    out += text;
  });
  const errs = hear(process.stderr, (text) => {
    err += text;
  });
  try {
    const code = await command(args, { ...env }, { book, started });
    return { code, out, err };
  } finally {
    outs.mockRestore();
    errs.mockRestore();
    become(before);
    busy = false;
  }
}

/** The same object all the time: those who hold it see what it says now. */
function become(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  for (const [name, value] of Object.entries(env))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
}

function hear(stream: NodeJS.WriteStream, told: (text: string) => void) {
  return vi.spyOn(stream, 'write').mockImplementation((text, ...rest: readonly unknown[]) => {
    told(typeof text === 'string' ? text : Buffer.from(text).toString());
    for (const done of rest) if (typeof done === 'function') done();
    return true;
  });
}
