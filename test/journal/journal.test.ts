import { appendFile, mkdtemp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from '../../src/journal/format.ts';
import { createJournal, type Header, openJournal, readJournal } from '../../src/journal/journal.ts';
import type { News } from '../../src/model/event.ts';

const header: Header = {
  journal: 1,
  run: '01TEST',
  program: 'cw-runbook/test',
  simulated: true,
  endpoint: 'demo',
  started: '2026-11-23T00:00:00.000Z',
};
const folder = async (): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), 'cw-journal-')), 'runs', '01TEST');
const news = (n: number): News => ({
  type: 'answered',
  step: 'a-step',
  question: `q${n}`,
  answer: 'ümläut ☃ "x"\n',
});

async function filled(count: number): Promise<{ at: string; file: string; bytes: Buffer }> {
  const at = await folder();
  const journal = await createJournal(at, header, () => 1_700_000_000_000);
  for (let n = 0; n < count; n++) await journal.append(news(n));
  await journal.close();
  return { at, file: journal.file, bytes: await readFile(journal.file) };
}

test('what was appended is what is read again, in a file that only its owner can read', async () => {
  const at = await folder();
  const journal = await createJournal(at, header);
  const told = await Promise.all([0, 1, 2].map((n) => journal.append(news(n))));
  expect(journal.events()).toEqual(told);
  await journal.close();
  expect((await readJournal(at)).events).toEqual(told);
  expect((await stat(journal.file)).mode & 0o777).toBe(0o600);
  expect((await stat(at)).mode & 0o777).toBe(0o700);
});

test('an event is on disk before its append resolves, and what JSON leaves out is not in memory either', async () => {
  const at = await folder();
  const journal = await createJournal(at, header);
  const event = await journal.append({
    type: 'accepted',
    attempt: 'a',
    requestId: 'r',
    output: { x: undefined },
  });
  expect(event).toEqual({ type: 'accepted', attempt: 'a', requestId: 'r', output: {}, at: event.at });
  expect((await readJournal(at)).events).toEqual([event]);
  await journal.close();
});

test('cut off at any byte, the journal is the whole records before it, or has no header', async () => {
  const { bytes, file } = await filled(12);
  const lines: number[] = [];
  for (let n = 0; n < bytes.length; n++) if (bytes[n] === 0x0a) lines.push(n + 1);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const ends = lines.filter((end) => end <= cut);
    if (ends.length === 0) expect(() => parse(bytes.subarray(0, cut), file)).toThrow(/line 1/);
    else expect(parse(bytes.subarray(0, cut), file)).toMatchObject({ whole: ends.at(-1) });
  }
});

test('a flipped bit in any byte is noticed: damage, or a last record that is set aside', async () => {
  const { bytes, file } = await filled(6);
  const lastLine = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
  for (let n = 0; n < bytes.length; n++) {
    const flipped = Buffer.from(bytes);
    flipped[n] = (flipped[n] ?? 0) ^ (1 << (n % 8));
    let seen: { events: readonly unknown[] } | undefined;
    try {
      seen = parse(flipped, file);
    } catch (error) {
      expect(String(error)).toMatch(/is damaged at line \d+|newer program/);
    }
    if (seen) expect([n >= lastLine - 1, seen.events.length]).toEqual([true, n >= lastLine ? 5 : 4]);
  }
});

describe('a torn last line', () => {
  test.each([
    ['half a record', '{"seq":4,"prev":"'],
    ['zeros', '\0'.repeat(300)],
    ['zeros and a newline', '\0\0\0\n'],
  ])('%s is kept aside, cut off and told', async (_, torn) => {
    const { at, file } = await filled(3);
    await appendFile(file, torn);
    expect((await readJournal(at)).torn).toBe(Buffer.byteLength(torn));
    const journal = await openJournal(at);
    expect(journal.events().at(-1)).toMatchObject({ type: 'repaired', bytes: Buffer.byteLength(torn) });
    await journal.close();
    const aside = (await readdir(at)).find((name) => name.startsWith('journal.torn-'));
    expect(await readFile(join(at, aside ?? 'none'), 'utf8')).toBe(torn);
    expect((await readJournal(at)).events).toHaveLength(4);
  });
});

test('damage before the end is refused, with the line, and nothing is touched', async () => {
  const { at, file, bytes } = await filled(5);
  const text = bytes.toString('utf8').split('\n');
  text[3] = (text[3] ?? '').replace('a-step', 'b-step');
  await writeFile(file, text.join('\n'));
  const before = await readFile(file);
  await expect(openJournal(at)).rejects.toMatchObject({
    kind: 'damaged',
    message: expect.stringContaining('line 4'),
  });
  expect(await readFile(file)).toEqual(before);
});

test('a line taken out, and two lines exchanged, are damage', async () => {
  const { bytes, file } = await filled(5);
  const lines = bytes.toString('utf8').split('\n');
  const without = [...lines.slice(0, 2), ...lines.slice(3)].join('\n');
  expect(() => parse(Buffer.from(without), file)).toThrow('line 3');
  const [a = '', b = ''] = lines.slice(2, 4);
  expect(() => parse(Buffer.from([...lines.slice(0, 2), b, a, ...lines.slice(4)].join('\n')), file)).toThrow(
    'line 3',
  );
});

test('a journal of a newer program is refused, naming it', async () => {
  const at = await folder();
  const newer = { ...header, journal: 2, program: 'cw-runbook/9.9.9' };
  const journal = await createJournal(at, newer as unknown as Header);
  await journal.close();
  await expect(openJournal(at)).rejects.toMatchObject({
    kind: 'newer',
    message: expect.stringContaining('9.9.9'),
  });
});

test('one writer: a second one is told who writes; it may when the first is done', async () => {
  const at = await folder();
  const first = await createJournal(at, header);
  await expect(openJournal(at)).rejects.toMatchObject({
    kind: 'locked',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  await first.close();
  await (await openJournal(at)).close();
});

test('when somebody else has written, nothing more is written, ever', async () => {
  const at = await folder();
  const journal = await createJournal(at, header);
  await journal.append(news(1));
  await appendFile(journal.file, 'x');
  const before = await readFile(journal.file);
  await expect(journal.append(news(2))).rejects.toMatchObject({ kind: 'another-writer' });
  await expect(journal.append(news(3))).rejects.toMatchObject({ kind: 'another-writer' });
  expect(await readFile(journal.file)).toEqual(before);
  await journal.close();
});

test('a journal that was moved away is not written on', async () => {
  const at = await folder();
  const journal = await createJournal(at, header);
  await rename(journal.file, `${journal.file}.old`);
  await expect(journal.append(news(1))).rejects.toThrow('is gone');
  await journal.close();
});
