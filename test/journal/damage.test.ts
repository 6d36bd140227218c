import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lineOf, parse, sealed } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import { openJournal, readJournal } from '../../src/journal/journal.ts';
import { setAside } from '../../src/journal/torn.ts';
import type { Event } from '../../src/model/event.ts';
import { filled, header, lineEnds, news } from './sample.ts';

test('cut off at any byte, a journal is the whole records before it, or has no header', async () => {
  const { bytes, file } = await filled(14);
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
  expect(parse(bytes.subarray(0, lines[7]), file).events).toEqual(events.slice(0, 7));
});

test('a flipped bit in any byte is noticed: damage, or a last record without its newline that is set aside', async () => {
  const { bytes, file } = await filled(14);
  const lines = lineEnds(bytes);
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
    // Only the newline of the last record can be missed by a torn write.
    if (seen !== undefined) expect([n, seen]).toEqual([bytes.length - 1, 13]);
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
  await expect(readJournal(folder)).rejects.toMatchObject({ kind: 'damaged', damage: { line: 2 } });
});

describe('a torn last line', () => {
  test.each([
    ['half a record', '{"seq":4,"prev":"'],
    ['zeros', '\0'.repeat(300)],
    ['zeros and a newline', '\0\0\0\n'],
    ['a record with a hole of zeros, and its newline', '{"seq":4,"prev":"\0\0\0\0","hash":"ab"}\n'],
    ['bytes that are no text', Buffer.from([0xff, 0x80, 0xc3])],
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
    [
      'each of the last lines replaced by another text',
      inLines((all) => all.map((line, n) => (n < 3 || line === '' ? line : '# removed'))),
      4,
    ],
    [
      'the last brace taken from each of the last lines',
      inLines((all) => all.map((line, n) => (n < 3 ? line : line.slice(0, -1)))),
      4,
    ],
    ['the last line replaced by another text', inLines((all) => [...all.slice(0, -2), '# removed', '']), 6],
    ['the last brace taken from the last line', (text: string) => text.replace(/\}\n$/, '\n'), 6],
    ['an empty line at the end', (text: string) => `${text}\n`, 7],
    ['a line that was written, and a torn one', (text: string) => `${text}{"seq":6\n{"seq":7`, 7],
    ['zeros, and a line after them', (text: string) => `${text}\0\0\0\n{"seq":7`, 7],
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

describe('a record that is sealed and chained is damage all the same', () => {
  /** The lines of a journal of five, the n-th (the header's is 1) changed and sealed again. */
  const resealed = async (line: number, change: (record: Record<string, unknown>) => object) => {
    const { folder, file, bytes } = await filled(5);
    const lines = bytes.toString('utf8').trimEnd().split('\n');
    const { hash: _, ...record } = JSON.parse(lines[line - 1] ?? '') as Record<string, unknown>;
    lines[line - 1] = sealed(change(record));
    await writeFile(file, `${lines.join('\n')}\n`);
    return { folder, file };
  };

  test('where it names another line than the one before', async () => {
    const { folder } = await resealed(3, (record) => ({ ...record, prev: sha256('another history') }));
    await expect(readJournal(folder)).rejects.toMatchObject({
      kind: 'damaged',
      damage: { line: 3, what: expect.stringContaining('does not follow from the line before') },
    });
  });

  test('where the line before was changed and sealed again: it follows from what stood there', async () => {
    const { folder } = await resealed(2, (record) => ({ ...record, answer: 'another' }));
    await expect(openJournal(folder)).rejects.toMatchObject({
      kind: 'damaged',
      damage: { line: 3, what: expect.stringContaining('does not follow from the line before') },
    });
  });

  test.each<[string, object]>([
    ['ended', { type: 'ended', attempt: 'a1' }],
    ['ended', { type: 'ended', attempt: 'a1', outcome: { ended: 'refused', code: 'X' } }],
    ['looked', { type: 'looked', step: 's', basis: 'b', plan: { goals: [null] } }],
    ['answered', { type: 'answered', step: 's', question: 'q', answer: 1 }],
    ['intended', { type: 'intended', attempt: 'a1', step: 's' }],
    ['identified', { type: 'identified', actor: 'management', account: '1', arn: 'a', source: 'x' }],
    ['handed-off', { type: 'handed-off', handoff: 'h' }],
  ])('where a member of “%s” is not what belongs there: %j', async (type, record) => {
    const { folder, file } = await filled(2);
    const { head } = await readJournal(folder);
    await appendFile(file, `${lineOf({ ...record, at: 0 } as Event, 3, head)}\n`);
    for (const attempt of [openJournal, readJournal])
      await expect(attempt(folder)).rejects.toMatchObject({
        kind: 'damaged',
        damage: { line: 4, what: expect.stringContaining(`what an event “${type}” has there`) },
      });
  });

  test('and what could not be read again is not written', async () => {
    const { folder } = await filled(1);
    const journal = await openJournal(folder);
    const bad = { type: 'ended', attempt: 'a1' } as unknown as Event;
    await expect(journal.append(bad)).rejects.toThrow('what an event “ended” has there');
    await journal.append(news(3));
    await journal.close();
    expect((await readJournal(folder)).events).toHaveLength(2);
  });
});

test('a journal of the first version is read: what was added to events since may be missing', () => {
  const events = [
    { type: 'started', run: header.run, simulated: true, endpoint: 'demo' },
    { type: 'opened', by: 'ann@a', program: 'cw-runbook/0.0.1' },
    {
      type: 'identified',
      actor: 'management',
      account: '111122223333',
      arn: 'arn:aws:iam::111122223333:user/ann',
      source: { kind: 'environment' },
    },
    { type: 'bound', binding: { organization: 'o-1' } },
    {
      type: 'looked',
      step: 's',
      basis: 'b',
      plan: { goals: [{ is: 'by-hand', id: 'g', says: 'G', console: 'c' }] },
    },
    { type: 'confirmed', step: 's', changes: ['c'], shown: 'ab' },
    {
      type: 'intended',
      ...{ attempt: 's/c#1', step: 's', change: 'c', says: 'C', key: 'k', actor: 'management' },
      ...{ account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ann' },
      call: { operation: 'sso:CreatePermissionSet', input: { Name: 'n' } },
      situation: { answers: {}, given: {}, hints: {}, run: header.run },
    },
    { type: 'accepted', attempt: 's/c#1', requestId: 'r' },
    { type: 'settled', attempt: 's/c#1' },
    { type: 'ended', attempt: 's/c#1', outcome: { ended: 'verified', by: 'look' } },
    { type: 'read', step: 's' },
  ];
  const lines = [sealed(header)];
  for (const [n, event] of events.entries())
    lines.push(lineOf({ ...event, at: 0 } as unknown as Event, n + 1, sha256(lines.at(-1) ?? '')));
  expect(parse(Buffer.from(`${lines.join('\n')}\n`), 'old').events).toHaveLength(events.length);
});
