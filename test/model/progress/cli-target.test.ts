import { expect, test } from 'vitest';
import type { Source } from '../../../src/model/identity.ts';
import { describeIdentity, whereOf } from '../../../src/model/progress/cli-target.ts';
import { emptyRun, type Run } from '../../../src/model/run.ts';

const role = 'arn:aws:iam::222222222222:role/Admin';
const run = (source: Source): Run => ({
  ...emptyRun,
  endpoint: 'aws',
  binding: { region: 'eu-west-1', accounts: { 'delegated-administrator': '222222222222' } },
  identities: { management: { account: '1', arn: 'arn:aws:sts::1:assumed-role/Admin/ann', source } },
});

test('a profile is named, and says as whom', () => {
  const at = run({ kind: 'profile', name: 'acme' });
  expect(whereOf(at, 'management')).toEqual({ region: 'eu-west-1', profile: 'acme' });
  expect(describeIdentity(at, 'management')).toEqual([]);
});

test('an assumed role has no profile: the command runs as nobody until one is put in, and says which', () => {
  const at = run({ kind: 'role', base: { kind: 'profile', name: 'acme' }, arn: role, externalId: 'e-1' });
  expect(whereOf(at, 'management').profile).toBe(`<a profile that assumes ${role}>`);
  const [says = ''] = describeIdentity(at, 'management');
  expect(says).toContain('As arn:aws:sts::1:assumed-role/Admin/ann');
  expect(says).toContain(`role_arn = ${role}, source_profile = acme, and the external id`);
  const other = run({ kind: 'role', base: { kind: 'environment' }, arn: role });
  expect(describeIdentity(other, 'management').join()).toContain('credential_source = Environment.');
});

test('the environment’s credentials, and those nobody has accepted yet, are said', () => {
  const at = run({ kind: 'environment' });
  expect(whereOf(at, 'management')).toEqual({ region: 'eu-west-1' });
  expect(describeIdentity(at, 'management').join()).toContain('with the environment’s credentials');
  expect(describeIdentity(at, 'delegated-administrator')).toEqual([
    'With credentials of the delegated administrator account 222222222222. Put a profile that has them in the place of <…>.',
  ]);
  expect(whereOf(at, 'delegated-administrator').profile).toBe(
    '<a profile of the delegated administrator account 222222222222>',
  );
});
