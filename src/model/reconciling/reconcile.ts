import { headTag } from '../evidence/head-tag.ts';
import {
  type Anchor,
  delivery,
  type Found,
  type Looked,
  type Member,
  type OfAnchor,
  type OfRecord,
  type Reconciled,
  type Told,
  type Trail,
  type Unrecorded,
} from './matching.ts';
import type { Sent } from './sent.ts';
import type { TrailEvent } from './trail-event.ts';

/**
 * Matches a journal with CloudTrail, both ways: each sending and each anchor has its event, and each event that bears the
 * run's id has its record. `now`: milliseconds since 1970, by the clock that the journal was written by. Pure; it takes
 * time in proportion to the records and events.
 */
export function reconcile(told: Told, trail: Trail, now: number): Reconciled {
  const index = indexOf(told, trail);
  const known = new Set(told.heads);
  const records = told.sent.map((sent): OfRecord => ({ ...ofSent(sent, index, now), attempt: sent.attempt }));
  const anchors = told.anchors.map(
    (anchor): OfAnchor => ({
      ...ofAnchor(anchor, told, index, now),
      record: anchor.record,
      head: anchor.head,
    }),
  );
  const unrecorded = trail.events.flatMap((event): readonly Unrecorded[] => {
    if (event.run !== index.run) return [];
    if (headsOf(event).some((head) => !known.has(head))) return [{ is: 'unknown-head', event }];
    const isAnchor = event.head !== undefined && event.readOnly;
    return index.claimed.has(event.id) || isAnchor ? [] : [{ is: 'unrecorded', event }];
  });
  const arns = new Set(told.sent.map(({ arn }) => arn));
  const sets = new Set(told.sets);
  const others = trail.events
    .filter(
      (event) =>
        event.run !== index.run &&
        !index.claimed.has(event.id) &&
        !event.readOnly &&
        event.error === undefined &&
        event.set !== undefined &&
        sets.has(event.set) &&
        event.at >= seconds(told.from) &&
        event.at <= told.until,
    )
    .map((event) => ({ event, same: arns.has(event.arn) }));
  return { records, anchors, unrecorded, others, looked: trail.looked };
}
/** Every hash of the journal that an event tells. */
const headsOf = ({ head, tags }: TrailEvent): readonly string[] =>
  [head, tags?.[headTag]].flatMap((one) => (one === undefined ? [] : [one]));
/** CloudTrail has whole seconds. */
const seconds = (ms: number): number => Math.floor(ms / 1000) * 1000;

interface Index {
  readonly run: string;
  readonly byRequest: ReadonlyMap<string, TrailEvent>;
  readonly byMark: ReadonlyMap<string, readonly TrailEvent[]>;
  readonly claimed: Set<string>; // events that a record is of
  readonly looked: readonly Looked[];
}
function indexOf({ run }: Told, { events, looked }: Trail): Index {
  const byMark = new Map<string, TrailEvent[]>();
  for (const event of events) {
    if (event.run !== run || event.attempt === undefined) continue;
    const known = byMark.get(event.attempt);
    if (known) known.push(event);
    else byMark.set(event.attempt, [event]);
  }
  const byRequest = new Map(events.map((event) => [event.requestId, event]));
  byRequest.delete('');
  return { run, byRequest, byMark, claimed: new Set(), looked };
}

function ofSent(sent: Sent, index: Index, now: number): Found {
  const { byRequest, byMark, claimed } = index;
  const named = byRequest.get(sent.requestId);
  const event = named ?? byMark.get(sent.mark)?.find(({ id }) => !claimed.has(id));
  if (event === undefined) return absent(sent, index, now);
  claimed.add(event.id);
  const differs = differenceOf(sent, event);
  if (differs) return { is: 'differs', event: event.id, ...differs };
  const answers = sent.came === 'unanswered' ? ({ answers: event.error ? 'refused' : 'done' } as const) : {};
  return { is: 'found', event: event.id, ...answers };
}

