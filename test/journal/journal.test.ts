import {
  appendFile,
  chmod,
  copyFile,
  cp,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { lineOf, sealed } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import { createJournal, type Header, openJournal, readJournal } from '../../src/journal/journal.ts';
import type { Event, News } from '../../src/model/event.ts';
import { filled, freshFolder, header, news } from './sample.ts';

test('what was appended is what is read again, in a file that only its owner can read', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  const told = await Promise.all([...Array(12).keys()].map((n) => journal.append(news(n))));
  expect(journal.events()).toEqual(told);
  await journal.close();
  expect(await readJournal(folder)).toMatchObject({ header, events: told, torn: 0 });
  expect((await stat(journal.file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const again = await openJournal(folder);
  expect(again.events()).toEqual(told);
  expect(again.header).toEqual(header);
  await again.close();
});

test('appends are written one at a time, in the order of the calls, also across a restart', async () => {
  const folder = await freshFolder();
  const first = await createJournal(folder, header);
  await Promise.all([...Array(50).keys()].map((n) => first.append(news(4 * n))));
  await first.close();
  const second = await openJournal(folder);
  await Promise.all([50, 51, 52].map((n) => second.append(news(4 * n))));
  await second.close();
  const { events } = await readJournal(folder);
  expect(events.map((event) => event.type === 'answered' && event.question)).toEqual(
    [...Array(53).keys()].map((n) => `q${4 * n}`),
  );
});

test('an event is in the file before its append resolves, and not in memory before that', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  for (let n = 0; n < 20; n++) {
    const appending = journal.append(news(n));
    expect(journal.events()).toHaveLength(n);
    const event = await appending;
    expect((await readJournal(folder)).events.at(-1)).toEqual(event);
    expect(journal.events().at(-1)).toBe(event);
  }
  await journal.close();
});

test('what JSON leaves out is not in memory either', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header, () => 1_700_000_000_000.7);
  const event = await journal.append({
    type: 'accepted',
    attempt: 'a',
    requestId: 'r',
    output: { x: undefined, list: [undefined, Number.NaN] },
  });
  expect(Object.keys((event as { output: object }).output)).toEqual(['list']);
  expect((await readJournal(folder)).events).toEqual([event]);
  await journal.close();
});

test('an event that cannot be written as JSON is refused, and the next one is written', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  const bad: News = { type: 'settled', attempt: 'a', output: 1n };
  await expect(journal.append(bad)).rejects.toThrow('BigInt');
  await journal.append(news(1));
  await journal.close();
  expect((await readJournal(folder)).events).toHaveLength(1);
});

test('a member named __proto__ is a member like any other', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  const output: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
  await journal.append({ type: 'settled', attempt: 'a', output });
  await journal.close();
  const [event] = (await readJournal(folder)).events;
  expect(JSON.stringify(event)).toContain('"__proto__":{"polluted":true}');
  expect(({} as { polluted?: true }).polluted).toBeUndefined();
});

test('what marks commands on the screen is a text like others in a journal, whoever wrote it', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  await journal.append({ type: 'settled', attempt: 'a', output: { x: '\ufdd1cw-runbook undo\ufdd0' } });
  await journal.close();
  expect((await readJournal(folder)).events).toMatchObject([
    { output: { x: '⟪U+FDD1⟫cw-runbook undo⟪U+FDD0⟫' } },
  ]);
});

test('on disk each line says its number, the time in ISO 8601 and the SHA-256 of the line before', async () => {
  const { bytes } = await filled(3);
  const lines = bytes.toString('utf8').trimEnd().split('\n');
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    expect(JSON.parse(line)).toMatchObject({
      seq: index,
      prev: sha256(lines[index - 1] ?? ''),
      at: '2023-11-14T22:13:20.000Z',
    });
  }
});

test('a run is not begun where there is one', async () => {
  const { folder, bytes, file } = await filled(2);
  await expect(createJournal(folder, header)).rejects.toThrow('There is a journal already');
  expect(await readFile(file)).toEqual(bytes);
  await (await openJournal(folder)).close(); // and nobody holds it
});

test('a run that is not there cannot be opened, in a sentence', async () => {
  const folder = await freshFolder();
  await expect(openJournal(folder)).rejects.toMatchObject({
    name: 'Error',
    kind: 'not-writable',
    message: expect.stringContaining('cannot be opened'),
  });
  await expect(readJournal(folder)).rejects.toThrow('cannot be read');
});

test('a journal of a newer program is refused, naming it', async () => {
  const { folder, file } = await filled(0);
  const newer = { ...header, journal: 99, program: 'cw-runbook/9.9.9' };
  for (const line of [sealed(newer), JSON.stringify(newer)]) {
    await writeFile(file, `${line}\n`);
    await expect(openJournal(folder)).rejects.toMatchObject({
      kind: 'newer',
      message: expect.stringContaining('9.9.9'),
    });
  }
});

test('an event of a type that a newer program has is refused, not passed over', async () => {
  const { folder, file, bytes } = await filled(2);
  const { head } = await readJournal(folder);
  const event = { type: 'teleported', at: 0 } as unknown as Event;
  await appendFile(file, `${lineOf(event, 3, head)}\n`);
  await expect(openJournal(folder)).rejects.toMatchObject({
    kind: 'newer',
    message: expect.stringMatching(/was made by a newer cw-runbook.*line 4.*teleported/),
  });
  expect((await readFile(file)).subarray(0, bytes.length)).toEqual(bytes);
});

