import { expect, test } from 'vitest';
import type { TestTerminal } from '../terminal.ts';
import { questionOf } from '../words.ts';
import { between, emptyHome, from, go, openDemo, reached, until, walk } from './demo.ts';
import { effectsIn, once, wholeDemo } from './whole-demo.ts';

test.each([
  [120, 40],
  [50, 20],
])('the whole demo by keys alone, to the hand-over, in a window of %i × %i', async (columns, rows) => {
  await wholeDemo(columns, rows);
});

test('killed at one stop after the other, each start opens at the right step; while the assignment is in progress, too', async () => {
  const home = await emptyHome();
  const kill = async (terminal: TestTerminal): Promise<void> => {
    terminal.kill('SIGKILL');
    await terminal.exit;
  };
  let at = walk[0]?.name ?? '';
  for (const [name, made] of [
    ['register', 0],
    ['put-policy', 2],
    ['target', 3],
  ] as const) {
    const terminal = openDemo({ home });
    await go(terminal, between(at, name));
    await reached(terminal, walk.find((stop) => stop.name === name)?.sees ?? '');
    await kill(terminal);
    expect(await effectsIn(home)).toEqual(once.slice(0, made));
    at = name;
  }
  const working = openDemo({ home });
  await go(working, between(at, 'hand-over'));
  await working.waitFor('AWS is working on it');
  await kill(working);
  expect(await effectsIn(home)).toEqual(once);
  const last = openDemo({ home });
  await go(last, from('hand-over'));
  expect(await last.exit).toMatchObject({ code: 0 });
  expect(await effectsIn(home)).toEqual(once);
});

test('q leaves at once, says so by its exit code, and loses nothing', async () => {
  const home = await emptyHome();
  const first = openDemo({ home });
  await go(first, until('session-duration'));
  await first.waitFor(questionOf('session-duration.seen'));
  first.press('q');
  expect(await first.exit).toMatchObject({ code: 3 });
  const second = openDemo({ home });
  await second.waitFor(/managed by account \d{12}/);
  second.press('ctrl-c');
  expect(await second.exit).toMatchObject({ code: 130 });
});