/** CloudTrail leaves “Exception” out of some codes. */
const bare = (code: string | undefined): string =>
  (code ?? '').replace(/^.*[#:]/, '').replace(/Exception$/, '');

type Difference = { readonly in: Member; readonly journal: string; readonly trail: string };
function differenceOf(sent: Sent, event: TrailEvent): Difference | undefined {
  const pairs: readonly (readonly [Member, string, string])[] = [
    ['requestId', sent.requestId || event.requestId, event.requestId],
    ['mark', sent.mark, event.attempt ?? sent.mark],
    ['operation', `${sent.source} ${sent.name}`, `${event.source} ${event.name}`],
    ['account', sent.account, event.account],
    ['region', sent.region, event.region],
    ['caller', sent.arn, event.arn || sent.arn],
    ['outcome', saidBy(sent), saidOf(sent, event)],
    ...tagsApart(sent, event),
  ];
  const apart = pairs.find(([, journal, trail]) => journal !== trail);
  return apart && { in: apart[0], journal: apart[1], trail: apart[2] };
}
/** What the journal says that became of it: '' where it says nothing. */
function saidBy({ came, code, seen }: Sent): string {
  if (came === 'refused') return code === 'Credentials' ? 'refused' : `refused: ${bare(code)}`;
  if (came === 'accepted') return 'done';
  return seen === undefined ? '' : seen;
}
function saidOf(sent: Sent, { error }: TrailEvent): string {
  if (sent.came === 'unanswered') {
    if (sent.seen === undefined) return '';
    return error === undefined ? 'done' : 'not-done';
  }
  if (error === undefined) return 'done';
  return sent.code === 'Credentials' ? 'refused' : `refused: ${bare(error)}`;
}
/** Where AWS shows the tags that were asked for: of a call that it refused it shows nothing. */
function tagsApart({ tags }: Sent, event: TrailEvent): readonly (readonly [Member, string, string])[] {
  if (tags === undefined || event.tags === undefined) return [];
  const shown = event.tags;
  return Object.entries(tags).map(([key, value]) => [
    'tags',
    `${key}=${value}`,
    `${key}=${shown[key] ?? ''}`,
  ]);
}

/** Whom AWS refuses so, CloudTrail need not list. */
const tooOften = /^(Throttl\w*|TooManyRequestsException|RequestLimitExceeded)$/;

/** What it means that there is no event. */
function absent(sent: Sent, index: Index, now: number): Found {
  if (sent.came === 'refused' && sent.requestId === '') return { is: 'none', why: 'refused-before' };
  const unseen = unlooked(sent, index);
  if (unseen !== undefined) return { is: 'cannot-look', why: unseen };
  if (now < sent.at + delivery) return { is: 'not-yet', again: sent.at + delivery };
  if (sent.came === 'refused' && tooOften.test(sent.code ?? '')) return { is: 'none', why: 'refused-before' };
  if (sent.came === 'unanswered' && sent.seen !== 'done') return { is: 'none', why: 'not-received' };
  return { is: 'missing' };
}
/** Why it is not known whether there is one; undefined where all was read. */
function unlooked(
  { account, region, source, at }: Pick<Sent, 'account' | 'region' | 'source' | 'at'>,
  { looked }: Index,
): string | undefined {
  const there = looked.filter(
    (one) => one.account === account && one.region === region && one.source === source,
  );
  if (there.some(({ from, why }) => why === undefined && at >= from)) return undefined;
  return (
    there.find(({ why }) => why !== undefined)?.why ??
    (there.length > 0
      ? 'CloudTrail’s event history goes back 90 days, and this is older'
      : `nobody looked in account ${account}, ${region}`)
  );
}

function ofAnchor(anchor: Anchor, { heads }: Told, index: Index, now: number): Found {
  const { requestId, head, record, at } = anchor;
  const event = index.byRequest.get(requestId);
  const own = heads[record];
  if (own !== undefined && own !== head)
    return { is: 'differs', event: event?.id ?? '', in: 'head', journal: own, trail: event?.head ?? head };
  if (event === undefined) {
    const unseen = unlooked({ ...anchor, source: 'sts.amazonaws.com' }, index);
    if (unseen !== undefined) return { is: 'cannot-look', why: unseen };
    return now < at + delivery ? { is: 'not-yet', again: at + delivery } : { is: 'missing' };
  }
  index.claimed.add(event.id);
  if (event.head === undefined)
    return { is: 'cannot-look', why: 'CloudTrail has the request, and not the hash in its user agent' };
  return event.head === head
    ? { is: 'found', event: event.id }
    : { is: 'differs', event: event.id, in: 'head', journal: head, trail: event.head };
}
