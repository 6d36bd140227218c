import type { Environment } from '../../model/text/environment.ts';
import { withoutSecrets } from '../settings/secrets.ts';
import { type Ended, startCommand } from './command.ts';
import { endAll, endCommand, remember, type Started } from './end.ts';
import { CredentialProcessFailed } from './failed.ts';
import { masked, settled } from './mask.ts';

// A process has one terminal, and ends once: what runs is known in one place.

/** A credential_process that has not ended. */
export interface RunningProcess {
  readonly profile: string;
  readonly since: number; // ms since 1970
  /** What it has written to standard error so far, masked. For the screen alone. */
  readonly said: string;
  /** It has the operator's terminal. */
  readonly terminal: boolean;
}
/** Gives the terminal to what is begun, and takes it back when that has ended. */
export type Lend = (meanwhile: () => Promise<void>) => Promise<void>;

interface Begun {
  readonly profile: string;
  readonly command: string;
  readonly env: Environment; // it is started in
  readonly since: number;
  started: Started;
  /** Set while it is handed over: this one's end counts. */
  next?: Promise<Ended>;
}
interface Job extends Begun {
  readonly printed: Promise<string>;
}
const jobs = new Map<string, Job>();
const listeners = new Set<() => void>();
let limit: number | undefined;
let ending: Promise<void> | undefined;

/** No credential_process may take longer: for runs that nobody watches. Undefined: a person decides. */
export function limitProcesses(ms: number | undefined): void {
  limit = ms;
}
/** Told when one is started, handed over, or has ended. Returns how to stop. */
export function onProcesses(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
const changed = (): void => {
  for (const listener of listeners) listener();
};
/** The one that has been running for longest. */
export function runningProcess(): RunningProcess | undefined {
  const [job] = jobs.values();
  if (!job) return undefined;
  const { profile, since, started } = job;
  return {
    profile,
    since,
    said: saidBy(settled(started.command.complained()), job.command),
    terminal: started.terminal,
  };
}

/**
 * What the credential_process of a profile prints. Who asks while it runs waits for the same one. Throws
 * `CredentialProcessFailed`.
 */
export function outputOf(profile: string, command: string, env: Environment): Promise<string> {
  const key = `${profile}\0${command}`;
  const running = jobs.get(key);
  if (running) return running.printed;
  const started = { command: startCommand(command, false, env), terminal: false };
  return follow(key, { profile, command, env, since: Date.now(), started });
}
/** The same, in the operator's terminal from the beginning. */
export async function outputInTerminal(
  profile: string,
  command: string,
  env: Environment,
  lend: Lend,
): Promise<string> {
  const key = `${profile}\0${command}`;
  const running = jobs.get(key);
  if (running) {
    await handOver(running, lend);
    return running.printed;
  }
  const since = Date.now();
  let printed: Promise<string> | undefined;
  await lend(async () => {
    const started = { command: startCommand(command, true, env), terminal: true };
    printed = follow(key, { profile, command, env, since, started });
    await printed.catch(() => undefined); // whoever waits for it is told
  }).catch(() => undefined); // told below
  return printed ?? Promise.reject(new CredentialProcessFailed(profile, 'the terminal was not given', ''));
}

/** Starts the one that runs anew, in the operator's terminal. Who waits for it goes on with what that one gives. */
export async function giveTerminal(lend: Lend): Promise<void> {
  const [job] = jobs.values();
  if (job && !job.started.terminal && !job.next) await handOver(job, lend);
}
async function handOver(job: Job, lend: Lend): Promise<void> {
  let ended: (how: Ended) => void = () => undefined;
  job.next = new Promise((resolve) => {
    ended = resolve;
  });
  await endCommand(job.started); // it may hold a lock that the other one needs
  const notGiven: Ended = { code: null, signal: null, printed: '', why: 'the terminal was not given' };
  let how = notGiven;
  try {
    await lend(async () => {
      if (ending) return;
      job.started = { command: startCommand(job.command, true, job.env), terminal: true };
      remember(job.started);
      changed();
      how = await job.started.command.ended;
    });
  } catch {
    // Who waits for it is told that it had no terminal.
  }
  ended(how);
}

/** Waits for the end of one that was started: of the last one, where it was handed over. */
function follow(key: string, begun: Begun): Promise<string> {
  const job: Begun = { ...begun };
  const printed = wait(job).finally(() => {
    jobs.delete(key);
    changed();
  });
  printed.catch(() => undefined); // whoever waits for it is told
  jobs.set(key, Object.assign(job, { printed }));
  remember(job.started);
  changed();
  return printed;
}
async function wait(job: Begun): Promise<string> {
  const longest = limit;
  let timedOut = false;
  const timer =
    longest === undefined
      ? undefined
      : setTimeout(() => {
          if (job.next || job.started.terminal) return; // a person is at it
          timedOut = true;
          void endCommand(job.started);
        }, longest);
  let ended = await job.started.command.ended;
  while (job.next) {
    const { next } = job;
    ended = await next;
    if (job.next === next) delete job.next;
  }
  clearTimeout(timer);
  const late = timedOut && longest !== undefined;
  const { code, signal, printed, why } = ended;
  if (!late && code === 0 && why === undefined) return printed;
  void endCommand(job.started); // what it has left behind waits for somebody, too
  const said = saidBy(job.started.command.complained(), job.command);
  const { profile } = job;
  if (late) {
    const time = longest < 1000 ? `${longest} ms` : `${Math.round(longest / 1000)} s`;
    const how = `had not ended after ${time}, and was stopped`;
    throw new CredentialProcessFailed(profile, how, said, { timedOut: true });
  }
  if (why !== undefined) throw new CredentialProcessFailed(profile, `failed: ${why}`, said);
  const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  // In the terminal it has said it there.
  const nothing = job.started.terminal ? how : 'it printed nothing';
  throw new CredentialProcessFailed(profile, 'failed', said || nothing, { how, silent: said === '' });
}

/** Ends every one that runs, with all that it has started. Resolves when nothing of it is left. */
export function endProcesses(): Promise<void> {
  ending ??= endAll().finally(() => {
    ending = undefined;
  });
  return ending;
}

const most = 400; // characters of what it said
/** What is shown of what a program wrote to standard error: its end, in one line. */
export function saidBy(complained: string, command: string): string {
  const [program] = /^\s*(?:"[^"]+"|'[^']+'|\S+)/.exec(command) ?? [''];
  const safe = masked(withoutSecrets(complained, command), program.trim().replace(/["']/g, ''));
  const line = safe.replace(/\s+/g, ' ').trim();
  return line.length <= most ? line : `…${line.slice(-most).replace(/^\S*/, '')}`;
}
