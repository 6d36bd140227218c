import { expect, test } from 'vitest';
import { followsFrom } from '../../src/model/text/follows-from.ts';

import { assigned, manyPeople, nobody } from '../../steps/assignments/assignments.ts';
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

test('what the set needs in the account is said before it is assigned, with where to look and as whom', () => {
  const needy = { ...set, needs: ['/infra/Limits', '/Mine'] };
  const [goal] = assigned(nobody, { instance, set: needy, principals: [user] }, [place], 'https://console');
  const said = (goal?.is === 'change' && goal.decisive?.join('\n')) || expect.fail('it is no change');
  for (const path of ['/infra/Limits', '/Mine']) {
    expect(said).toContain(`Dev has to have the policy ${path} already`);
    expect(said).toContain(
      `aws iam get-policy --policy-arn arn:aws:iam::${DEV}:policy${path} --profile '<a profile of account ${DEV}>'`,
    );
  }
  expect(said).toMatch(
    /cannot look into that account\. If AWS answers NoSuchEntity, have the policy created/,
  );
  const [plain] = wanted(nobody, user);
  expect(plain?.is === 'change' && followsFrom(plain).join()).not.toContain('get-policy');
});

test.each([
  [[user], undefined],
  [[{ ...group, members: 5 }], undefined],
  [[user, { ...group, members: 5 }], '6 people'],
  [[{ ...group, members: 40 }], '40 people'],
] as const)('that few groups are many people is said: %j', (principals, says) => {
  const { risk, decisive } = manyPeople(principals);
  expect([risk, decisive?.[0]?.slice(0, says?.length)]).toEqual([undefined, says]);
});
