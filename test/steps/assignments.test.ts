import { expect, test } from 'vitest';
import { assigned, nobody } from '../../steps/assignments/assignments.ts';
import { DEV, instance } from './plans.ts';

const set = { arn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', name: 'Admins' };
const place = { id: DEV, name: 'Dev' };
const [user, group] = [
  { type: 'USER', id: 'p-1', name: 'ada' },
  { type: 'GROUP', id: 'p-1', name: 'Admins' },
] as const;
const wanted = (
  seen: Parameters<typeof assigned>[0],
  ...principals: readonly (typeof user | typeof group)[]
) => assigned(seen, { instance, set, principals }, [place], 'https://console');

test('a group is assigned as a group, a user as a user, each by its own id, to the account that was chosen', () => {
  const input = {
    InstanceArn: instance.arn,
    TargetType: 'AWS_ACCOUNT',
    TargetId: DEV,
    PermissionSetArn: set.arn,
  };
  expect(wanted(nobody, user, group)).toMatchObject([
    { id: `USER:p-1@${DEV}`, call: { input: { ...input, PrincipalType: 'USER', PrincipalId: 'p-1' } } },
    { id: `GROUP:p-1@${DEV}`, call: { input: { ...input, PrincipalType: 'GROUP', PrincipalId: 'p-1' } } },
  ]);
});

test('an assignment is there where AWS lists it for this principal, of this kind, in this account', () => {
  const is = (row: { readonly account: string; readonly type: string; readonly id: string }) =>
    wanted({ rows: [row], gone: [] }, user).map((goal) => goal.is);
  expect(is({ account: DEV, type: 'USER', id: 'p-1' })).toEqual(['met']);
  expect(is({ account: DEV, type: 'GROUP', id: 'p-1' })).toEqual(['change']);
  expect(is({ account: DEV, type: 'USER', id: 'p-2' })).toEqual(['change']);
  expect(is({ account: '999999999999', type: 'USER', id: 'p-1' })).toEqual(['change']);
});
