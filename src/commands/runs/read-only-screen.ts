import type { Header } from '../../journal/journal.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Own } from '../../model/text/own-commands.ts';
import type { Screen, Shown } from '../../ui/screen.ts';
import type { Session } from '../../ui/session/session.ts';
import { bannerOf } from '../process/banner.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';
import { listen } from '../process/shutdown.ts';
import { putUp, terminalHere } from '../process/terminal.ts';

/** The screen of a run that this process does not write to. */
export interface ReadOnlyScreen extends Pick<Screen, 'crashed'> {
  /** Of the way in which the operator left, if they did. */
  code(): ExitCode | undefined;
  close(): Promise<void>;
}
/** Puts it up. `left`: the operator leaves. */
export async function readOnlyScreen(
  session: Session,
  {
    header,
    phases,
    own,
    env,
    openPage,
  }: Pick<Runbook, 'phases'> & {
    readonly header: Header;
    readonly own: Own;
    readonly env: Environment;
    readonly openPage?: NonNullable<Shown['openPage']>;
  },
  left: () => void,
): Promise<ReadOnlyScreen> {
  let screen: Screen | undefined;
  const leaving = listen({
    streams: [process.stdin, process.stdout, process.stderr],
    again: (code) => {
      screen?.restore();
      process.exit(code);
    },
  });
  leaving.signal.addEventListener('abort', left);
  const up = await putUp(
    {
      ...{ session, phases, banner: bannerOf(header) },
      onLeave: (how) => leaving.requestShutdown(how === 'q' ? exitCodes.parked : exitCodes.interrupted),
      ...defined({ openPage }),
    },
    terminalHere(env, own),
  );
  screen = up;
  return {
    crashed: up.crashed,
    code: leaving.code,
    close: async () => {
      await up.close();
      leaving.end();
    },
  };
}
