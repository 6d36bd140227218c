import { expect } from 'vitest';
import { more, test } from '../more.ts';
import { runner } from './in-process.ts';
import { deciding, failures, goesOnWithout, healing, informing, struck } from './informing.ts';

test('something only informs, and most decides', () => {
  expect(informing).toContain('iam:SimulatePrincipalPolicy');
  expect(informing).toContain('sso:ListApplications');
  expect(deciding).toContain('sso:ListInstances');
});

// One of them: the others are in hiccups.test.ts.
test.each(failures.slice(-1))(
  '%s, always, where it only informs: the run comes to its end, and says so',
  (_, fault) => goesOnWithout(fault),
);

test('whether permission sets are switched on is not told: it is said, and stops nothing', async () => {
  const at = await runner();
  await at.order('_faults', { fault: 'captive-portal', status: 403, operation: 'sso:DescribeInstance' });
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 0 });
  expect(ended.said).toMatch(
    /^warning +home-region: Permission sets are turned on: could not be checked: .*sso:DescribeInstance: what answered is not AWS/m,
  );
});

more.each([
  ['no answer at all', { fault: 'hang' }, / no answer within 5 s/, 10],
  ['too many requests', { fault: 'throttle-forever' }, /Rate exceeded| no answer within 5 s/, 60],
])(
  '%s, where it only informs: it is waited for a few seconds, once',
  async (_, fault, says, most) => {
    const at = await runner('delegated');
    for (const operation of ['iam:SimulatePrincipalPolicy', 'sso:ListApplications'])
      await at.order('_faults', { ...fault, operation, times: 'always' });
    const ended = await at.run();
    expect(ended, ended.said).toMatchObject({ code: 0 });
    for (const line of [
      /^warning +delegated-identity: These credentials have the permissions/,
      /^warning +hand-over: .* has a CodeWhisperer profile/,
    ])
      expect(ended.said.split('\n').find((one) => line.test(one))).toMatch(says);
    // Of each identity once, and not at each look anew. The SDK asks again where it is told to come back later.
    expect((await struck(at)).reduce((sum, times) => sum + times, 0)).toBeLessThanOrEqual(most);
  },
  60_000,
);

test('a hiccup of the first call of all heals as any other', async () => {
  const at = await runner();
  await at.order('_faults', { ...healing, operation: 'sts:GetCallerIdentity' });
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 0 });
});

// One that decides; the others are in hiccups.test.ts.
test.each([['sso:ListInstances', healing] as const])(
  '%s: a hiccup heals by itself (%j)',
  async (operation, fault) => {
    const at = await runner('other-region');
    await at.order('_faults', { ...fault, operation });
    const ended = await at.run({}, {}, { changeTimeout: 4_000 });
    expect(ended, ended.said).toMatchObject({ code: 0 });
  },
);

test('a hiccup where IAM Identity Center is looked for asks no other Region', async () => {
  const at = await runner();
  await at.order('_faults', { fault: 'captive-portal', status: 403, operation: 'sso:ListInstances' });
  expect((await at.run()).code).toBe(0);
  const { requests } = await at.ledger();
  const regions = requests.flatMap((one) => (one.operation === 'sso:ListInstances' ? [one.region] : []));
  expect(new Set(regions.filter((region) => region !== '')).size).toBe(1);
});
