import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listRuns } from '../../src/journal/runs.ts';
import { settingsIn } from '../terminal.ts';
import { questionOf } from '../words.ts';
import { go, reached, until } from './demo.ts';
import { eventsIn, openSession, type Session } from './session.ts';

const question = questionOf('session-duration.seen');
const broken = join(import.meta.dirname, 'break.mjs');
/** A demo whose run has begun, with the terminal as the program wants it. */
async function opened(env: Readonly<Record<string, string>> = {}): Promise<Session> {
  const session = await openSession({ args: ['demo'], env, imports: [broken] });
  await go(session.terminal, until('session-duration'));
  await session.terminal.waitFor(question);
  const wanted = ['the alternate screen', 'a hidden cursor', 'bracketed paste'];
  expect(settingsIn(session.terminal.written())).toEqual(expect.arrayContaining(wanted));
  return session;
}
const breaks = (what: string) => ({
  env: { BREAK: what },
  leave: ({ signal }: Session) => signal('SIGUSR2'),
});
const signals = (name: NodeJS.Signals) => ({ leave: ({ signal }: Session) => signal(name) });
const presses = (...keys: readonly string[]) => ({
  leave: async ({ terminal }: Session) => terminal.press(...keys),
});
interface Way {
  readonly env?: Readonly<Record<string, string>>;
  readonly leave: (session: Session) => Promise<void>;
}

// The whole walk, and the ways out while a call is in flight, are tested where they are walked.
test.each<[string, number, string, Way]>([
  ['q', 3, 'Exited. What was done is written down', presses('q')],
  ['Ctrl-C', 130, 'Exited. What was done is written down', presses('ctrl-c')],
  ['SIGINT', 130, 'Exited. What was done is written down', signals('SIGINT')],
  ['SIGTERM', 143, 'Exited. What was done is written down', signals('SIGTERM')],
  ['SIGHUP', 129, 'Exited. What was done is written down', signals('SIGHUP')],
  ['SIGQUIT', 131, '', signals('SIGQUIT')],
  ['an error in the drawing', 1, 'Something unexpected happened: broken by a test', breaks('drawing')],
  [
    'an exception that nobody caught',
    1,
    'Something unexpected happened: broken by a test',
    breaks('exception'),
  ],
  [
    'a rejection that nobody handled',
    1,
    'Something unexpected happened: broken by a test',
    breaks('rejection'),
  ],
  [
    'a journal that is not what was written',
    7,
    'Something else has written to the journal',
    {
      leave: async ({ home, terminal }) => {
        const [run] = await listRuns(home);
        if (!run) throw new Error(`no run in ${home}`);
        await appendFile(join(run.folder, 'journal.jsonl'), 'x');
        terminal.press('enter');
      },
    },
  ],
])('the terminal is given back after %s, with exit code %i', async (_, code, says, { env, leave }) => {
  const session = await opened(env);
  await leave(session);
  expect(await session.terminal.exit).toMatchObject({ code });
  expect(await session.left()).toEqual([]);
  // Said where it stays to be read, and without a stack trace.
  expect(session.terminal.written().split('\u001b[?1049l').at(-1)).toContain(says);
  expect(session.terminal.written()).not.toMatch(/\n\s+at /);
  // A command has a row of its own, and nothing behind it: the row is copied as it is.
  if (says.startsWith('Exited'))
    expect(session.terminal.written()).toMatch(/To continue:\r?\n {2}\S.* demo\r?\n/);
});

test('after SIGKILL the next start in the same terminal goes on, and gives it back', async () => {
  const { terminal, signal, home } = await openSession({ args: ['demo'], starts: 2 });
  await go(terminal, until('session-duration'));
  await terminal.waitFor(question);
  await signal('SIGKILL');
  await terminal.waitFor('Welcome back');
  await reached(terminal, question);
  terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 3 });
  expect(settingsIn(terminal.written())).toEqual([]);
  expect(await eventsIn(home)).not.toEqual([]);
});

test('a variable CI does not leave the screen black', async () => {
  const session = await opened({ CI: 'true' });
  session.terminal.press('q');
  await session.terminal.exit;
});
