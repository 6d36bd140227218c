import { access, readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { deferJournal } from '../../src/journal/deferred.ts';
import { parse } from '../../src/journal/format.ts';
import { openJournal, readJournal } from '../../src/journal/journal.ts';
import type { News } from '../../src/model/event.ts';
import { freshFolder, header, news } from './sample.ts';

const identified: News = {
  type: 'identified',
  actor: 'management',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ann',
  source: { kind: 'environment' },
};
const beginning = { with: ({ type }: News) => type === 'identified', before: async () => {} };
const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test('nothing is on disk before the event it begins with, and then all that came before, in order and at its time', async () => {
  const folder = await freshFolder();
  let now = 1_700_000_000_000;
  const journal = deferJournal(folder, header, beginning, () => now++);
  for (const n of [0, 1]) await journal.append(news(n));
  expect([journal.begun(), journal.events().length, await isThere(dirname(folder))]).toEqual([
    false,
    2,
    false,
  ]);
  await journal.append(identified);
  await journal.append(news(2));
  expect(journal.begun()).toBe(true);
  await journal.close();
  const { events } = parse(await readFile(journal.file), journal.file);
  expect(events.map(({ type }) => type)).toEqual(['answered', 'looked', 'identified', 'accepted']);
  expect(events.map(({ at }) => at - 1_700_000_000_000)).toEqual([0, 1, 2, 3]);
  const again = await openJournal(folder);
  expect(again.events()).toEqual(events);
  await again.close();
});

test('left before: no folder, no lock, no reserve', async () => {
  const folder = await freshFolder();
  const journal = deferJournal(folder, header, beginning);
  await journal.append(news(0));
  await journal.close();
  expect(await isThere(dirname(folder))).toBe(false);
  await expect(journal.append(identified)).rejects.toThrow('closed');
  expect(await isThere(dirname(folder))).toBe(false);
});

test('what stands in the way of its beginning is thrown, for every later event too, and nothing is made', async () => {
  const folder = await freshFolder();
  const journal = deferJournal(folder, header, {
    ...beginning,
    before: () => Promise.reject(new Error('no')),
  });
  await expect(journal.append(identified)).rejects.toThrow('no');
  await expect(journal.append(news(0))).rejects.toThrow('no');
  expect(await isThere(folder)).toBe(false);
  await journal.close();
});

test('it is written like any other: appended to, read while it is open, its reserve freed', async () => {
  const folder = await freshFolder();
  const journal = deferJournal(folder, header, beginning);
  await Promise.all([journal.append(news(0)), journal.append(identified), journal.append(news(1))]);
  expect((await readJournal(folder)).events).toHaveLength(3);
  await journal.close();
  expect(await readdir(folder)).toEqual(['journal.jsonl']);
});

test('an event that could not be read again is refused, and the run can begin all the same', async () => {
  const journal = deferJournal(await freshFolder(), header, beginning);
  await expect(journal.append({ type: 'read', step: 1 } as never)).rejects.toThrow('not written down');
  await journal.append(identified);
  expect(journal.events()).toHaveLength(1);
  await journal.close();
});
