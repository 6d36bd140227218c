import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from './bench.ts';

const effects = [
  'organizations:RegisterDelegatedAdministrator',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
];

test('a pipeline is rehearsed: plan, apply and verify in a simulated organization, with the answers as they are', async () => {
  const at = await bench('fresh'); // of which nothing is asked
  const file = join(at.home, 'answers.json');
  const profiles = { management: 'corp-management', 'delegated-administrator': 'corp-identity' };
  const write = (answers: object) => writeFile(file, JSON.stringify({ profiles, answers }));
  const usual = {
    'before-you-start.understood': 'attested',
    'session-duration.seen': 'skipped',
    'permission-set.policy': 'documented',
    'delegated-account.account': 'Shared Services',
    'assign-administrator.target': 'Workloads Dev',
  };
  await write(usual);
  const plan = join(at.home, 'setup.plan');
  const planned = ['plan', '--answers', file, '--yes', '--simulate', '--out', plan];
  const first = await at.shipped(planned);
  expect(first.code, first.err).toBe(4);
  const [, user = ''] = /^ {4}(\S+\.\S+) \S/m.exec(first.out) ?? [];
  await write({ ...usual, 'administrator-user.user': user });
  const made = await at.shipped(planned);
  expect(made.code, made.out + made.err).toBe(2);
  expect(made.err).toMatch(/^Simulated: nothing happened at AWS\. \d+ requests, 0 changes\.$/m);
  const applied = await at.shipped(['apply', plan, '--yes', '--confirm', 'Shared Services', '--simulate']);
  expect(applied.code, applied.err).toBe(0);
  expect(applied.err).toContain(`4 changes.\n${effects.map((one) => `  ${one}`).join('\n')}`);
  const verified = await at.shipped(['verify', '--yes', '--simulate']);
  expect(verified.code, verified.err).toBe(0);
  expect(await at.effects()).toEqual([]);
  expect((await at.ledger()).requests).toEqual([]);
});

test('a scenario that there is not is refused by name', async () => {
  const at = await bench('fresh');
  const ended = await at.shipped(['verify', '--simulate', 'tomorrow']);
  expect(ended.code).toBe(64);
  expect(ended.err).toContain('tomorrow');
});