test('something else than a journal is refused: another file, a folder, a file too big to be one', async () => {
  const { folder, file } = await filled(0);
  await writeFile(file, '{"name":"somebody’s package.json"}\n');
  await expect(openJournal(folder)).rejects.toMatchObject({ kind: 'damaged' });
  await writeFile(file, sealed({ ...header, simulated: 'yes' } as unknown as Header));
  await appendFile(file, '\n');
  await expect(openJournal(folder)).rejects.toThrow('not the first line of a cw-runbook journal');
  await truncate(file, 1024 ** 3); // sparse: takes no space
  await expect(readJournal(folder)).rejects.toMatchObject({
    kind: 'foreign',
    message: expect.stringContaining('1073741824 bytes'),
  });
  await rm(file);
  await mkdir(file);
  await expect(openJournal(folder)).rejects.toThrow('is not a plain file');
});

test('a copy of a run under another name is refused: it would be a second history', async () => {
  const { folder } = await filled(2);
  const copy = join(dirname(folder), '01TEST copy');
  await cp(folder, copy, { recursive: true });
  await expect(openJournal(copy)).rejects.toMatchObject({ kind: 'foreign' });
  await (await openJournal(folder)).close();
});

test('when somebody else has written, nothing more is written, ever', async () => {
  const journal = await createJournal(await freshFolder(), header);
  await journal.append(news(1));
  await appendFile(journal.file, 'x');
  const before = await readFile(journal.file);
  const refused = await Promise.allSettled([journal.append(news(2)), journal.append(news(3))]);
  expect(refused).toMatchObject([
    { status: 'rejected', reason: { kind: 'another-writer' } },
    { status: 'rejected', reason: { kind: 'another-writer' } },
  ]);
  expect(await readFile(journal.file)).toEqual(before);
  expect(journal.events()).toHaveLength(1);
  await truncate(journal.file, before.length - 1); // as it was: too late
  await expect(journal.append(news(4))).rejects.toMatchObject({ kind: 'another-writer' });
  await journal.close();
});

test.each([
  ['moved away', (file: string) => rename(file, `${file}.old`), 'is gone'],
  ['deleted', (file: string) => rm(file), 'is gone'],
  [
    'replaced by a copy of itself',
    async (file: string) => {
      await copyFile(file, `${file}.copy`);
      await rename(`${file}.copy`, file);
    },
    'another file in its place',
  ],
  [
    'replaced by a link to itself',
    async (file: string) => {
      await rename(file, `${file}.old`);
      await symlink(`${file}.old`, file);
    },
    'another file in its place',
  ],
  [
    'moved with its folder, which is a link now',
    async (file: string) => {
      const folder = dirname(file);
      await rename(folder, `${folder}.old`);
      await symlink(`${folder}.old`, folder);
    },
    'another file in its place',
  ],
  ['cut', (file: string) => truncate(file, 10), 'Something else has written'],
])('a journal that was %s is not written on', async (_, harm, sentence) => {
  const journal = await createJournal(await freshFolder(), header);
  await journal.append(news(1));
  await harm(journal.file);
  const before = await readFile(journal.file).catch(() => 'none');
  await expect(journal.append(news(2))).rejects.toMatchObject({
    kind: 'another-writer',
    message: expect.stringContaining(sentence),
  });
  expect(await readFile(journal.file).catch(() => 'none')).toEqual(before);
  await journal.close();
});

test('closing waits for what was asked for; after it nothing is written', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  const appending = journal.append(news(1));
  await Promise.all([journal.close(), journal.close()]);
  await appending;
  await expect(journal.append(news(2))).rejects.toThrow('is closed');
  expect((await readJournal(folder)).events).toHaveLength(1);
});

test('what others of this machine could read is told, and is the operator’s alone from then on', async () => {
  const { folder, file } = await filled(1);
  const [runs, home] = [dirname(folder), dirname(dirname(folder))];
  const modes = () =>
    Promise.all([home, runs, folder, file].map(async (at) => (await stat(at)).mode & 0o777));
  const closed = await openJournal(folder);
  expect(closed.notices).toEqual([]);
  await closed.close();
  await chmod(file, 0o644);
  for (const at of [home, runs, folder]) await chmod(at, 0o755);
  expect((await readJournal(folder)).notices).toMatchObject({ length: 4 }); // told, and left as it is
  expect(await modes()).toEqual([0o755, 0o755, 0o755, 0o644]);
  const journal = await openJournal(folder);
  await journal.close();
  expect(await modes()).toEqual([0o700, 0o700, 0o700, 0o600]);
  expect(journal.notices).toEqual([
    `Other users of this machine could read ${home} (mode 755). It is yours alone now (mode 700).`,
    `Other users of this machine could read ${runs} (mode 755). It is yours alone now (mode 700).`,
    `Other users of this machine could read ${folder} (mode 755). It is yours alone now (mode 700).`,
    `Other users of this machine could read ${file} (mode 644). It is yours alone now (mode 600).`,
  ]);
});

test('a journal that others could change is told as such', async () => {
  const { folder, file } = await filled(1);
  await chmod(file, 0o620);
  const journal = await openJournal(folder);
  await journal.close();
  expect(journal.notices).toEqual([
    `Other users of this machine could change ${file} (mode 620). It is yours alone now (mode 600).`,
  ]);
});

test('a journal begun in a folder that others can read makes it the operator’s alone, and tells', async () => {
  const folder = await freshFolder();
  const home = dirname(dirname(folder));
  await chmod(home, 0o755);
  const journal = await createJournal(folder, header);
  await journal.close();
  expect(journal.notices).toEqual([expect.stringContaining(`could read ${home} `)]);
  expect((await stat(home)).mode & 0o777).toBe(0o700);
});
