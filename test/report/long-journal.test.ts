import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import type { Event } from '../../src/model/event.ts';
import { applyEvent, emptyRun, foldRun } from '../../src/model/run.ts';
import { inPlace } from '../../src/model/text/lists.ts';
import { cardOf } from '../../src/report/card.ts';
import { ocsf } from '../../src/report/ocsf/ocsf.ts';
import { changesIn } from '../../src/report/record/changes.ts';
import { namesOf } from '../../src/report/record/names.ts';
import { recordOf } from '../../src/report/record/record.ts';
import { csv } from '../../src/report/rows/csv.ts';
import { rowsOf } from '../../src/report/rows/rows.ts';
import { codewhisperer } from '../../steps/index.ts';
import { writeLongJournal } from '../bench/evidence/long-journal.ts';
import { journals } from './journals.ts';

const folder = mkdtempSync(join(tmpdir(), 'cw-long-'));
/** The events of a journal of so many records. Always the same ones. */
function eventsOf(records: number): readonly Event[] {
  const file = join(folder, `${records}.jsonl`);
  writeLongJournal(file, records);
  return parse(readFileSync(file), file).events;
}

/** How often anything of an event is looked at. */
function looksAt(events: readonly Event[], work: (events: readonly Event[]) => unknown): number {
  let looks = 0;
  const watched = events.map(
    (event) =>
      new Proxy(event, {
        get: (of, name) => {
          looks++;
          return Reflect.get(of, name);
        },
      }),
  );
  work(watched);
  return looks;
}
const about = { run: 'r', endpoint: 'aws', simulated: false, program: 'cw-runbook/1.0.0' };
const rows = (events: readonly Event[]) =>
  rowsOf(events, namesOf(foldRun(events, codewhisperer), codewhisperer.steps), about);

const short = eventsOf(700);
const long = eventsOf(1_400);
test.each<[string, (events: readonly Event[]) => unknown]>([
  ['a run that is folded', (events) => foldRun(events, codewhisperer)],
  ['the changes of a record', (events) => changesIn(foldRun(events, codewhisperer))],
  ['CSV', (events) => [...csv(rows(events))]],
  ['OCSF', (events) => [...ocsf(events, rows(events), { redacted: false }, sha256)]],
  [
    'the change record',
    (events) => {
      const run = foldRun(events, codewhisperer);
      const card = cardOf(run, codewhisperer);
      const seal = { program: about.program, records: events.length, head: '' };
      return recordOf(run, events, seal, { runbook: codewhisperer, card });
    },
  ],
])('%s looks at twice as many events twice as often', (_, work) =>
  expect(looksAt(long, work) / looksAt(short, work)).toBeLessThan(2.1),
);

test('a run that is folded is the same as one that was told event by event, and changes none before it', () => {
  for (const [name, { events }] of [...journals, ['a long one', { events: short }] as const]) {
    const before = { ...emptyRun, final: codewhisperer.final.id };
    expect(foldRun(events, codewhisperer), name).toEqual(events.reduce(applyEvent, before));
    expect(emptyRun, name).toMatchObject({ attempts: [], undone: [] });
  }
});

test('a list is copied once, and stays as it was for whoever had it before', () => {
  const lists = inPlace();
  const given = [{ id: 'a', n: 1 }];
  const idOf = ({ id }: { readonly id: string }) => id;
  const first = lists.append(given, [{ id: 'b', n: 2 }]);
  const second = lists.change(first, idOf, 'a', (one) => ({ ...one, n: 3 }));
  const third = lists.append(second, [{ id: 'a', n: 4 }]);
  const last = lists.change(third, idOf, 'a', (one) => ({ ...one, n: one.n + 1 }));
  expect([second, third, last].every((one) => one === first)).toBe(true);
  expect(last.map(({ id, n }) => `${id}${n}`)).toEqual(['a4', 'b2', 'a5']);
  expect(given).toEqual([{ id: 'a', n: 1 }]);
});
