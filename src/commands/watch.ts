import { phases, steps } from '../../steps/index.ts';
import { follow } from '../journal/follow.ts';
import { readJournal } from '../journal/journal.ts';
import { advance, nothing, type Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { createSession } from '../ui/session.ts';
import { bannerOf } from './banner.ts';

/**
 * Shows a run that another program has open, as it is written, until the operator leaves ('left') or takes up the run
 * that has become free ('free'). Reads the journal and nothing else. Throws `JournalError`.
 */
export async function watch(folder: string): Promise<'left' | 'free'> {
  const { header, events } = await readJournal(folder);
  let run = events.reduce(advance, nothing);
  const session = createSession(() => run);
  const ending = new AbortController();
  const { renderApp } = await import('../ui/render.tsx');
  const screen = renderApp({ session, phases, banner: bannerOf(header), onLeave: () => ending.abort() });
  let end: 'left' | 'free' = 'left';
  const following = async (): Promise<'left' | 'free'> => {
    for await (const { events: now, holder } of follow(folder, ending.signal)) {
      run = now.reduce(advance, nothing);
      void session.ask({ is: 'watching', step: stepAt(run), holder }).then((reply) => {
        if (reply.do === 'again' && holder === undefined) end = 'free';
        ending.abort();
      });
    }
    return end;
  };
  try {
    return await Promise.race([following(), screen.crashed]);
  } finally {
    await screen.close();
  }
}

/** Where the other window is: at the first step whose result nobody has read. */
function stepAt({ read }: Run): Step {
  const step = steps.find(({ id }) => !read.includes(id)) ?? steps.at(-1);
  if (!step) throw new Error('a runbook without steps');
  return step;
}
