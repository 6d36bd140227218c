import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { questionOf, seeing, shortOf } from '../words.ts';
import { emptyHome, from, go, openDemo, reached, until } from './demo.ts';

async function journalIn(home: string): Promise<readonly { readonly type: string }[]> {
  const runs = join(home, 'runs');
  const [id = '', ...others] = await readdir(runs);
  expect(others).toEqual([]);
  const text = await readFile(join(runs, id, 'journal.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line));
}

test('a second window shows what the first one does, changes nothing, and goes on when it is free', async () => {
  const home = await emptyHome();
  const first = openDemo({ home });
  await go(first, until('session-duration'));
  await first.waitFor(questionOf('session-duration.seen'));

  const second = openDemo({ home });
  await second.waitFor(/READ-ONLY: this run is open elsewhere \(process \d+ of/);
  await second.waitFor(seeing`Step 4 of 11: ${shortOf('session-duration')}`);
  const before = await journalIn(home);
  second.press('y', 'enter', 'b', 'r', 's', 'down'); // keys that do something in the first window
  first.press('enter');
  await first.waitFor(questionOf('delegated-account.account'));
  await second.waitFor(seeing`Step 5 of 11: ${shortOf('delegated-account')}`);
  expect((await journalIn(home)).filter(({ type }) => type === 'opened')).toHaveLength(1);
  expect((await journalIn(home)).slice(0, before.length)).toEqual(before);

  first.press('q');
  expect(await first.exit).toMatchObject({ code: 3 });
  await second.waitFor('The other window has left this run.');
  second.press('enter');
  await go(second, from('delegated-account'));
  expect(await second.exit).toMatchObject({ code: 0 });
  expect((await journalIn(home)).filter(({ type }) => type === 'opened')).toHaveLength(2);
});

test('a window that only looks is left with q, and the run goes on in the other', async () => {
  const home = await emptyHome();
  const first = openDemo({ home });
  await go(first, until('session-duration'));
  await first.waitFor(questionOf('session-duration.seen'));
  const second = openDemo({ home, columns: 50, rows: 20 });
  await second.waitFor('READ-ONLY');
  second.press('q');
  expect(await second.exit).toMatchObject({ code: 3 });
  first.press('enter');
  await first.waitFor(questionOf('delegated-account.account'));
  first.kill('SIGKILL');
  await first.exit;
});

test('a window killed at work frees the run for the one that watches', async () => {
  const home = await emptyHome();
  const first = openDemo({ home });
  await go(first, until('session-duration'));
  await first.waitFor(questionOf('session-duration.seen'));
  const second = openDemo({ home });
  await second.waitFor('READ-ONLY');
  first.kill('SIGKILL');
  await first.exit;
  await second.waitFor('Enter continue here');
  second.press('enter');
  await reached(second, questionOf('session-duration.seen'));
  second.press('q');
  expect(await second.exit).toMatchObject({ code: 3 });
});

test('left before an identity was accepted, it says so and leaves no run', async () => {
  const home = await emptyHome();
  const only = openDemo({ home });
  await only.waitFor(questionOf('before-you-start.understood'));
  only.press('q');
  await only.waitFor('no run was begun');
  expect(await only.exit).toMatchObject({ code: 3 });
  expect(await readdir(home)).not.toContain('runs');
});
