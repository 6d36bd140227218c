import { endProcesses } from '../../aws/credential-process/running.ts';
import { createEngine, type Patience, usualPatience } from '../../engine/engine.ts';
import type { LoggedIn, Ports } from '../../engine/ports.ts';
import { type UndoEnd, undoRun } from '../../engine/undo.ts';
import { walk } from '../../engine/walk.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Settings } from '../../journal/settings.ts';
import type { Actor } from '../../model/call.ts';
import type { Told } from '../../model/exchange/exchange.ts';
import type { Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Session } from '../../ui/session/session.ts';
import { wire } from '../process/create-ports.ts';
import { openDesk } from '../process/credential-process.ts';
import { Left, type Shutdown } from '../process/shutdown.ts';
import { runLogin } from '../process/sign-in.ts';
import { untilLoggedIn } from './wait-for-sign-in.ts';

export interface Behind {
  readonly journal: Journal;
  readonly runbook: Runbook;
  readonly session: Session;
  readonly leaving: Shutdown;
  readonly env: Environment;
  readonly settings: Settings | undefined;
  readonly patience?: Patience | undefined;
  readonly answered?: Told | undefined;
  /** What is asked, as it is to be said: the operator's reply. */
  readonly asking: (
    ask: Parameters<Ports['ask']>[0],
    put: (ask: Parameters<Ports['ask']>[0]) => ReturnType<Ports['ask']>,
  ) => ReturnType<Ports['ask']>;
  readonly changed: (run: Run) => Promise<void>;
}
/** What works behind the screen: the engine, AWS and whatever gives credentials. It is loaded once the screen is up. */
export interface AtWork {
  readonly run: () => Run;
  /** Whose credentials were met. */
  readonly atHand: () => readonly Actor[];
  readonly giveTerminal: () => void;
  /** Walks, or undoes, to its end. */
  begin(what: 'walk' | 'undo'): Promise<'finished' | UndoEnd>;
  end(): Promise<void>;
}
export function behind(given: Behind): AtWork {
  const { journal, runbook, session, leaving, env, settings, patience = usualPatience, answered } = given;
  const desk = openDesk(session, leaving, env);
  const ports = wire(
    journal,
    runbook,
    {
      ask: (ask) => given.asking(ask, (one) => untilLoggedIn(one, session, env)),
      logIn: async (login) => {
        let ended: LoggedIn = { is: 'failed', why: 'the terminal was not given' };
        await leaving.spare(() =>
          session.lend(async () => {
            ended = await runLogin(login, leaving.signal, env);
          }),
        );
        return ended;
      },
      runInTerminal: (profile) => desk.runInTerminal(profile),
      lasts: (actor, lasts) => session.lasts(actor, lasts),
      show: (activity) => session.show(activity),
      passed: () => session.passed(),
      changed: given.changed,
      leaving: leaving.signal,
      env,
      answered,
    },
    settings,
  );
  const { steps } = runbook;
  const engine = createEngine(ports, steps, patience);
  return {
    run: ports.run,
    atHand: () => [...engine.live.keys()],
    giveTerminal: () => desk.giveTerminal(),
    begin: (what) =>
      (what === 'undo' ? undoRun : walk)(steps, engine).catch((error: unknown) => {
        if (error instanceof Left) return 'left' as const;
        throw error;
      }),
    end: async () => {
      desk.end();
      await endProcesses();
    },
  };
}
