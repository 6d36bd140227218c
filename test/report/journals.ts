import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contents, linesOf, parse } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import type { Event } from '../../src/model/event.ts';
import { foldRun } from '../../src/model/run.ts';
import { namesOf } from '../../src/report/record/names.ts';
import type { AuditRow } from '../../src/report/rows/row.ts';
import { rowsOf } from '../../src/report/rows/rows.ts';
import { codewhisperer } from '../../steps/index.ts';

const kept = join(import.meta.dirname, '../compat');

/** Every journal that a released version has left: its name, its bytes, and what they hold. */
export const journals: readonly (readonly [string, { readonly bytes: Buffer } & Contents])[] = readdirSync(
  kept,
  {
    recursive: true,
    encoding: 'utf8',
  },
)
  .filter((name) => name.endsWith('journal.jsonl'))
  .sort()
  .map((name) => {
    const bytes = readFileSync(join(kept, name));
    return [name, { bytes, ...parse(bytes, name) }];
  });
/** One of them that came to its end. */
export const finishedJournal = (): { readonly bytes: Buffer } & Contents => {
  const found = journals.find(([name]) => name.includes('finished'));
  if (!found) throw new Error('there is no finished journal');
  return found[1];
};

/** A journal's events as rows. */
export function rowsIn(
  { header, bytes, whole }: { readonly bytes: Buffer } & Contents,
  events: readonly Event[],
): readonly AuditRow[] {
  const run = foldRun(events, codewhisperer);
  const sums = [...linesOf(bytes.subarray(0, whole))].slice(1).map((line) => sha256(line.bytes));
  return [...rowsOf(events, namesOf(run, codewhisperer.steps), { ...header, sum: (seq) => sums[seq - 1] })];
}
