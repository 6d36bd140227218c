import { expect, test } from 'vitest';
import type { Event } from '../../../src/model/event.ts';
import { reconcile } from '../../../src/model/reconciling/reconcile.ts';
import { toldBy, wantedFor } from '../../../src/model/reconciling/told.ts';
import { foldEvents } from '../../../src/model/run.ts';
import { began, eventOf, looked, mgmt, run, sent, trail } from './trail.ts';

const minute = 60_000;
const [head, actor] = ['a'.repeat(64), 'management'] as const;
const arn = `arn:aws:iam::${mgmt}:user/ann`;

test.each([0, 1, -1, 6, -6, 13, -13])(
  'a hash that AWS was told is looked for where AWS’s clock had it, %i minutes ahead',
  (ahead) => {
    const clock = ahead * minute;
    const events: readonly Event[] = [
      { type: 'started', at: began, run, simulated: false, endpoint: 'aws' },
      { type: 'identified', at: began, actor, account: mgmt, arn, source: { kind: 'environment' }, clock },
      { type: 'anchored', at: began + 1_000, record: 2, head, actor, requestId: 'r' },
    ];
    const [now, folded] = [began + 60 * minute, foldEvents(events)];
    const told = toldBy(folded, events, ['', '', head]);
    const wanted = wantedFor(told, { run: folded, events, operations: [], now });
    const stretch = wanted.filter(({ source }) => source === 'sts.amazonaws.com');
    expect(stretch).toHaveLength(1);
    const [{ from = 0, until = 0 } = {}] = stretch;
    const atAws = began + 1_000 + clock;
    expect(from).toBeLessThan(atAws - 4 * minute);
    expect(until).toBeGreaterThan(atAws + 4 * minute);
  },
);

test('what others did while the run went on is told by AWS’s clock', () => {
  const set = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';
  const one = sent(1);
  const clock = 10 * minute;
  const byOther = (at: number) =>
    eventOf(one, { id: `at ${at}`, at, requestId: 'x', run: 'other', attempt: 'y', set });
  const journal = (more: object): readonly Event[] =>
    [
      { type: 'identified', at: began, actor, account: mgmt, arn, source: { kind: 'environment' }, ...more },
      {
        ...{
          type: 'intended',
          at: began,
          attempt: one.attempt,
          step: 's',
          change: 'c',
          says: '',
          key: '',
          actor,
          arn,
        },
        ...{
          account: one.account,
          region: one.region,
          situation: { answers: {}, given: {}, hints: {}, run },
        },
        call: { operation: one.operation, input: { PermissionSetArn: set } },
      },
    ] as unknown as readonly Event[];
  const others = (more: object) => {
    const events = journal(more);
    const told = toldBy(foldEvents(events), events, []);
    return reconcile(told, trail([byOther(began + 5 * minute)], { looked: [looked()] }), began + 60 * minute)
      .others.length;
  };
  expect([others({ clock }), others({})]).toEqual([1, 0]);
});
