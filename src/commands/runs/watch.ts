import { follow } from '../../journal/follow.ts';
import { readJournal } from '../../journal/journal.ts';
import { partsOf } from '../../model/progress/applicable-steps.ts';
import { foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import type { Step } from '../../model/step.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Own } from '../../model/text/own-commands.ts';
import { createSession } from '../../ui/session/session.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';
import { openPage } from '../process/open-page.ts';
import { grown, type Told } from './grown.ts';
import { readOnlyScreen } from './read-only-screen.ts';

/**
 * Shows a run that another program has open, as it is written, until the operator leaves (the exit code) or takes up the
 * run that has become free. Reads the journal and nothing else. Throws `JournalError`.
 */
export async function watch(
  folder: string,
  runbook: Runbook,
  { own, env }: { readonly own: Own; readonly env: Environment },
): Promise<ExitCode | 'free'> {
  const { header, events } = await readJournal(folder);
  let told: Told = { events, run: foldRun(events, runbook) };
  const session = createSession(
    () => told.run,
    () => told.events,
  );
  const ending = new AbortController();
  const { phases } = runbook;
  const screen = await readOnlyScreen(
    session,
    { header, phases, own, env, openPage: (url) => openPage(url, env) },
    () => ending.abort(),
  );
  let end: 'left' | 'free' = 'left';
  const following = async (): Promise<ExitCode | 'free'> => {
    for await (const { events: now, holder } of follow(folder, ending.signal)) {
      told = grown(told, now, runbook);
      void session.ask({ is: 'watching', step: stepAt(told.run, runbook), holder }).then((reply) => {
        if (reply.do === 'again' && holder === undefined) end = 'free';
        ending.abort();
      });
    }
    return end === 'free' ? end : (screen.code() ?? exitCodes.parked);
  };
  try {
    return await Promise.race([following(), screen.crashed]);
  } finally {
    await screen.close();
  }
}

/** Where the other window is: at the first step whose result nobody has read. */
function stepAt(run: Run, { steps }: Runbook): Step {
  const step = partsOf(steps, run).find(({ id }) => !run.read.includes(id)) ?? steps.at(-1);
  if (!step) throw new Error('a runbook without steps');
  return step;
}
