import { expect, test } from 'vitest';
import { type Bench, bench, type Start } from './bench.ts';
import { asked, goesOn, madeOnce, meets, times, waitedFor, whole } from './judge.ts';

// One of each kind; more of them are in aws-more.test.ts.

const [register = '', create = '', put = '', assign = ''] = whole;

test('1 reset-after-effect: at every change, each was made once, and is adopted', () =>
  madeOnce('1 reset-after-effect', 'reset-after-effect'));

test('4 response-lost-async: the request is found in AWS’s list, and followed', async () => {
  const at = await bench('fresh', { settle: 500 });
  expect(await meets('4 response-lost-async', at, [{ fault: 'response-lost-async' }])).toMatchObject({
    code: 0,
  });
  const settled = (await at.events()).flatMap((event) => (event.type === 'settled' ? [event.attempt] : []));
  expect(settled).toEqual([expect.stringMatching(/^assign-administrator/)]);
  expect(await times(at, assign)).toBe(1);
  await goesOn(at);
});

test('5 conflict-exists: the operator is asked what to do with it, at once, and nothing is sent again', async () => {
  const undisturbed = await bench();
  await undisturbed.run();
  const at = await bench();
  const ended = await meets('5 conflict-exists', at, [{ fault: 'conflict-exists' }]);
  expect(ended.code).toBe(4);
  // It does not ask over and over: a run in which nothing is in the way asks more.
  expect(await asked(at)).toBeLessThan(await asked(undisturbed));
  expect(await times(at, create)).toBe(1);
  const [, choice = ''] = /^ +(use@\S+) /m.exec(ended.err) ?? [];
  const decided = { answers: { 'permission-set.existing': choice } };
  await goesOn(at, decided, [register, assign]);
});

test('6 conflict-busy: waited for, and tried again with an intent of its own each time', () =>
  waitedFor('6 conflict-busy', 'conflict-busy', create));

test('9 async-failed: recorded as failed, with AWS’s reason', async () => {
  const at = await bench();
  const ended = await meets('9 async-failed', at, [{ fault: 'async-failed' }]);
  expect(ended.code).toBe(1);
  expect(await at.events()).toContainEqual(
    expect.objectContaining({
      type: 'ended',
      outcome: { ended: 'failed', why: 'Received a 403 status error: Access Denied' },
    }),
  );
  await goesOn(at);
  expect(await times(at, assign)).toBe(2);
});

test('14 policy-drift between the look and the change: nothing is sent; before, found and wanted are shown', async () => {
  const get = 'sso:GetInlinePolicyForPermissionSet';
  const decide = async (at: Bench, decided?: Start): Promise<Start> => {
    const [, choice = ''] = /^ +(replace@\S+) /m.exec((await at.run(decided)).err) ?? [];
    return { answers: { 'permission-set.existing': choice } };
  };
  // The last look before the change is the one after it was confirmed: which one it is, an undisturbed run tells.
  const undisturbed = await bench('existing-set');
  const decided = await decide(undisturbed);
  const before = await times(undisturbed, get);
  await undisturbed.run(decided);
  const operations = (await undisturbed.ledger()).requests.map(({ operation }) => operation);
  const looks = operations.slice(0, operations.indexOf(put)).filter((operation) => operation === get);

  const at = await bench('existing-set');
  await decide(at);
  const orders = [{ fault: 'policy-drift', after: looks.length - before - 1 }];
  expect((await meets('14 policy-drift', at, orders, decided)).code).toBe(2);
  expect(await times(at, put)).toBe(0);
  await goesOn(at, await decide(at, decided), [put, assign]); // the earlier decision was about another policy
});

test('simulation-apart: what IAM does not simulate together is asked about apart, and nothing is to be waived', async () => {
  const at = await bench();
  await at.order({ fault: 'simulation-apart' });
  const ended = await at.run();
  expect(ended, ended.err).toMatchObject({ code: 0, err: '' });
});
