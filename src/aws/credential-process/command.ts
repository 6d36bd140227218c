import { type ChildProcess, spawn } from 'node:child_process';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';

/** How a command ended. `printed`: what it wrote to standard output. Secret. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly printed: string;
  /** It could not be started, or printed more than any credentials are. */
  readonly why?: string;
}
export interface Command {
  readonly pid: number | undefined;
  readonly ended: Promise<Ended>;
  /** The command itself has ended; others that it started may not have. */
  isOver(): boolean;
  /** What it wrote to standard error so far: not masked. Empty where it has the terminal. */
  complained(): string;
}

const most = 1_000_000; // characters of output
const kept = 4_000; // characters of what it complains of
/** What holds its output open after the command has ended is waited for so long. */
const afterwards = 500; // ms

/** The name of the terminal: a program that opens it by its name would write over the screen, and take its keys. */
const terminalNames = ['GPG_TTY', 'SSH_TTY', 'TTY'];

const windows = process.platform === 'win32';

/**
 * Starts a command in a shell, as the AWS SDK does. `terminal`: in the operator's terminal, with its keys and its
 * screen; otherwise in a session of its own, where there is no terminal to be asked on, and nobody at its input.
 */
export function startCommand(command: string, terminal: boolean, env: Environment): Command {
  let child: ChildProcess;
  try {
    child = terminal
      ? spawn(command, { shell: true, stdio: ['inherit', 'pipe', 'inherit'], env })
      : spawn(command, {
          shell: true,
          stdio: ['ignore', 'pipe', 'pipe'],
          detached: !windows, // there it would open a window
          windowsHide: true,
          env: Object.fromEntries(Object.entries(env).filter(([name]) => !terminalNames.includes(name))),
        });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      pid: undefined,
      ended: Promise.resolve({ code: null, signal: null, printed: '', why }),
      isOver: () => true,
      complained: () => '',
    };
  }
  let printed = '';
  let complaint = '';
  let why: string | undefined;
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    printed += part;
    if (printed.length <= most) return;
    why = 'it printed more than a million characters';
    printed = '';
    endGroup(child.pid, 'SIGKILL');
  });
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    complaint += part;
    // Cut where a word ends: the rest of a token would not look like one.
    if (complaint.length > 2 * kept) complaint = complaint.slice(-kept).replace(/^\S*/, '');
  });
  const ended = new Promise<Ended>((resolve) => {
    const done = (code: number | null, signal: NodeJS.Signals | null): void =>
      resolve({ code, signal, printed, ...defined({ why }) });
    child.on('error', (error) => {
      why ??= error.message;
      done(null, null);
    });
    child.on('close', done);
    child.on('exit', (code, signal) => {
      const timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        done(code, signal);
      }, afterwards);
      child.on('close', () => clearTimeout(timer));
    });
  });
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return { pid: child.pid, ended, isOver, complained: () => complaint };
}

/** Signals everything that a command in a session of its own has started, and has not put into another one. */
export function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(windows ? pid : -pid, signal);
  } catch {
    // Nobody is left.
  }
}
export const groupLives = (pid: number): boolean => lives(windows ? pid : -pid);
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
