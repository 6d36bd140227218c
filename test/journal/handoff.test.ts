import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lineOf, sealed } from '../../src/journal/format.ts';
import { type HandoffHeader, handoffBytes, readHandoff } from '../../src/journal/handoff.ts';
import { prepareFile } from '../../src/journal/handoff-file.ts';
import { sha256 } from '../../src/journal/hash.ts';
import { importJournal, relationTo } from '../../src/journal/import.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { lock } from '../../src/journal/lock.ts';
import type { Event } from '../../src/model/event.ts';
import { freshHome } from './sample.ts';

const run = '01JHAND0FF0000000000000RXN';
const handoff = '01JHAND0FF00000000000ABC12';
const header = {
  journal: 1,
  run,
  program: 'cw-runbook/0.1.0',
  simulated: false,
  endpoint: 'aws',
  started: '2026-11-23T00:00:00.000Z',
} as const;
const started: Event = { type: 'started', at: 1, run, simulated: false, endpoint: 'aws' };
const given: Event = { type: 'handed-off', at: 9, handoff, by: 'ann@a', program: 'cw-runbook/0.1.0' };
const said: HandoffHeader = {
  ...{ handoff, run, by: 'ann@a', at: '2026-11-23T00:00:00.000Z', program: 'cw-runbook/0.1.0' },
  ...{ simulated: false, endpoint: 'aws', names: 'names people', asked: {} },
};
const journalOf = (events: readonly object[], first: object = header): Buffer => {
  const lines = [sealed(first)];
  for (const [n, event] of events.entries())
    lines.push(lineOf(event as Event, n + 1, sha256(lines.at(-1) ?? '')));
  return Buffer.from(`${lines.join('\n')}\n`);
};
const looked = (plan: object) => ({ type: 'looked', at: 2, step: 'organization', basis: 'b', plan });
const whole = handoffBytes(said, journalOf([started, given]));
const put = async (bytes: Uint8Array | string): Promise<string> => {
  const file = join(await freshHome(), 'x.cwhandoff');
  await writeFile(file, bytes, { mode: 0o600 });
  return file;
};
const reading = async (bytes: Uint8Array | string) => readHandoff(await put(bytes));
/** The journal of a file, as it would be made by somebody who can compute a hash. */
const crafted = (...events: readonly object[]) => handoffBytes(said, journalOf([started, ...events, given]));

test('what was written is read again, byte for byte', async () => {
  const { contents, bytes, handoff: id, run: fold } = await reading(whole);
  expect([contents.header, id, bytes]).toEqual([header, handoff, journalOf([started, given])]);
  expect([fold.phase.is, fold.handoff]).toMatchObject(['handed-off', { by: 'ann@a' }]);
});

test.each(['\n', '\r\n', '\n \n\n'])('empty lines behind its end say nothing: %j', async (more) => {
  const { bytes } = await reading(Buffer.concat([whole, Buffer.from(more)]));
  expect(bytes).toEqual(journalOf([started, given]));
});

test('cut off anywhere, or with any byte changed, it is refused, in a sentence', async () => {
  for (let at = 0; at < whole.length; at += 7) {
    await expect(reading(whole.subarray(0, at)), `cut at ${at}`).rejects.toMatchObject({
      message: expect.stringMatching(/Nothing was changed/),
    });
    const bad = Buffer.from(whole);
    bad[at] = (bad[at] ?? 0) ^ 1;
    await expect(reading(bad), `changed at ${at}`).rejects.toMatchObject({
      name: 'Error',
      remedy: expect.any(String),
    });
  }
});

test.each<[string, Uint8Array | string, RegExp]>([
  ['an empty file', '', /is not a hand-off of cw-runbook/],
  ['some other file', 'hello\n', /is not a hand-off of cw-runbook/],
  ['a journal', journalOf([started, given]), /is not a hand-off of cw-runbook/],
  ['line ends of another system', whole.toString().replaceAll('\n', '\r\n'), /changed its line ends/],
  ['a mark at its beginning', `\ufeff${whole}`, /changed its line ends or its encoding/],
  ['something behind its end', `${whole}more\n`, /its end is missing/],
  ['its own beginning twice', Buffer.concat([whole, whole]), /cannot be trusted/],
  [
    'a newer schema',
    handoffBytes(
      { ...said, 'cw-runbook-handoff': 2, program: 'cw-runbook/9.9.9' } as never,
      journalOf([started, given]),
    ),
    /was made by cw-runbook 9\.9\.9/,
  ],
  [
    'a newer schema, sealed in another way',
    '{"cw-runbook-handoff":2,"program":"cw-runbook/9.9.9"}\n',
    /was made by cw-runbook 9\.9\.9/,
  ],
  [
    'a newer journal',
    handoffBytes(said, journalOf([started, given], { ...header, journal: 99, program: 'cw-runbook/9.9.9' })),
    /was made by cw-runbook 9\.9\.9/,
  ],
  [
    'an event of a newer program',
    handoffBytes(
      said,
      journalOf([
        started,
        { type: 'invented', at: 2 } as unknown as Event,
        { ...given, program: 'cw-runbook/9.9.9' },
      ]),
    ),
    /was made by cw-runbook 9\.9\.9: line 3 is an event “invented”/,
  ],
  [
    'a path for a run',
    handoffBytes(
      said,
      journalOf([{ ...started, run: '../../../etc' }, given], { ...header, run: '../../../etc' }),
    ),
    /no id of this program/,
  ],
  [
    'a path for a hand-off',
    handoffBytes(said, journalOf([started, { ...given, handoff: '../x' }])),
    /no id of this program/,
  ],
  [
    'another run inside',
    handoffBytes(said, journalOf([{ ...started, run: handoff }, given])),
    /does not begin one run/,
  ],
  ['two beginnings', crafted(started), /does not begin one run/],
  [
    'no hand-off at its end',
    handoffBytes(said, journalOf([started, { type: 'read', at: 2, step: 's' }])),
    /last record is not a hand-off/,
  ],
  [
    'a step __proto__',
    handoffBytes(
      said,
      journalOf([
        started,
        JSON.parse('{"type":"answered","at":2,"step":"s","question":"q","answer":"a","x":{"__proto__":1}}'),
        given,
      ]),
    ),
    /member “__proto__”/,
  ],
  [
    'an answer that is an object',
    crafted({ type: 'answered', at: 2, step: 's', question: 'q', answer: {} }),
    /its answer is not what/,
  ],
  ['a plan without goals', crafted(looked({})), /its plan is not what/],
  [
    'a goal that is nothing',
    crafted(looked({ goals: [{ is: 'toString', id: 'a', says: 'b' }] })),
    /its plan is not what/,
  ],
  [
    'a call that nobody knows',
    crafted(
      looked({
        goals: [
          {
            is: 'change',
            id: 'a',
            says: 'b',
            risk: 'routine',
            call: { operation: 'iam:CreateUser', input: {} },
          },
        ],
      }),
    ),
    /its plan is not what/,
  ],
  [
    'a depth that nothing has',
    crafted(JSON.parse(`{"type":"read","at":2,"step":"s","x":${'['.repeat(500)}${']'.repeat(500)}}`)),
    /nested too deep/,
  ],
])('%s is refused', async (_, bytes, says) => {
  await expect(reading(bytes)).rejects.toMatchObject({ message: expect.stringMatching(says) });
});

