import { useApp, useStdout } from 'ink';
import { useEffect, useRef } from 'react';
import type { Session } from '../session/session.ts';
import { stopReading } from './stop-reading.ts';

/** Where the process is stopped, nothing of it passes; where it cannot be stopped, the screen is back after this. */
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** Ink draws on where the shell has left the cursor: the frame is drawn once more on an empty screen. */
const fromTheTop = '\u001b[H\u001b[J';

/**
 * Ctrl-Z and SIGTSTP give the terminal back before the process stops; when it goes on, by whatever signal it was
 * stopped, the terminal is taken again and everything is drawn. What is returned is for the key: in a terminal that
 * sends keys the kernel stops nobody. `session` may lend the terminal to another program meanwhile: both are stopped
 * together then, and nothing is drawn.
 */
export function useSuspend(session: Pick<Session, 'onLend'>): () => void {
  const { suspendTerminal } = useApp();
  const { write } = useStdout();
  const suspending = useRef(false);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => {
    session.onLend(async (meanwhile) => {
      suspending.current = true;
      try {
        await suspendTerminal(async () => {
          await stopReading(process.stdin);
          await meanwhile();
        });
        write(fromTheTop);
      } finally {
        suspending.current = false;
      }
    });
    return () => session.onLend((meanwhile) => meanwhile());
  }, [session, suspendTerminal, write]);
  useEffect(() => {
    if (process.platform === 'win32') return undefined; // it has no such signals
    const away = async (meanwhile: () => void): Promise<void> => {
      if (suspending.current) return;
      suspending.current = true;
      try {
        await suspendTerminal(async () => {
          meanwhile();
          await aMoment();
        });
        write(fromTheTop);
      } finally {
        suspending.current = false;
      }
    };
    /** `whom`: 0 for everybody in the foreground, as the kernel does it for Ctrl-Z. */
    const stopping = (whom: number) => () => {
      process.off('SIGTSTP', stopped); // with nobody listening the signal stops
      process.kill(whom, 'SIGTSTP');
      process.on('SIGTSTP', stopped);
    };
    const stopped = (): void => {
      if (suspending.current) process.kill(process.pid, 'SIGSTOP');
      else void away(stopping(process.pid));
    };
    const continued = (): void => void away(() => undefined);
    stop.current = () => void away(stopping(0));
    process.on('SIGTSTP', stopped);
    process.on('SIGCONT', continued);
    return () => {
      stop.current = () => undefined;
      process.off('SIGTSTP', stopped);
      process.off('SIGCONT', continued);
    };
  }, [suspendTerminal, write]);
  return () => stop.current();
}
