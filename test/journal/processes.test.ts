import { appendFile, readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect } from 'vitest';
import { openJournal, readJournal } from '../../src/journal/journal.ts';
import { both, sampled, test } from '../more.ts';
import { buildDriver, type Child, start } from './child.ts';
import { filled, freshFolder } from './sample.ts';

let driver = '';
beforeAll(async () => {
  driver = await buildDriver();
});
const started: Child[] = [];
const run = (...args: readonly string[]): Child => {
  const child = start(process.execPath, driver, ...args);
  started.push(child);
  return child;
};
afterEach(async () => {
  for (const child of started) child.signal('SIGKILL');
  await Promise.all(started.splice(0).map((child) => child.ended()));
});

const held = async (folder: string): Promise<Child> => {
  const holder = run('hold', folder);
  expect(await holder.next()).toEqual({ open: 2 });
  return holder;
};

test('a second program is told who has the run, and since when, and changes nothing', async () => {
  const { folder, file, bytes } = await filled(2);
  const holder = await held(folder);
  const [said] = await run('open', folder).ended();
  expect(said).toMatchObject({
    kind: 'locked',
    message: expect.stringMatching(
      new RegExp(`process ${holder.process.pid} of .+ on ${hostname()}, since 20\\d\\d-\\d\\d-.+Z`),
    ),
  });
  expect(await readFile(file)).toEqual(bytes);
  expect((await readJournal(folder)).events).toHaveLength(2); // who only reads may
});

test('a killed program frees the run at once', async () => {
  const { folder } = await filled(2);
  const holder = await held(folder);
  holder.signal('SIGKILL');
  await holder.ended();
  await (await openJournal(folder)).close();
  expect(await readdir(folder)).toEqual(['journal.jsonl']);
});

test('a paused program keeps it, and goes on as the one writer', async () => {
  const { folder } = await filled(2);
  const holder = run('hold', folder, '3');
  while ((await holder.next())?.durable !== 5);
  holder.signal('SIGSTOP');
  await expect(openJournal(folder)).rejects.toMatchObject({
    kind: 'locked',
    message: expect.stringContaining(`process ${holder.process.pid}`),
  });
  holder.signal('SIGCONT');
  await expect(openJournal(folder)).rejects.toMatchObject({ kind: 'locked' });
});

test('of many that start at once, one gets the run', async () => {
  const { folder } = await filled(2);
  const children = [...Array(6)].map(() => run('hold', folder));
  const said = await Promise.all(children.map((child) => child.next()));
  expect(said.filter((one) => one?.open === 2)).toHaveLength(1);
  expect(said.filter((one) => one?.kind === 'locked')).toHaveLength(5);
});

both('killed at any moment, what was told to be durable is there, and the run goes on', async () => {
  const folder = await freshFolder();
  const first = run('create', folder, '3');
  await first.ended();
  let durable = 3;
  for (const round of sampled([...Array(15).keys()], 3)) {
    const child = run('open', folder, '100000');
    const opened = await child.next();
    expect(opened?.open).toBeGreaterThanOrEqual(durable);
    for (let n = 0; n <= round * 2; n++) await child.next();
    child.signal('SIGKILL');
    durable = Number((await child.ended()).at(-1)?.durable);
    expect((await readJournal(folder)).events.length).toBeGreaterThanOrEqual(durable);
  }
});

test('what another program appends behind the lock stops the writer before it writes', async () => {
  const { folder, file } = await filled(2);
  const holder = run('open', folder, '1000000');
  await holder.next();
  await appendFile(file, '{"not":"ours"}\n');
  for (;;) {
    const said = await holder.next();
    if (said?.kind === undefined) continue;
    expect(said).toMatchObject({ kind: 'another-writer' });
    break;
  }
  const stopped = await readFile(file);
  expect(await holder.next()).toMatchObject({ kind: 'another-writer' });
  expect(await readFile(file)).toEqual(stopped);
});

test('when the disk takes no more, nothing more is written, and the next start goes on from there', async () => {
  const folder = await freshFolder();
  // A file may not grow over 80 kB (160 blocks of 512): enough for the reserve, not for all events.
  const limited = start(
    'sh',
    '-c',
    `ulimit -f 160 && exec "$0" "$@"`,
    process.execPath,
    driver,
    'create',
    folder,
    '500',
  );
  started.push(limited);
  const said = await limited.ended();
  const durable = said.filter((one) => one.durable !== undefined).length;
  expect(durable).toBeGreaterThan(3);
  expect(durable).toBeLessThan(500);
  const refusals = said.slice(1 + durable);
  expect(refusals).toHaveLength(500 - durable); // and none succeeds after the first
  for (const one of refusals)
    expect(one).toMatchObject({
      kind: 'not-writable',
      message: expect.stringContaining('cannot be written'),
    });
  expect(new Set(refusals.map((one) => one.message)).size).toBe(1);

  const { events, torn } = await readJournal(folder);
  expect(events).toHaveLength(durable);
  const journal = await openJournal(folder);
  expect(journal.events()).toHaveLength(durable + (torn > 0 ? 1 : 0));
  await journal.close();
  expect((await readdir(folder)).filter((name) => name.includes('torn')).length).toBe(torn > 0 ? 1 : 0);
  expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toMatch(/\n$/);
});
