import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import { openJournal, readJournal } from '../../src/journal/journal.ts';
import { setAside } from '../../src/journal/torn.ts';
import { filled, lineEnds } from './sample.ts';

test('cut off at any byte, a journal is the whole records before it, or has no header', async () => {
  const { bytes, file } = await filled(40);
  const { events } = parse(bytes, file);
  const lines = lineEnds(bytes);
  for (let cut = 0; cut < bytes.length; cut++) {
    const whole = lines.filter((end) => end <= cut);
    if (whole.length === 0) expect(() => parse(bytes.subarray(0, cut), file)).toThrow(/damaged at line 1/);
    else {
      const read = parse(bytes.subarray(0, cut), file);
      expect(read.whole).toBe(whole.at(-1));
      expect(read.events.length).toBe(whole.length - 1);
    }
  }
  expect(parse(bytes.subarray(0, lines[20]), file).events).toEqual(events.slice(0, 20));
});

test('a flipped bit in any byte is noticed: damage, or a last record that is set aside', async () => {
  const { bytes, file } = await filled(40);
  const lines = lineEnds(bytes);
  const lastLine = lines.at(-2) ?? 0;
  for (let n = 0; n < bytes.length; n++) {
    const flipped = Buffer.from(bytes);
    flipped[n] = (flipped[n] ?? 0) ^ (1 << (n % 8));
    let seen: number | undefined;
    try {
      seen = parse(flipped, file).events.length;
    } catch (error) {
      const line = lines.filter((end) => end <= n).length + 1;
      expect((error as Error).message).toMatch(`is damaged at line ${line}:`);
    }
    // Only the last record can be taken for a torn one; its predecessor too, if the newline between them is the byte.
    if (seen !== undefined) expect([n >= lastLine - 1, seen]).toEqual([true, n >= lastLine ? 39 : 38]);
  }
});

test('bytes that are no UTF-8 are not read as the sign that stands for them', async () => {
  const { folder, file, bytes } = await filled(1);
  const text = bytes.toString('utf8').replace('☃', '\ufffd');
  const [first = '', second = ''] = text.split('\n');
  const body = `${second.slice(0, second.lastIndexOf(',"hash"'))}}`;
  const line = `${body.slice(0, -1)},"hash":"${sha256(body)}"}`;
  await writeFile(file, `${first}\n${line}\n`);
  expect((await readJournal(folder)).events).toHaveLength(1);
  const at = Buffer.from(`${first}\n${line}\n`);
  const place = at.indexOf('\ufffd');
  await writeFile(file, Buffer.concat([at.subarray(0, place), Buffer.from([0xff]), at.subarray(place + 3)]));
  expect(await readJournal(folder)).toMatchObject({ events: [], torn: at.length - first.length - 3 });
});

describe('a torn last line', () => {
  test.each([
    ['half a record', '{"seq":4,"prev":"'],
    ['zeros', '\0'.repeat(300)],
    ['zeros and a newline', '\0\0\0\n'],
    ['bytes that are no text', Buffer.from([0xff, 0x80, 0x0a, 0xc3])],
  ])('%s is kept aside, cut off and told', async (_, torn) => {
    const { folder, file, bytes } = await filled(3);
    await appendFile(file, torn);
    expect((await readJournal(folder)).torn).toBe(Buffer.byteLength(torn));
    expect(await readFile(file)).toHaveLength(bytes.length + Buffer.byteLength(torn)); // reading changes nothing

    let tick = 1_800_000_000_000;
    const journal = await openJournal(folder, () => tick++);
    const names = (await readdir(folder)).filter((name) => name.startsWith('journal.torn-'));
    expect(names).toHaveLength(1);
    const aside = join(folder, names[0] ?? '');
    expect(await readFile(aside)).toEqual(Buffer.from(torn));
    expect((await stat(aside)).mode & 0o777).toBe(0o600);
    expect(journal.events().slice(3)).toMatchObject([
      { type: 'repaired', bytes: Buffer.byteLength(torn), sha256: sha256(torn), file: names[0] },
    ]);
    await journal.close();
    expect(await readJournal(folder)).toMatchObject({ torn: 0, events: { length: 4 } });

    const again = await openJournal(folder);
    expect(again.events()).toHaveLength(4); // told once
    await again.close();
  });

  test('is told also when the repair itself was killed after the cut', async () => {
    const { folder, file, bytes } = await filled(3);
    await appendFile(file, 'torn');
    await setAside(folder, file, bytes.length, 1_800_000_000_000);
    const journal = await openJournal(folder);
    expect(journal.events().slice(3)).toMatchObject([{ type: 'repaired', bytes: 4, sha256: sha256('torn') }]);
    await journal.close();
  });

  test('two in the same millisecond are both kept', async () => {
    const { folder, file } = await filled(1);
    for (const torn of ['one', 'two']) {
      await appendFile(file, torn);
      await (await openJournal(folder, () => 1_800_000_000_000)).close();
    }
    const { events } = await readJournal(folder);
    expect(events.slice(1)).toMatchObject([{ sha256: sha256('one') }, { sha256: sha256('two') }]);
  });
});

describe('damage before the end is refused, with the line, and nothing is touched', () => {
  const inLines = (change: (lines: readonly string[]) => readonly string[]) => (text: string) =>
    change(text.split('\n')).join('\n');
  test.each([
    [
      'a word changed',
      inLines((all) => all.map((line, n) => (n === 3 ? line.replace('"a2"', '"a4"') : line))),
      4,
    ],
    ['a word changed in the last line', (text: string) => text.replace('"q4"', '"q5"'), 6],
    ['a line taken out', inLines((all) => all.filter((_, n) => n !== 2)), 3],
    ['a line doubled', inLines((all) => all.flatMap((line, n) => (n === 2 ? [line, line] : [line]))), 4],
    ['the last line doubled', inLines((all) => [...all.slice(0, -1), all.at(-2) ?? '', '']), 7],
    ['two lines exchanged', inLines(([h = '', a = '', b = '', ...rest]) => [h, b, a, ...rest]), 2],
    ['an empty line', inLines(([h = '', ...rest]) => [h, '', ...rest]), 2],
    [
      'a torn line with others after it',
      inLines((all) => all.map((line, n) => (n === 3 ? line.slice(9) : line))),
      4,
    ],
    ['lines ended as on Windows', (text: string) => text.replaceAll('\n', '\r\n'), 1],
    ['no header', inLines(([, ...rest]) => rest), 1],
    ['nothing left', () => '', 1],
  ])('%s', async (_, change, line) => {
    const { folder, file, bytes } = await filled(5);
    await writeFile(file, change(bytes.toString('utf8')));
    const before = await readFile(file);
    for (const attempt of [openJournal, readJournal])
      await expect(attempt(folder)).rejects.toMatchObject({
        kind: 'damaged',
        message: expect.stringContaining(`at line ${line}:`),
        remedy: expect.stringContaining('--new'),
      });
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(folder)).toEqual(['journal.jsonl']);
  });

  test('a record of another run, though its own seal holds', async () => {
    const run = await filled(3);
    const other = await filled(1);
    const ends = lineEnds(run.bytes);
    await appendFile(other.file, run.bytes.subarray(ends.at(-2)));
    await expect(readJournal(other.folder)).rejects.toThrow('at line 3: its number is 3');
  });
});
