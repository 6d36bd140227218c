import { describe, expect, test } from 'vitest';
import { isChange, wordsFor } from '../../src/model/plan.ts';
import { assignAdministrator } from '../../steps/assign-administrator.ts';
import { type Taken, unassigned } from '../../steps/assignments/undo-assignments.ts';
import { delegatedAccount } from '../../steps/delegated-account.ts';
import { describeShared, isNameOf, markShared, wordsForAccount } from '../../steps/lookups/account-words.ts';
import type { Account } from '../../steps/lookups/accounts.ts';
import { dangerous, describeOwner } from '../../steps/policies/owner-account.ts';
import { registerDelegatedAdministrator } from '../../steps/register-delegated-administrator.ts';
import { at, DELEGATE, DEV, delegate, instance, MGMT, organization } from './plans.ts';

const account = (id: string, name: string): Account => ({ id, name, state: 'ACTIVE' });

test.each([
  ['the same name', 'Development', 'Development'],
  ['capitals', 'Development', 'DEVELOPMENT'],
  ['blanks around it, which typing loses', 'Development', 'Development '],
  ['two blanks, which a screen does not show', 'Shared Services', 'Shared  Services'],
  ['another way to write a letter', 'Entwicklung ä', 'Entwicklung a\u0308'],
  ['wide letters', 'Dev', 'Ｄｅｖ'],
])('%s: neither name says which account is meant', (_, one, other) => {
  const marked = markShared([account(DELEGATE, one), account(DEV, other), account(MGMT, 'Management')]);
  expect(marked.map(({ shared }) => shared)).toEqual([true, true, undefined]);
  expect(marked.map(wordsForAccount)).toEqual([[DELEGATE], [DEV], ['Management', MGMT]]);
  expect(marked.map((one) => describeShared(one).length)).toEqual([1, 1, 0]);
});

test('a name that is the id of another account says nothing; the id does', () => {
  const marked = markShared([account(DELEGATE, DEV), account(DEV, 'Development')]);
  expect(marked.map(wordsForAccount)).toEqual([[DELEGATE], ['Development', DEV]]);
});

test('an account that has its own id as its name is asked for once', () => {
  expect(markShared([account(DEV, DEV)]).map(wordsForAccount)).toEqual([[DEV]]);
});

describe('what is dangerous to one of two accounts called Development takes its id', () => {
  const accounts = markShared([
    account(MGMT, 'Management'),
    account(DELEGATE, 'Development'),
    account(DEV, 'Development'),
  ]);
  const chosen = delegatedAccount.plan(
    { accounts: { seen: accounts }, delegates: { seen: [] } },
    at({ account: DELEGATE }, { organization, instance }),
  ).gives;
  if (!chosen) throw new Error('no account was chosen');

  test('registering it, and what follows from it', () => {
    const plan = registerDelegatedAdministrator.plan(
      { registered: [], access: { seen: ['sso.amazonaws.com'] } },
      at({}, { organization, instance, account: chosen }),
    );
    const changes = plan.goals.filter(isChange);
    expect(wordsFor(changes)).toEqual([DELEGATE]);
    expect(changes[0]?.decisive?.join()).toContain('the 12-digit id is asked for');
    const owner = plan.gives;
    if (!owner) throw new Error('nothing is given');
    expect([dangerous(owner).typed, describeOwner(owner).length]).toEqual([[DELEGATE], 1]);
    expect(dangerous(delegate).typed).toEqual([delegate.name, DELEGATE]);
  });

  test('deregistering it', () => {
    const made = {
      attempt: 'register-delegated-administrator/registered#1',
      ...{ change: 'registered', says: 'Register', at: 0, seen: 0 },
      call: {
        operation: 'organizations:RegisterDelegatedAdministrator',
        input: { AccountId: DELEGATE, ServicePrincipal: 'sso.amazonaws.com' },
      },
    } as const;
    const plan = registerDelegatedAdministrator.undo?.plan(
      [{ account: DELEGATE, since: undefined }],
      at({}, { organization, instance, account: chosen }),
      [made],
    );
    expect(wordsFor(plan?.goals.filter(isChange) ?? [])).toEqual([DELEGATE]);
  });

  type Input = Taken['input'];
  const set = { arn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', name: 'Set', policy: 'documented' };
  const taken = (target: string): Taken => ({
    one: {
      attempt: `assign-administrator/a@${target}#1`,
      ...{ change: 'a', says: 'Assign', at: 0, seen: 0 },
      call: { operation: 'sso:CreateAccountAssignment', input: inputOf(target) },
    },
    input: inputOf(target),
    place: accounts.find(({ id }) => id === target) ?? account(target, target),
    assigned: true,
    accounts,
  });
  const inputOf = (target: string): Input => ({
    ...{ InstanceArn: instance.arn, TargetId: target, TargetType: 'AWS_ACCOUNT' },
    ...{ PermissionSetArn: set.arn, PrincipalId: 'u-1', PrincipalType: 'USER' },
  });
  const words = (targets: readonly string[], name = 'Set'): readonly string[] =>
    wordsFor(
      unassigned(targets.map(taken), { set: { name }, principals: [] }, 'https://x').goals.filter(isChange),
    );
  test('taking an assignment back', () => {
    expect(words([DEV])).toEqual([DEV]);
    expect(words([MGMT])).toEqual(['Management', MGMT]);
    expect(words([DEV, MGMT])).toEqual(['Set']);
  });
  test('a set that is called like an account is named by its id', () => {
    expect(words([DEV, MGMT], 'development')).toEqual(['ps-1']);
    expect(isNameOf('Set', accounts)).toBe(false);
  });
  test('the management account as a target', async () => {
    const own = markShared([account(MGMT, 'Development'), account(DEV, 'Development')]);
    const given = {
      ...{ organization, instance, delegate, set },
      user: { principals: [{ type: 'USER', id: 'u-1', name: 'ada' }] },
    } as const;
    const plan = assignAdministrator.plan(
      { accounts: [...own], seen: { rows: [], gone: [] }, profiles: { of: [], elsewhere: [] }, earlier: [] },
      at({ target: JSON.stringify([MGMT, DEV]), management: 'own-set' }, given),
    );
    expect(plan.gives).toMatchObject({ own: { id: MGMT, shared: true } });
  });
});
