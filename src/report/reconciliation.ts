import type { Disagreement, Reconciliation } from '../model/evidence/reconciliation.ts';
import type { Found, Looked, Reconciled, Told } from '../model/reconciling/matching.ts';
import type { Sent } from '../model/reconciling/sent.ts';
import type { TrailEvent } from '../model/reconciling/trail-event.ts';
import type { Run } from '../model/run.ts';
import { defined } from '../model/text/defined.ts';
import { clock } from '../model/text/times.ts';

/** One record of the journal, and what became of it. */
interface Row {
  readonly says: string;
  readonly found: Found;
  readonly attempt?: string;
  readonly where: string;
}

/** What came of matching a run with CloudTrail, in words: as it is written down and shown. */
export function reconciliationOf({ told, found, run }: Matched): Reconciliation {
  const rows = rowsOf(told, found, run);
  const fine = rows.filter(({ found: { is } }) => is === 'found' || is === 'none');
  const shown = found.anchors.filter(({ is }) => is === 'found').map(({ record }) => record);
  return {
    records: rows.length,
    found: fine.length,
    ...defined({ anchored: shown.length === 0 ? undefined : Math.max(...shown) }),
    differences: [...rows.flatMap(disagreement), ...found.unrecorded.map(ofEvent)],
    waiting: rows.flatMap(({ says, found: one }) =>
      one.is === 'not-yet' ? [{ says, again: one.again }] : [],
    ),
    unseen: [...unseenIn(rows), ...unreadIn(found.looked, rows)],
    others: found.others.map(({ event, same }) => {
      const marked = event.run === undefined ? '' : `, of run ${event.run}`;
      return `${eventText(event)}${same ? ', with the credentials of this run' : ''}${marked}`;
    }),
  };
}
interface Matched {
  readonly told: Told;
  readonly found: Reconciled;
  readonly run: Run;
}

function rowsOf(told: Told, found: Reconciled, { attempts }: Run): readonly Row[] {
  const saysOf = new Map(attempts.map(({ intent }) => [intent.attempt, intent.says]));
  const sent = found.records.map((one, n): Row => {
    const of = told.sent[n] as Sent;
    const says = `${saysOf.get(one.attempt) ?? one.attempt} (${of.operation}, ${clock(of.at)})`;
    return { says, found: one, attempt: one.attempt, where: whereOf(of) };
  });
  const anchors = found.anchors.map((one, n): Row => {
    const { at, account, region } = told.anchors[n] ?? { at: 0, account: '', region: '' };
    const says = `the hash of record ${one.record} (${clock(at)})`;
    return { says, found: one, where: whereOf({ account, region }) };
  });
  return [...sent, ...anchors];
}
const whereOf = ({ account, region }: { readonly account: string; readonly region: string }): string =>
  `account ${account}, ${region}`;

const eventText = ({ name, at, arn, id }: TrailEvent): string =>
  `${name}, ${clock(at)}, by ${arn === '' ? 'somebody whom CloudTrail does not name' : arn}, event ${id}`;

function disagreement({ says, found, attempt, where }: Row): readonly Disagreement[] {
  const of = defined({ attempt });
  if (found.is === 'missing')
    return [{ is: 'missing', says: `${says}: CloudTrail has no event of it in ${where}`, ...of }];
  if (found.is !== 'differs') return [];
  const { event, journal, trail } = found;
  const named = defined({ event: event || undefined });
  const apart = `the journal says ${wordsOf(found.in, journal)}, and CloudTrail ${wordsOf(found.in, trail)}`;
  return [{ is: 'differs', says: `${says}: ${apart}`, ...of, ...named }];
}
const names: Readonly<Record<Extract<Found, { is: 'differs' }>['in'], string>> = {
  requestId: 'request ',
  mark: 'attempt ',
  operation: '',
  account: 'account ',
  region: 'Region ',
  caller: '',
  outcome: '',
  head: 'hash ',
  tags: 'tag ',
};
const outcomes: Readonly<Record<string, string>> = { done: 'it was done', 'not-done': 'it was not done' };
const wordsOf = (what: keyof typeof names, value: string): string =>
  what === 'outcome' ? (outcomes[value] ?? `it was ${value}`) : `${names[what]}${value}`;

const ofEvent = ({ is, event }: Reconciled['unrecorded'][number]): Disagreement => ({
  is,
  event: event.id,
  says:
    is === 'unrecorded'
      ? `${eventText(event)}: it bears this run’s id, and the journal has no record of it`
      : `${eventText(event)}: it tells a hash that no record of this journal has. The journal was changed since, or is another copy`,
});

/** What could not be looked up, together where the reason is the same. */
function unseenIn(rows: readonly Row[]): Reconciliation['unseen'] {
  const groups = new Map<string, { readonly where: string; readonly why: string; readonly says: string[] }>();
  for (const { says, where, found } of rows) {
    if (found.is !== 'cannot-look') continue;
    const key = `${where} ${found.why}`;
    const group = groups.get(key) ?? { where, why: found.why, says: [] };
    group.says.push(says);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ where, why, says }) => ({
    says: says.length === 1 ? `${says[0]}, in ${where}` : `${says.length} requests in ${where}`,
    why,
  }));
}
/** Places in which events of this run could be that no record is of: they were to be read, too. */
function unreadIn(looked: readonly Looked[], rows: readonly Row[]): Reconciliation['unseen'] {
  const told = new Set(
    rows.flatMap(({ where, found }) => (found.is === 'cannot-look' ? [`${where} ${found.why}`] : [])),
  );
  const seen = new Set<string>();
  return looked.flatMap((one) => {
    const { source, why } = one;
    const key = `${whereOf(one)} ${why}`;
    if (why === undefined || told.has(key) || seen.has(key)) return [];
    seen.add(key);
    return [{ says: `events of ${source} in ${whereOf(one)}`, why }];
  });
}
