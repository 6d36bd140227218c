import { describe, expect, test } from 'vitest';
import { headTag } from '../../../src/model/evidence/head-tag.ts';
import { delivery, type Found } from '../../../src/model/reconciling/matching.ts';
import { reconcile } from '../../../src/model/reconciling/reconcile.ts';
import type { Sent } from '../../../src/model/reconciling/sent.ts';
import type { TrailEvent } from '../../../src/model/reconciling/trail-event.ts';
import { began, delegate, eventOf, later, looked, mgmt, run, sent, told, trail } from './trail.ts';

/** What is found of one sending, with the events that there are. */
const of = (one: Sent, events: readonly TrailEvent[], now = later): Found => {
  const [found] = reconcile(told([one]), trail(events), now).records;
  if (found === undefined) throw new Error('nothing was found');
  return found;
};
const [one, two] = [sent(1), sent(2)];

test('each record has its event, and each event its record', () => {
  const found = reconcile(told([one, two]), trail([eventOf(two), eventOf(one)]), later);
  expect(found.records.map(({ is }) => is)).toEqual(['found', 'found']);
  expect([found.unrecorded, found.others]).toEqual([[], []]);
});

describe('a record without its event', () => {
  test('is missing once CloudTrail had its time', () =>
    expect(of(one, [], one.at + delivery)).toMatchObject({ is: 'missing' }));
  test('may come until then', () =>
    expect(of(one, [], one.at + delivery - 1)).toMatchObject({ is: 'not-yet', again: one.at + delivery }));
  test.each<[string, Partial<Parameters<typeof looked>[0]>]>([
    ['in another Region', { region: 'us-east-1' }],
    ['in another account', { account: mgmt }],
    ['of another service', { source: 'identitystore.amazonaws.com' }],
  ])('is not known where only events %s were read', (_, more) => {
    const found = reconcile(told([one]), trail([], { looked: [looked(more)] }), later);
    expect(found.records).toMatchObject([
      { is: 'cannot-look', why: expect.stringContaining('nobody looked') },
    ]);
  });
  test('is not known where AWS refused, and the reason is AWS’s', () => {
    const refused = trail([], { looked: [looked({ why: 'AccessDeniedException: no' })] });
    expect(reconcile(told([one]), refused, later).records).toMatchObject([
      { is: 'cannot-look', why: 'AccessDeniedException: no' },
    ]);
  });
  test('is not known where it is older than what was read', () => {
    const young = trail([], { looked: [looked({ from: one.at + 1 })] });
    expect(reconcile(told([one]), young, later).records).toMatchObject([
      { is: 'cannot-look', why: expect.stringContaining('90 days') },
    ]);
  });
  test('is not known where reading stopped before it; what is younger is', () => {
    const partly = trail([], {
      looked: [looked({ from: two.at }), looked({ from: 0, why: 'too many events' })],
    });
    expect(reconcile(told([one, two]), partly, later).records).toMatchObject([
      { is: 'cannot-look', why: 'too many events' },
      { is: 'missing' },
    ]);
  });
});

describe('what AWS did not accept', () => {
  const refused = sent(1, { came: 'refused', code: 'ConflictException' });
  test('is found by its error, which CloudTrail may name without “Exception”', () => {
    expect(of(refused, [eventOf(refused, { error: 'ConflictException' })])).toMatchObject({ is: 'found' });
    const denied = sent(1, { came: 'refused', code: 'AccessDeniedException' });
    expect(of(denied, [eventOf(denied, { error: 'AccessDenied' })])).toMatchObject({ is: 'found' });
  });
  test('differs where CloudTrail has that it was done, or another error', () => {
    expect(of(refused, [eventOf(refused)])).toMatchObject({ is: 'differs', in: 'outcome', trail: 'done' });
    expect(of(refused, [eventOf(refused, { error: 'ValidationException' })])).toMatchObject({
      ...{ is: 'differs', in: 'outcome', journal: 'refused: Conflict', trail: 'refused: Validation' },
    });
  });
  test('is missing where there is no event, unless it was asked too often', () => {
    expect(of(refused, [])).toMatchObject({ is: 'missing' });
    expect(of(sent(1, { came: 'refused', code: 'ThrottlingException' }), [])).toMatchObject({ is: 'none' });
  });
  test('needs no event where AWS did not know the credentials; one that shows it was done differs', () => {
    const unknown = sent(1, { came: 'refused', code: 'Credentials', requestId: '' });
    expect(of(unknown, [])).toMatchObject({ is: 'none', why: 'refused-before' });
    expect(of(unknown, [eventOf(unknown, { requestId: 'r' })])).toMatchObject({
      is: 'differs',
      in: 'outcome',
    });
  });
  test('an accepted one that CloudTrail shows refused differs', () =>
    expect(of(one, [eventOf(one, { error: 'AccessDenied' })])).toMatchObject({
      ...{ is: 'differs', in: 'outcome', journal: 'done', trail: 'refused: AccessDenied' },
    }));
});

