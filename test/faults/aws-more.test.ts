import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { type Bench, bench, type Start } from './bench.ts';
import { asked, goesOn, madeOnce, meets, times, waitedFor, whole } from './judge.ts';

const [register = '', create = '', put = '', assign = ''] = whole;

test.each([
  ['2 500-after-effect', '500-after-effect'],
  ['3 truncated-body', 'truncated-body'],
])('%s: at every change, each was made once, and is adopted', madeOnce);

test.each([
  ['6 conflict-busy at Organizations', 'conflict-busy', register],
  ['7 throttle-burst', 'throttle-burst', create],
])('%s: waited for, and tried again with an intent of its own each time', waitedFor);

test('7 throttle-burst of reads: they are asked again', async () => {
  const at = await bench();
  const orders = [{ fault: 'throttle-burst', operation: 'reads', after: 30, times: 4 }];
  expect(await meets('7 throttle-burst of reads', at, orders)).toMatchObject({ code: 0 });
  await goesOn(at);
});

test('8 throttle-forever: it ends when patience does, and goes on when AWS does', async () => {
  const at = await bench();
  const ended = await meets('8 throttle-forever', at, [{ fault: 'throttle-forever', operation: 'writes' }], {
    flags: ['--patience', '600'],
  });
  expect(ended.code).toBe(3);
  await goesOn(at);
});

test('8 throttle-forever, of everything', async () => {
  const at = await bench();
  const ended = await meets('8 throttle-forever of everything', at, [{ fault: 'throttle-forever' }]);
  expect(ended.code).toBe(3);
  await goesOn(at);
});

test('10 async-stuck: left under way, and the same request is followed by the next start', async () => {
  const at = await bench();
  const hasty = { flags: ['--patience', '500'] };
  const ended = await meets('10 async-stuck', at, [{ fault: 'async-stuck' }], hasty);
  expect(ended.code).toBe(3);
  expect((await at.run(hasty)).code).toBe(3);
  await goesOn(at);
  expect(await times(at, assign)).toBe(1);
  const attempts = (await at.events()).flatMap((event) =>
    event.type === 'accepted' && event.attempt.startsWith('assign') ? [event.request] : [],
  );
  expect(new Set(attempts).size).toBe(1);
});

test('11 eventual-consistency: what AWS took and does not show yet is waited for, never made again', async () => {
  const at = await bench();
  const orders = [{ fault: 'eventual-consistency', ms: 1_500, times: 'always' }];
  const patient = { flags: ['--patience', '6000'] };
  expect(await meets('11 eventual-consistency', at, orders, patient)).toMatchObject({ code: 0 });
  for (const operation of whole) expect(await times(at, operation)).toBe(1);
  await goesOn(at, patient);
});

test('11 eventual-consistency, longer than patience: it is said, and the next start looks', async () => {
  let ahead = 0; // so that it is neither over too early on a slow machine, nor to be waited for
  const at = await bench('fresh', { now: () => Date.now() + ahead });
  const orders = [{ fault: 'eventual-consistency', ms: 120_000 }];
  const hasty = { flags: ['--patience', '300'] };
  const ended = await meets('11 eventual-consistency beyond patience', at, orders, hasty);
  expect(ended.code).toBe(3);
  ahead = 120_000;
  expect((await at.run()).code).toBe(0);
  await goesOn(at);
  expect(await times(at, register)).toBe(1);
});

test('12 delegated-admin-exists: the account that holds it is named, at once', async () => {
  const undisturbed = await bench();
  await undisturbed.run();
  const at = await bench();
  const ended = await meets('12 delegated-admin-exists', at, [{ fault: 'delegated-admin-exists' }]);
  expect(ended.code).toBe(5);
  expect(await asked(at)).toBeLessThan(await asked(undisturbed));
  expect(await times(at, register)).toBe(1);
  const [, holder = ''] = /account (\d{12}) is registered already/.exec(ended.err) ?? [];
  await writeProfiles(join(at.home, 'aws'), at.simulator, holder);
  await goesOn(at, { answers: { 'delegated-account.account': holder } }, [create, put, assign]);
});

test('13 management-account-target: refused before any call', async () => {
  const undisturbed = await bench();
  await undisturbed.run();
  const at = await bench();
  const management = at.simulator.accounts[0]?.id ?? '';
  const ended = await meets('13 management-account-target', at, [], {
    answers: { 'assign-administrator.target': management },
  });
  expect(ended.code).toBe(4);
  expect(await asked(at)).toBeLessThan(await asked(undisturbed));
  expect(await times(at, assign)).toBe(0);
  await goesOn(at);
});

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