describe('what is no plain file', () => {
  test('a link, a folder, a pipe, a device, one that is not there, and one of a gigabyte', async () => {
    const home = await freshHome();
    const at = (name: string) => join(home, name);
    await writeFile(at('real'), whole);
    await symlink(at('real'), at('link'));
    await mkdir(at('folder'));
    execFileSync('mkfifo', [at('pipe')]);
    await writeFile(at('large'), whole);
    await truncate(at('large'), 1024 ** 3);
    for (const [name, says] of [
      ['link', /symbolic link/],
      ['folder', /not a plain file/],
      ['pipe', /not a plain file/],
      ['missing', /cannot be read/],
      ['large', /more than a hand-off can have/],
    ] as const)
      await expect(readHandoff(at(name))).rejects.toMatchObject({ message: expect.stringMatching(says) });
    await expect(readHandoff('/dev/zero')).rejects.toMatchObject({
      message: expect.stringMatching(/not a plain file/),
    });
  });
});

describe('taking a run over', () => {
  const news = { type: 'took-over', handoff, by: 'ben@b', program: 'p', from: 'ann@a' } as const;

  test('the journal is the file’s bytes and one line more, verified', async () => {
    const folder = join(await freshHome(), 'runs', run);
    const handed = await reading(whole);
    await importJournal(folder, handed, news);
    const bytes = await readFile(join(folder, 'journal.jsonl'));
    expect(bytes.subarray(0, handed.bytes.length).equals(handed.bytes)).toBe(true);
    expect((await readJournal(folder)).events.map(({ type }) => type)).toEqual([
      'started',
      'handed-off',
      'took-over',
    ]);
    expect((await relationTo(folder, handed)).is).toBe('ahead');
    await expect(importJournal(folder, handed, news)).rejects.toMatchObject({ kind: 'another-writer' });
  });

  test('the beginning of it that is here already, with a torn line, gives way; another history does not', async () => {
    const home = await freshHome();
    const folder = join(home, 'runs', run);
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'journal.jsonl');
    await writeFile(file, Buffer.concat([journalOf([started]), Buffer.from('{"seq":2,"to')]));
    const handed = await reading(whole);
    expect((await relationTo(folder, handed)).is).toBe('older');
    await importJournal(folder, handed, news);
    expect((await readJournal(folder)).events).toHaveLength(3);

    await writeFile(file, journalOf([started, { type: 'read', at: 2, step: 's' }]));
    expect(await relationTo(folder, handed)).toMatchObject({ is: 'forked', at: 1 });
    const before = await readFile(file);
    await expect(importJournal(folder, handed, news)).rejects.toMatchObject({ kind: 'another-writer' });
    expect((await readFile(file)).equals(before)).toBe(true);
  });
});

test('a file gets its name when it is whole, never takes another’s, and what a killed one left is cleared', async () => {
  const path = join(await freshHome(), 'a.cwhandoff');
  await prepareFile(path, handoff, whole); // killed here
  const file = await prepareFile(path, handoff, whole);
  await expect(readFile(path)).rejects.toThrow();
  await writeFile(path, 'came first');
  await expect(file.publish(whole)).rejects.toMatchObject({ kind: 'not-a-file' });
  expect(await readFile(path, 'utf8')).toBe('came first');
  await expect(prepareFile(path, handoff, whole)).rejects.toMatchObject({ kind: 'not-a-file' });
});

test('of two that take one file over at once, one is told that the other has the run', async () => {
  const folder = join(await freshHome(), 'runs', run);
  const handed = await reading(whole);
  await mkdir(folder, { recursive: true });
  const held = await lock(folder);
  const took = { type: 'took-over', handoff, by: 'bea@b', program: 'p', from: 'ann@a' } as const;
  await expect(importJournal(folder, handed, took)).rejects.toMatchObject({ kind: 'locked' });
  await held.release();
  await importJournal(folder, handed, took);
  expect((await readJournal(folder)).events).toHaveLength(3);
});