describe('what was sent, and nobody heard', () => {
  const lost = sent(1, { came: 'unanswered', requestId: '' });
  const seen = eventOf(lost, { requestId: 'r' });
  test('is found by its mark, and CloudTrail says what became of it', () => {
    expect(of(lost, [seen])).toMatchObject({ is: 'found', answers: 'done' });
    expect(of(lost, [{ ...seen, error: 'Conflict' }])).toMatchObject({ is: 'found', answers: 'refused' });
  });
  test('never reached AWS where there is nothing; until CloudTrail had its time nobody knows', () => {
    expect(of(lost, [])).toMatchObject({ is: 'none', why: 'not-received' });
    expect(of(lost, [], lost.at + 1_000)).toMatchObject({ is: 'not-yet' });
  });
  test('was seen done: then CloudTrail has it, and it succeeded', () => {
    const done = { ...lost, seen: 'done' } as const;
    expect(of(done, [seen])).toMatchObject({ is: 'found' });
    expect(of(done, [])).toMatchObject({ is: 'missing' });
    expect(of(done, [{ ...seen, error: 'Conflict' }])).toMatchObject({ is: 'differs', in: 'outcome' });
  });
  test('was seen not done: then CloudTrail has none that succeeded', () => {
    const not = { ...lost, seen: 'not-done' } as const;
    expect(of(not, [])).toMatchObject({ is: 'none' });
    expect(of(not, [{ ...seen, error: 'Conflict' }])).toMatchObject({ is: 'found' });
    expect(of(not, [seen])).toMatchObject({ is: 'differs', in: 'outcome', trail: 'done' });
  });
});

test.each<[string, Partial<TrailEvent>, string]>([
  ['its request id', { requestId: 'other' }, 'requestId'],
  ['its operation', { name: 'DeletePermissionSet' }, 'operation'],
  ['its service', { source: 'identitystore.amazonaws.com' }, 'operation'],
  ['its account', { account: mgmt }, 'account'],
  ['its Region', { region: 'us-east-1' }, 'region'],
  ['who acted', { arn: `arn:aws:iam::${delegate}:user/other` }, 'caller'],
  ['its mark', { attempt: 'another-1' }, 'mark'],
])('an event that differs in %s', (_, more, member) =>
  expect(of(one, [eventOf(one, more)])).toMatchObject({ is: 'differs', in: member }),
);

test('an event whose user agent is gone is found by its request id; whom CloudTrail does not name, differs from nobody', () => {
  const { run: _, attempt: __, ...bare } = eventOf(one, { arn: '' });
  expect(of(one, [bare])).toMatchObject({ is: 'found' });
});

test('the same attempt twice, and one that no record is of, are unrecorded', () => {
  const twice = eventOf(one, { id: 'again', requestId: 'again' });
  const never = eventOf(sent(9), { id: 'never' });
  const found = reconcile(told([one]), trail([never, twice, eventOf(one)]), later);
  expect(found.records).toMatchObject([{ is: 'found', event: eventOf(one).id }]);
  expect(found.unrecorded.map(({ event }) => event.id)).toEqual(['never', 'again']);
});

test('another run’s events are its own', () => {
  const other = eventOf(sent(9), { run: 'other', set: 'another' });
  expect(reconcile(told([]), trail([other]), later)).toMatchObject({ unrecorded: [], others: [] });
});

