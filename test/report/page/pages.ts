import { createHash } from 'node:crypto';
import { cardFrom } from '../../../src/commands/runs/card.ts';
import { type Contents, type Header, newJournal } from '../../../src/journal/format.ts';
import { sha256 } from '../../../src/journal/hash.ts';
import type { Event } from '../../../src/model/event.ts';
import { treeOf } from '../../../src/model/evidence/tree.ts';
import { foldRun } from '../../../src/model/run.ts';
import { page } from '../../../src/report/page/page.ts';
import { type ChangeRecord, recordOf } from '../../../src/report/record/record.ts';
import { codewhisperer } from '../../../steps/index.ts';
import { finishedJournal } from '../journals.ts';

type Journal = Pick<Contents, 'header' | 'events' | 'head'> & { readonly bytes: Buffer };

/** A journal that came to its end, and that says so. */
export function closedJournal(header: Partial<Header> = {}, more: readonly Event[] = []): Journal {
  const kept = finishedJournal();
  const events = [...kept.events, ...more];
  const began: Header = { ...kept.header, ...header, journal: 4 };
  const { hashes } = newJournal(began, events);
  const at = (events.at(-1)?.at ?? 0) + 1;
  const root = treeOf(sha256, hashes).root();
  return newJournal(began, [...events, { type: 'closed', at, records: events.length, root }]);
}

/** The page of a journal. `told`: what it says, where that is not what the journal says. */
export function pageOf(
  { header, events, head, bytes }: Journal,
  told: (record: ChangeRecord) => ChangeRecord = (record) => record,
): string {
  const run = foldRun(events, codewhisperer);
  const record = recordOf(
    run,
    events,
    { program: header.program, records: events.length, head },
    { runbook: codewhisperer, card: cardFrom(events, codewhisperer), notes: codewhisperer.notes(run) },
  );
  const sum = (as: 'hex' | 'base64') => (text: string) => createHash('sha256').update(text).digest(as);
  return page(
    {
      ...{ record: told(record), run: header.run, program: header.program },
      ...{ records: events.length, head, journal: bytes.toString() },
    },
    { hex: sum('hex'), base64: sum('base64') },
  );
}

/** The text of a page's data, as it stands there. */
export const dataIn = (html: string, id: string): string =>
  new RegExp(`<script type="application/json" id="${id}">(.*)</script>`).exec(html)?.[1] ?? '';
/** The page, with other data. */
const withData = (html: string, id: string, value: unknown): string =>
  html.replace(dataIn(html, id), () => JSON.stringify(value).replaceAll('<', '\\u003c'));

/** Pages that somebody has changed after they were written, and what has to be said of each. */
type Forgery = readonly [string, (html: string) => string, RegExp];
export const forgeries: readonly [Forgery, ...Forgery[]] = [
  [
    'a record was edited',
    (html) =>
      withData(html, 'journal', JSON.parse(dataIn(html, 'journal')).replace('"attested"', '"skipped"')),
    /changed at record 3: its hash is not that of its text/,
  ],
  [
    'a record was removed',
    (html) => {
      const lines: readonly string[] = JSON.parse(dataIn(html, 'journal')).split('\n');
      return withData(html, 'journal', lines.toSpliced(10, 1).join('\n'));
    },
    /changed at record 10: its number is 11, and 10 was expected/,
  ],
  [
    'the end was cut off',
    (html) => {
      const lines: readonly string[] = JSON.parse(dataIn(html, 'journal')).split('\n');
      return withData(html, 'journal', `${lines.slice(0, -5).join('\n')}\n`);
    },
    /not the one that the page describes/,
  ],
  [
    'its text tells of another approver',
    (html) => html.replace('<dt>Approved by</dt><dd>not recorded</dd>', '<dt>Approved by</dt><dd>Eve</dd>'),
    /text of this page was changed after it was written/,
  ],
  [
    'the journal is of another run',
    (html) => {
      const other = closedJournal({ run: '01ARZ3NDEKTSV4RRFFQ69G5FAV' });
      return withData(html, 'journal', other.bytes.toString());
    },
    /not the one that the page describes/,
  ],
  [
    'its verdict was edited',
    (html) =>
      withData(
        html.replace(
          'Not verified: the page’s script has not run, or was changed.',
          'Unchanged and complete.',
        ),
        'journal',
        JSON.parse(dataIn(html, 'journal')).replace('"attested"', '"skipped"'),
      ),
    /changed at record 3/,
  ],
  ['its data was damaged', (html) => html.replace('id="about">{', 'id="about">'), /page is damaged/],
];
