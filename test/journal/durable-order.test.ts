import type * as fs from 'node:fs/promises';
import { appendFile, type FileHandle, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { lineOf, sealed } from '../../src/journal/format.ts';
import { handoffBytes, readHandoff } from '../../src/journal/handoff.ts';
import { prepareFile } from '../../src/journal/handoff-file.ts';
import { sha256 } from '../../src/journal/hash.ts';
import { importJournal } from '../../src/journal/import.ts';
import { createJournal, openJournal } from '../../src/journal/journal.ts';
import type { Event } from '../../src/model/event.ts';
import { filled, freshFolder, freshHome, header, news } from './sample.ts';

/** What is done to files, in order. The real file system does it. */
const done = vi.hoisted((): string[] => []);
beforeEach(() => {
  done.length = 0;
});
const methods = ['write', 'sync', 'datasync', 'truncate', 'close'] as const;

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const named = (path: unknown): string => basename(String(path)).replace(/torn-.*/, 'torn');
  const watched = (handle: FileHandle, path: unknown): FileHandle =>
    new Proxy(handle, {
      get: (target, member) => {
        const value: unknown = Reflect.get(target, member);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) => {
          const told = methods.find((method) => method === member);
          if (told && told !== 'close') done.push(`${told} ${named(path)}`);
          return value.apply(target, args) as unknown;
        };
      },
    });
  const noting =
    <A extends readonly unknown[], R>(word: string, act: (...args: A) => R, at = 0) =>
    (...args: A): R => {
      done.push(`${word} ${named(args[at])}`);
      return act(...args);
    };
  return {
    ...real,
    open: async (path: string, ...rest: readonly [string?, number?]) =>
      watched(await real.open(path, ...rest), path),
    rename: noting('rename', real.rename, 1),
    link: noting('link', real.link, 1),
    unlink: noting('unlink', real.unlink),
  };
});

/** Those of the steps that are named, in the order in which they were done. */
const among = (...steps: readonly string[]): readonly string[] => done.filter((one) => steps.includes(one));

test('a journal gets its name when its first line is on disk, then its folder is synced', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  const steps = [
    'write journal.jsonl.new',
    'sync journal.jsonl.new',
    'rename journal.jsonl',
    `sync ${header.run}`,
  ];
  // The folder is synced for the reserve as well, before there is a journal.
  expect(among(...steps).slice(-4)).toEqual(steps);
  await journal.close();
});

test('an event is on disk before it is told', async () => {
  const journal = await createJournal(await freshFolder(), header);
  done.length = 0;
  await journal.append(news(1));
  expect(done).toEqual(['write journal.jsonl', 'datasync journal.jsonl']);
  await journal.close();
});

test('what a killed process had written is synced before it is acted on', async () => {
  const { folder } = await filled(2);
  done.length = 0;
  const journal = await openJournal(folder);
  const steps = ['datasync journal.jsonl', `sync ${header.run}`, 'sync runs'];
  expect(among(...steps).slice(-3)).toEqual(steps);
  await journal.close();
});

test('a torn line is cut off when its copy is on disk, and the cut is synced', async () => {
  const { folder, file } = await filled(2);
  await appendFile(file, 'torn');
  done.length = 0;
  const journal = await openJournal(folder);
  const steps = [
    'write journal.torn',
    'sync journal.torn',
    `sync ${header.run}`,
    'truncate journal.jsonl',
    'sync journal.jsonl',
  ];
  const from = done.indexOf('write journal.torn');
  expect(done.slice(from, from + 5)).toEqual(steps);
  expect(done.indexOf('write journal.jsonl')).toBeGreaterThan(from + 4);
  await journal.close();
});

test('a journal that came in a file has its name when all of it is on disk', async () => {
  const run = '01JHAND0FF0000000000000RXN';
  const handoff = '01JHAND0FF00000000000ABC12';
  const first = sealed({ ...header, run });
  const begun = { type: 'started', at: 1, run, simulated: true, endpoint: 'demo' } as const;
  const given: Event = { type: 'handed-off', at: 9, handoff, by: 'ann@a', program: 'p' };
  const second = lineOf(begun, 1, sha256(first));
  const bytes = Buffer.from(`${[first, second, lineOf(given, 2, sha256(second))].join('\n')}\n`);
  const file = join(await freshHome(), 'x.cwhandoff');
  const said = { handoff, run, by: 'ann@a', at: '2026-11-23T00:00:00.000Z', program: 'p' };
  const more = { simulated: true, endpoint: 'demo', names: 'n', asked: {} };
  await writeFile(file, handoffBytes({ ...said, ...more }, bytes), { mode: 0o600 });
  const folder = join(await freshHome(), 'runs', run);
  const handed = await readHandoff(file);
  done.length = 0;
  await importJournal(folder, handed, { type: 'took-over', handoff, by: 'bea@b', program: 'p', from: 'a' });
  const steps = ['write journal.jsonl.new', 'sync journal.jsonl.new', 'rename journal.jsonl', `sync ${run}`];
  expect(among(...steps).slice(-4)).toEqual(steps);
});

test('a hand-off’s file has its name when all of it is on disk', async () => {
  const home = await freshHome();
  const file = await prepareFile(join(home, 'x.cwhandoff'), '01X', Buffer.from('as long as it will be'));
  done.length = 0;
  await file.publish(Buffer.from('what it says'));
  const part = '.x.cwhandoff.01X.part';
  const steps = [`truncate ${part}`, `write ${part}`, `sync ${part}`, 'link x.cwhandoff', `unlink ${part}`];
  expect(done).toEqual([...steps, `sync ${basename(home)}`]);
});
