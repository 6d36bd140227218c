import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recorderInto } from '../../src/commands/record/recorder.ts';
import { runner } from '../commands/in-process.ts';
import { askSimulator } from './ask.ts';
import { unknownIn } from './compare.ts';
import { exchangesIn, titleOf } from './exchange.ts';
import { asUsual, canBeAsked } from './usual.ts';

test('a file that the program records is taken as it is: every read in it can be asked, and nothing in it is new', async () => {
  const recorder = recorderInto(await mkdtemp(join(tmpdir(), 'cw-recording-')), 'run');
  const at = await runner();
  const ended = await at.run({}, {}, { answered: recorder.answered });
  expect(ended, ended.said).toMatchObject({ code: 0 });
  recorder.end();
  const lines = exchangesIn(await readFile(recorder.file, 'utf8'), 'exchanges.jsonl');
  const reads = [...new Map(lines.filter(canBeAsked).map((row) => [titleOf(row), row])).values()];
  expect(reads.length).toBeGreaterThan(15);
  const found = await Promise.all(
    reads.map(async (given) => {
      const { asking, row } = await asUsual(given);
      const simulated = await askSimulator(row, asking);
      const answered = row.error === undefined && simulated.error !== undefined;
      return answered
        ? [`${titleOf(given)}: ${simulated.error?.name}: ${simulated.error?.message}`]
        : unknownIn(row, simulated).map((what) => `${titleOf(given)}: ${what}`);
    }),
  );
  expect(found.flat()).toEqual([]);
});
