import { type FileHandle, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createJournal, openJournal, readJournal } from '../../src/journal/journal.ts';
import { keepRoom } from '../../src/journal/reserve.ts';
import type { News } from '../../src/model/event.ts';
import { haltOf } from '../../src/model/phase.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { filled, freshFolder, header, news } from './sample.ts';

afterEach(() => vi.restoreAllMocks());

const files = await open(import.meta.filename);
const prototype = Object.getPrototypeOf(files) as FileHandle;
await files.close();
const failing = (code: string): Error => Object.assign(new Error(`${code}: as the test wants it`), { code });

/** From now on the disk takes half of what is written, then nothing, until the reserve is released. */
function fillDisk(folder: string, code = 'ENOSPC'): void {
  const write = prototype.write;
  vi.spyOn(prototype, 'write').mockImplementation(async function (
    this: FileHandle,
    ...args: readonly unknown[]
  ) {
    const [bytes, offset = 0] = args as [Buffer, number?];
    const full = (await readdir(folder)).includes('reserve');
    if (full && offset > 0) throw failing(code);
    return write.apply(this, [bytes, offset, full ? Math.floor(bytes.length / 2) : undefined] as never);
  } as never);
}

const accepted: News = { type: 'accepted', attempt: 'a#1', requestId: 'r-1', output: { Arn: 'arn:ü' } };
const intended: News = {
  type: 'intended',
  ...{ attempt: 'a#2', step: 'a', change: 'c', says: 'C', key: 'k', account: '1', arn: 'arn:ann' },
  actor: 'management',
  region: undefined,
  call: { operation: 'sso:DeletePermissionSet', input: { InstanceArn: 'i', PermissionSetArn: 'p' } },
  situation: { answers: {}, given: {}, hints: {}, run: header.run },
};

test.each(['ENOSPC', 'EDQUOT'])(
  'a full disk (%s) takes the last word and where it halts, then nothing',
  async (code) => {
    const folder = await freshFolder();
    const journal = await createJournal(folder, header);
    await journal.append(news(1));
    fillDisk(folder, code);
    await expect(journal.append(accepted)).rejects.toMatchObject({
      kind: 'not-writable',
      message: expect.stringContaining(code),
      unwritten: [],
    });
    await expect(journal.append(news(2))).rejects.toMatchObject({ kind: 'not-writable' });
    const { events, torn } = await readJournal(folder);
    expect(torn).toBe(0);
    expect(events).toMatchObject([
      { type: 'looked' },
      accepted,
      { type: 'halted', why: expect.stringContaining(code) },
    ]);
    await journal.close();
  },
);

test('an intent that found no room is not written down: what it tells of was not sent', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  fillDisk(folder);
  await expect(journal.append(intended)).rejects.toMatchObject({ kind: 'not-writable' });
  await journal.close();
  expect((await readJournal(folder)).events).toMatchObject([{ type: 'halted' }]);
});

test('a run that halted says so until it is taken up again, and then has its reserve again', async () => {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header);
  fillDisk(folder);
  await journal.append(accepted).catch(() => undefined);
  await journal.close();
  vi.restoreAllMocks();
  const { events } = await readJournal(folder);
  expect(haltOf(events.reduce(applyEvent, emptyRun))).toContain('ENOSPC');
  const again = await openJournal(folder);
  expect((await readFile(join(folder, 'reserve'))).length).toBe(64 * 1024);
  await again.append({ type: 'opened', by: 'me', program: 'p' });
  expect(haltOf(again.events().reduce(applyEvent, emptyRun))).toBeUndefined();
  await again.close();
});

test.each([
  ['write', 'EIO'],
  ['datasync', 'EIO'],
  ['datasync', 'ENOSPC'],
] as const)(
  'after a %s that failed with %s nothing is tried again, and what has no place is handed over',
  async (what, code) => {
    const folder = await freshFolder();
    const journal = await createJournal(folder, header);
    await journal.append(news(1));
    const spy = vi.spyOn(prototype, what as 'datasync').mockRejectedValue(failing(code));
    const error = await journal.append(accepted).catch((thrown: unknown) => thrown);
    await journal.append(news(2)).catch(() => undefined);
    expect(spy).toHaveBeenCalledTimes(1);
    const { unwritten } = error as { unwritten: readonly string[] };
    expect(unwritten.map((line) => JSON.parse(line).type)).toEqual(['accepted', 'accepted']);
    vi.restoreAllMocks();
    await journal.close();
  },
);

test('a run is not begun on a disk that has no room for it', async () => {
  const { folder } = await filled(0);
  await expect(keepRoom(folder, async () => 300 * 1024)).rejects.toMatchObject({
    kind: 'not-writable',
    message: expect.stringContaining('has 300 kB left'),
    remedy: expect.stringContaining('CW_RUNBOOK_HOME'),
  });
  expect(await readdir(folder)).toEqual(['journal.jsonl']);
});

test('a closed run leaves no reserve behind', async () => {
  const { folder } = await filled(3);
  expect(await readdir(folder)).toEqual(['journal.jsonl']);
});
