import { vi } from 'vitest';
import type { Activity } from '../../src/engine/ports.ts';
import type { Choice } from '../../src/model/question.ts';
import type { Run } from '../../src/model/run.ts';
import { converse } from '../../src/ui/plain/conversation.ts';
import type { Ask, Reply } from '../../src/ui/session/ask.ts';
import { createSession } from '../../src/ui/session/session.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { events } from './asks.ts';
import { across } from './page.ts';

const { phases } = fixture;

const banner = {
  demo: true,
  endpoint: 'demo',
  program: 'cw-runbook/0.1.0',
  runId: '01JDEMO0000000000000RUN00',
};

/** A question put in lines of text, and what was said and replied after lines were typed. Needs fake timers. */
export async function talk(
  { ask, run, rows }: { readonly ask?: Ask; readonly run: Run; readonly rows?: readonly Choice[] },
  typed: readonly string[] = [],
  {
    width = 80,
    log = events,
    activity,
  }: { readonly width?: number; readonly log?: typeof events; readonly activity?: Activity } = {},
): Promise<{ readonly said: string; readonly reply: Reply | undefined }> {
  let said = '';
  let reply: Reply | undefined;
  const session = createSession(
    () => run,
    () => log,
  );
  const { changed, line, tick } = converse({
    session,
    phases,
    banner,
    page: across(width, { spoken: true }),
    say: (text) => {
      if (text !== '') said += `${text}\n`;
    },
    onLeave: () => undefined,
    now: () => Date.now(),
  });
  const stop = session.subscribe(changed);
  if (activity) session.show(activity);
  if (ask) {
    // Rows that are given stand for those that AWS lists.
    const put = ask.is === 'question' && ask.choices && rows ? { ...ask, choices: () => listed(rows) } : ask;
    void session.ask(put).then((one) => {
      reply = one;
    });
  }
  await vi.advanceTimersByTimeAsync(1_000);
  if (activity) {
    await vi.advanceTimersByTimeAsync(10_000);
    tick();
  }
  for (const text of typed) {
    said += `> ${text}\n`;
    line(text, false);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  stop();
  return { said, reply };
}
async function* listed(rows: readonly Choice[]) {
  yield* rows;
}
