import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournal, type Header } from '../../src/journal/journal.ts';
import type { News } from '../../src/model/event.ts';

export const header: Header = {
  journal: 1,
  run: '01TEST',
  program: 'cw-runbook/test',
  simulated: true,
  endpoint: 'demo',
  started: '2026-11-23T00:00:00.000Z',
};

/** A state folder of its own for a test. */
export const freshHome = (): Promise<string> => mkdtemp(join(tmpdir(), 'cw-journal-'));
export const freshFolder = async (): Promise<string> => join(await freshHome(), 'runs', header.run);

/** Events of several kinds, the n-th always the same. */
export const news = (n: number): News => {
  switch (n % 4) {
    case 0:
      return { type: 'answered', step: 'a-step', question: `q${n}`, answer: 'ümläut ☃ "x"\n\u2028\ud800' };
    case 1:
      return { type: 'looked', step: 'a-step', plan: { goals: [] }, basis: `${n}` };
    case 2:
      return {
        type: 'accepted',
        attempt: `a${n}`,
        requestId: 'r',
        output: { list: [1.5, null, { deep: [] }] },
      };
    default:
      return { type: 'ended', attempt: `a${n}`, outcome: { ended: 'verified', by: 'look' } };
  }
};

export interface Filled {
  readonly folder: string;
  readonly file: string;
  readonly bytes: Buffer;
}
/** A closed journal of so many events. */
export async function filled(count: number): Promise<Filled> {
  const folder = await freshFolder();
  const journal = await createJournal(folder, header, () => 1_700_000_000_000);
  for (let n = 0; n < count; n++) await journal.append(news(n));
  await journal.close();
  return { folder, file: journal.file, bytes: await readFile(journal.file) };
}

/** Where each line of a journal ends, its newline included. */
export const lineEnds = (bytes: Buffer): readonly number[] =>
  [...bytes.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1);