test('by others: what changed a set of the run while it went on, with its own credentials or not', () => {
  const { run: _, attempt: __, ...bare } = eventOf(sent(5), { requestId: 'x', id: 'same' });
  const events: readonly TrailEvent[] = [
    bare,
    { ...bare, id: 'other', arn: 'arn:aws:iam::1:user/a' },
    { ...bare, id: 'marked', run: 'another run' },
    { ...bare, id: 'read', readOnly: true },
    { ...bare, id: 'refused', error: 'AccessDenied' },
    { ...bare, id: 'another set', set: 'another' },
    { ...bare, id: 'before', at: began - 1_000 },
    { ...bare, id: 'after', at: began + 11 * 60_000 },
  ];
  const { others, unrecorded } = reconcile(told([one]), trail([...events, eventOf(one)]), later);
  expect(others.map(({ event, same }) => [event.id, same])).toEqual([
    ['same', true],
    ['other', false],
    ['marked', true],
  ]);
  expect(unrecorded).toEqual([]);
});

describe('hashes that AWS was told', () => {
  const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
  const anchor = {
    ...{ record: 1, head: second, account: delegate, region: 'eu-west-1', requestId: 'h', at: began },
  };
  const heads = [first, second];
  const event = eventOf(sent(1), {
    ...{ id: 'anchor', source: 'sts.amazonaws.com', name: 'GetCallerIdentity', readOnly: true },
    ...{ requestId: 'h', attempt: '', head: second },
  });
  const all = { looked: [looked({ source: 'sts.amazonaws.com' })] };
  const anchored = (
    events: readonly TrailEvent[],
    more: Partial<Parameters<typeof told>[1]> = {},
    now = later,
  ) => reconcile(told([], { anchors: [anchor], heads, ...more }), trail(events, all), now);

  test('is found, and is not taken for a change', () =>
    expect(anchored([event])).toMatchObject({ anchors: [{ is: 'found', record: 1 }], unrecorded: [] }));
  test('differs where CloudTrail has another, which no record has', () => {
    const found = anchored([{ ...event, head: 'c'.repeat(64) }]);
    expect(found.anchors).toMatchObject([{ is: 'differs', in: 'head', trail: 'c'.repeat(64) }]);
    expect(found.unrecorded).toMatchObject([{ is: 'unknown-head' }]);
  });
  test('differs where the record has another hash by now: the journal was written anew', () => {
    const found = anchored([event], { heads: [first, 'd'.repeat(64)] });
    expect(found.anchors).toMatchObject([{ is: 'differs', in: 'head', journal: 'd'.repeat(64) }]);
    expect(found.unrecorded).toMatchObject([{ is: 'unknown-head' }]);
  });
  test('a hash without a record of its being told is known all the same: the program died in between', () =>
    expect(anchored([event], { anchors: [] })).toMatchObject({ anchors: [], unrecorded: [] }));
  test('is missing, may come, or cannot be looked up', () => {
    expect(anchored([]).anchors).toMatchObject([{ is: 'missing' }]);
    expect(anchored([], {}, began + 1_000).anchors).toMatchObject([{ is: 'not-yet' }]);
    expect(reconcile(told([], { anchors: [anchor], heads }), trail([]), later).anchors).toMatchObject([
      { is: 'cannot-look' },
    ]);
    const { head: _, ...cut } = event;
    expect(anchored([cut]).anchors).toMatchObject([{ is: 'cannot-look' }]);
  });
  test('in the tag of a set that is made: as the journal asked for it, and of a record', () => {
    const made = sent(1, { tags: { [headTag]: second, 'cw-runbook:run': run } });
    const tags = { [headTag]: second, 'cw-runbook:run': run };
    const with_ = (more: Partial<TrailEvent>, known = heads) =>
      reconcile(told([made], { heads: known }), trail([eventOf(made, more)]), later);
    expect(with_({ tags })).toMatchObject({ records: [{ is: 'found' }], unrecorded: [] });
    expect(with_({ tags: { ...tags, [headTag]: first } }).records).toMatchObject([
      { is: 'differs', in: 'tags', journal: `${headTag}=${second}`, trail: `${headTag}=${first}` },
    ]);
    expect(with_({ tags }, [first]).unrecorded).toMatchObject([{ is: 'unknown-head' }]);
    expect(with_({}).records).toMatchObject([{ is: 'found' }]); // a refused call shows none
  });
});
