import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { follow } from '../../src/journal/follow.ts';
import { fileIn, openJournal, readJournal } from '../../src/journal/journal.ts';
import { chained, fileOf, header, type Said, story } from './evidence/chained.ts';
import { freshHome } from './sample.ts';

const run = '01KDHZ9M7Q8RNWTB5X2C4V6A3E';
async function folderWith(bytes: Buffer): Promise<string> {
  const folder = join(await freshHome(), 'runs', run);
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), bytes, { mode: 0o600 });
  return folder;
}
const said = story.map(({ type, ...rest }) => ({ type, ...rest }));
/** The story with one record said otherwise; every number, link and hash is right. */
const but = (at: number, other: object): Buffer =>
  fileOf(
    chained(
      said.map((one, n): Said => (n === at - 1 ? { ...one, ...other } : one)),
      header(run),
    ),
  );
const root = 'f'.repeat(64);

const forged: readonly (readonly [string, number, object, RegExp])[] = [
  ['a closing record with another root', 8, { root }, /its root is not that of the records before it/],
  ['a closing record with another count', 8, { records: 6 }, /does not close the 7 records/],
  ['the last closing record with another root', 11, { root }, /its root is not that/],
  ['what follows it does not name it', 9, { continues: undefined }, /does not name it/],
  ['what follows it names another', 9, { continues: 7 }, /does not name it/],
  ['a record that names one that there is not', 4, { continues: 3 }, /says that it follows a closing record/],
  ['AWS was told of another hash', 7, { head: root }, /does not name the record before it/],
  ['AWS was told of another record', 7, { record: 3 }, /does not name the record before it/],
  ['a signature over another root', 10, { root }, /its root is not that/],
  ['a signature over another record', 10, { record: 3 }, /does not name the record before it/],
];

test.each(forged)(
  'a run whose journal says of itself what is not so is not gone on with: %s',
  async (_, at, other, what) => {
    const bytes = but(at, other);
    const folder = await folderWith(bytes);
    const refused = {
      kind: 'damaged',
      message: expect.stringMatching(what),
      remedy: expect.stringContaining('is not continued'),
      damage: { line: at + 1 },
    };
    await expect(openJournal(folder)).rejects.toMatchObject(refused);
    await expect(readJournal(folder)).rejects.toMatchObject(refused);
    expect(await readFile(fileIn(folder))).toEqual(bytes);
    // Whoever looks on sees it, too, where it comes while they do.
    const lines = bytes.toString().split('\n');
    await writeFile(fileIn(folder), `${lines.slice(0, at).join('\n')}\n`);
    const looking = follow(folder, new AbortController().signal, 1)[Symbol.asyncIterator]();
    expect((await looking.next()).value?.events).toHaveLength(at - 1);
    await writeFile(fileIn(folder), bytes);
    await expect(looking.next()).rejects.toMatchObject(refused);
  },
);

test('one that says what is so is gone on with, and names the closing record', async () => {
  const folder = await folderWith(fileOf(chained(story, header(run))));
  const journal = await openJournal(folder);
  expect(await journal.append({ type: 'opened', by: 'ann@laptop', program: 'x' })).toMatchObject({
    continues: 11,
  });
  await journal.finish();
  await journal.close();
  expect((await readJournal(folder)).events).toHaveLength(13);
  expect(dirname(journal.file)).toBe(folder);
});
