import { appendFile, copyFile, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { type Followed, follow } from '../../src/journal/follow.ts';
import { lineOf } from '../../src/journal/format.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { filled, lineEnds, news } from './sample.ts';

let ending = new AbortController();
afterEach(() => {
  ending.abort();
  ending = new AbortController();
});
/** A journal of so many events, and what is seen of it, one after the other. */
async function followed(count: number) {
  const made = await filled(count);
  const all = follow(made.folder, ending.signal, 5)[Symbol.asyncIterator]();
  const next = async (): Promise<Followed> => (await all.next()).value;
  return { ...made, next, first: await next() };
}
const at = 1_700_000_000_000;

test('of a journal that grows only what has come is read: what was known stays what it was', async () => {
  const { folder, next, first } = await followed(20);
  const journal = await openJournal(folder);
  let before = first;
  for (let n = 20; n < 23; n++) {
    await journal.append(news(n));
    let now = await next();
    while (now.events.length === before.events.length) now = await next(); // somebody has the run by now
    expect(now.events).toHaveLength(before.events.length + 1);
    expect(before.events.every((event, i) => now.events[i] === event)).toBe(true);
    expect(now).toMatchObject({ torn: 0, head: journal.head()?.hash, header: first.header });
    before = now;
  }
  expect(before.events).toEqual(journal.events());
  await journal.close();
});

test('half a line is no record, and counts once it is whole', async () => {
  const { file, next, first } = await followed(4);
  const line = `${lineOf({ ...news(5), at } as never, 5, first.head)}\n`;
  await appendFile(file, line.slice(0, 40));
  expect(await next()).toMatchObject({ torn: 40, events: first.events, whole: first.whole });
  await appendFile(file, line.slice(40));
  const now = await next();
  expect([now.events.length, now.torn]).toEqual([5, 0]);
});

test('one that was cut off, or is another file, is read anew', async () => {
  const { file, bytes, next, first } = await followed(6);
  await truncate(file, lineEnds(bytes)[4]);
  const cut = await next();
  expect(cut.events).toEqual(first.events.slice(0, 4));
  const other = await filled(9);
  await copyFile(other.file, `${file}.other`);
  await rename(`${file}.other`, file);
  expect((await next()).events).toHaveLength(9);
});

test.each<[string, (bytes: Buffer, first: Followed) => Buffer]>([
  [
    'what came does not follow from what was known',
    (bytes) => Buffer.from(`${bytes}${lineOf({ ...news(5), at } as never, 5, '0'.repeat(64))}\n`),
  ],
  [
    'what was known was rewritten, and something came',
    (bytes) => {
      const text = bytes.toString().replace('"basis":"1"', '"basis":"2"');
      return Buffer.from(`${text}${lineOf({ ...news(5), at } as never, 5, '0'.repeat(64))}\n`);
    },
  ],
])('it stops where %s', async (_, change) => {
  const { file, bytes, next, first } = await followed(4);
  await writeFile(file, change(bytes, first));
  await expect(next()).rejects.toThrow(/is damaged at line/);
});

test('it stops where the journal goes', async () => {
  const { file, next } = await followed(4);
  expect(await readFile(file, 'utf8')).toContain('"seq":4');
  await rm(file);
  await expect(next()).rejects.toThrow(/cannot be read/);
});
