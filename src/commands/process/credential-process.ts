import { CredentialProcessFailed } from '../../aws/credential-process/failed.ts';
import { runInTerminal } from '../../aws/credential-process/provider.ts';
import { giveTerminal, onProcesses, runningProcess } from '../../aws/credential-process/running.ts';
import { profiles } from '../../aws/settings/config-files.ts';
import { endOf } from '../../aws/settings/profile-chain.ts';
import type { UnusableCredentials } from '../../model/identity.ts';
import type { Environment } from '../../model/text/environment.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import type { Session, WaitedFor } from '../../ui/session/session.ts';
import { print } from './output.ts';
import type { Shutdown } from './shutdown.ts';

/** Most have ended by then. What takes longer may be waiting for somebody. */
const patience = 5_000; // ms
/** Where nobody watches, nobody answers it: what takes longer is ended, unless told otherwise. */
export const processTimeout = 60_000; // ms
const everySecond = 1_000; // ms

/** Tells of a credential_process that has been running for long, again each second, and when none is any more. */
export function watchProcesses(tell: (process: WaitedFor | undefined) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let told = false;
  const look = (): void => {
    clearTimeout(timer);
    const running = runningProcess();
    const waits = running !== undefined && !running.terminal;
    const left = waits ? running.since + patience - Date.now() : 0;
    if (waits && left <= 0) {
      told = true;
      const { profile, since, said } = running;
      tell({ profile, since, said });
    } else if (told) {
      told = false;
      tell(undefined);
    }
    if (waits) timer = setTimeout(look, left > 0 ? left : everySecond).unref();
  };
  const stop = onProcesses(look);
  look();
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** What a person at the terminal can do for a credential_process. */
export interface ProcessDesk {
  /** The one that runs has the terminal from now on. */
  giveTerminal(): void;
  runInTerminal(profile: string): Promise<UnusableCredentials | undefined>;
  end(): void;
}
export function openDesk(session: Session, leaving: Shutdown, env: Environment): ProcessDesk {
  const stop = watchProcesses((process) => session.waitsFor(process));
  const lend = (profile: string) => (meanwhile: () => Promise<void>) =>
    leaving.spare(() =>
      session.lend(async () => {
        if (leaving.signal.aborted) return;
        print(
          `\nThe credential_process of profile ${escapeControlChars(profile)} has the terminal. Ctrl-C ends it.\n`,
        );
        await meanwhile();
      }),
    );
  return {
    giveTerminal: () => {
      const running = runningProcess();
      if (running) void giveTerminal(lend(running.profile));
    },
    runInTerminal: async (name) => {
      const profile = endOf(name, await profiles(env).catch(() => []));
      const remedy = 'Check the profile, or choose other credentials. Then check again here.';
      if (!profile?.settings.credential_process)
        return { problem: `profile ${name} no longer has a credential_process.`, remedy };
      try {
        await runInTerminal(profile, env, lend(name));
        return undefined;
      } catch (error) {
        if (!(error instanceof CredentialProcessFailed)) throw error;
        const problem = `profile ${name}: its credential_process, run with the terminal, ${error.how}.`;
        return { problem, remedy, process: name };
      }
    },
    end: stop,
  };
}
