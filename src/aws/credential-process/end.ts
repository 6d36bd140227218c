import { type Command, endGroup, groupLives, lives } from './command.ts';
import { descendants } from './descendants.ts';

/** From SIGTERM to SIGKILL. */
const grace = 2_000; // ms
/** The same, where nothing but this process's end is waited for: nobody sees what takes time. */
const shortGrace = 300; // ms
const between = 50; // ms

/** A command that was started here, for credentials or for a log-in. `terminal`: it has ours, and is in our process group. */
export interface Started {
  readonly command: Command;
  readonly terminal: boolean;
}
/** What one that has our terminal had started when it was to end: its leader, gone, would not lead to them. */
const trees = new WeakMap<Started, readonly number[]>();
const started = new Set<Started>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** Remembers a command until nothing of it is left. */
export function remember(one: Started): void {
  if (started.size === 0) {
    process.on('exit', endAllNow);
    for (const signal of signals) process.on(signal, signalled);
  }
  started.add(one);
  void one.command.ended.then(() => {
    if (!isLeft(one)) forget(one);
  });
}
function forget(one: Started): void {
  if (!started.delete(one) || started.size > 0) return;
  process.off('exit', endAllNow);
  for (const signal of signals) process.off(signal, signalled);
}

/** Where nobody else listens, a signal ends this process: what was started ends with it. */
function signalled(signal: (typeof signals)[number]): void {
  if (process.listenerCount(signal) === 1) process.exit(128 + numbers[signal]);
}

/**
 * Whether something of it is left. Its leader may have ended before the others: a process that has the leader's id by
 * now is a stranger, and its group is not signalled.
 */
function isLeft(one: Started): boolean {
  const { pid, isOver } = one.command;
  if (pid === undefined) return false;
  if (one.terminal) return !isOver() || (trees.get(one) ?? []).some((each) => each !== pid && lives(each));
  return isOver() ? !lives(pid) && groupLives(pid) : true;
}

/** Ends a command and all that it has started, at first gently. Resolves when nothing of it is left. */
export async function endCommand(one: Started): Promise<void> {
  signal(one, 'SIGTERM');
  for (let waited = 0; isLeft(one); waited += between) {
    if (waited >= grace) signal(one, 'SIGKILL');
    if (waited >= 2 * grace) break;
    await new Promise((resolve) => setTimeout(resolve, between));
  }
  forget(one);
}
function signal(one: Started, name: NodeJS.Signals): void {
  const { pid } = one.command;
  if (pid === undefined || !isLeft(one)) return;
  if (!one.terminal) {
    endGroup(pid, name);
    return;
  }
  const tree = trees.get(one) ?? descendants(pid);
  trees.set(one, tree);
  for (const each of tree) {
    try {
      process.kill(each, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Ends all that was started here and is left. */
export const endAll = async (): Promise<void> => void (await Promise.all([...started].map(endCommand)));

/** The same when the process ends and nothing can be awaited any more. */
function endAllNow(): void {
  const left = [...started].filter(isLeft);
  if (left.length === 0) return;
  for (const one of left) signal(one, 'SIGTERM');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, shortGrace);
  for (const one of left) signal(one, 'SIGKILL');
}
