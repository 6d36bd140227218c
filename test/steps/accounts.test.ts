import { describe, expect, test } from 'vitest';
import { after, change } from '../../src/model/plan.ts';
import { assignAdministrator } from '../../steps/assign-administrator.ts';
import { delegatedAccount } from '../../steps/delegated-account.ts';
import { delegatedIdentity } from '../../steps/delegated-identity.ts';
import { noProfiles } from '../../steps/lookups/profiles.ts';
import { organization as organizationStep } from '../../steps/organization.ts';
import { registerDelegatedAdministrator } from '../../steps/register-delegated-administrator.ts';
import { sessionDuration } from '../../steps/session-duration.ts';
import { at, DELEGATE, DEV, delegate, goals, instance, MGMT, notLetIn, organization } from './plans.ts';

const account = (id: string, state = 'ACTIVE') => ({ id, name: `n${id}`, state });
const all = [account(MGMT), account(DELEGATE), account(DEV, 'SUSPENDED')];

describe('organization', () => {
  const plan = (account: string, Organization?: object) =>
    goals(
      organizationStep.plan(
        { account, arn: 'arn:x', described: { seen: Organization && { Organization } } },
        at({}, {}),
      ),
    );
  const full = { Id: 'o-1', MasterAccountId: MGMT, FeatureSet: 'ALL' };
  test('every way it can stand', () => {
    expect(plan(MGMT, full)).toEqual(['organization: met', 'features: met', 'caller: met']);
    expect(plan(DEV, full)).toEqual(['organization: met', 'features: met', 'caller: warning']);
    expect(plan(MGMT, { ...full, FeatureSet: 'CONSOLIDATED_BILLING' })[1]).toBe('features: wrong');
    expect(plan(DEV)).toEqual(['organization: wrong']);
    expect(
      goals(organizationStep.plan({ account: DEV, arn: '', described: { refused: 'no' } }, at({}, {}))),
    ).toEqual(['organization: unknown firm']);
  });
});

describe('delegated-account', () => {
  const plan = (
    answer: string | undefined,
    accounts: readonly ReturnType<typeof account>[] = all,
    registered: readonly string[] = [],
  ) =>
    delegatedAccount.plan(
      { accounts: { seen: accounts }, delegates: { seen: registered } },
      at(answer === undefined ? {} : { account: answer }, { organization, instance }),
    );
  test('chosen, registered already, or still to be chosen', () => {
    expect(goals(plan(DELEGATE))).toEqual(['account: met']);
    expect(plan(DELEGATE).gives).toEqual({ id: DELEGATE, name: `n${DELEGATE}` });
    expect(goals(plan(undefined))).toEqual(['account: open account']);
    expect(plan(undefined, all, [DELEGATE]).goals[0]).toMatchObject({
      is: 'met',
      found: expect.stringContaining('already'),
    });
  });
  test('one account only: made by hand, never by the runbook', () => {
    expect(goals(plan(undefined, [account(MGMT)]))).toEqual(['account: by-hand']);
  });
  test.each([MGMT, DEV, '999999999999'])('%s cannot be it', (id) => {
    expect(goals(plan(id))).toEqual(['account: wrong']);
  });
  test.each([
    ['suspended', [account(MGMT), account(DELEGATE), account(DEV, 'SUSPENDED')]],
    ['being closed', [account(MGMT), account(DELEGATE), account(DEV, 'PENDING_CLOSURE')]],
    ['no longer in the organization', [account(MGMT), account(DELEGATE)]],
  ])('registered, and %s: there is one way, whatever else is chosen', (how, accounts) => {
    for (const answer of [undefined, DEV, DELEGATE]) {
      expect(goals(plan(answer, accounts, [DEV]))).toEqual(['account: by-hand']);
      expect(plan(answer, accounts, [DEV]).goals[0]).toMatchObject({
        says: expect.stringMatching(
          new RegExp(
            `^Deregister .*${DEV}.* is ${how}.*Only the management account ${MGMT}.*choose another account`,
          ),
        ),
        command: `aws organizations deregister-delegated-administrator --account-id ${DEV} --service-principal sso.amazonaws.com`,
      });
    }
  });
  test('refused: wrong with a member’s eyes, unknown with the management account’s', () => {
    const refused = { accounts: { refused: 'AccessDenied' }, delegates: { seen: [] } };
    const told = at({}, { organization, instance });
    expect(goals(delegatedAccount.plan(refused, { ...told, eyes: 'delegated-administrator' }))).toEqual([
      'account: wrong',
    ]);
    expect(goals(delegatedAccount.plan(refused, { ...told, eyes: 'management' }))).toEqual([
      'account: unknown firm',
    ]);
  });
});

test('who may not list accounts is told why: no administrator, or a policy', () => {
  const remedy = (refused: string) =>
    delegatedAccount.plan(
      { accounts: { refused }, delegates: { seen: [] } },
      { ...at({}, { organization, instance }), eyes: 'delegated-administrator' },
    ).goals[0];
  expect(remedy("AccessDeniedException: You don't have permissions to access this resource.")).toMatchObject({
    remedy: expect.stringMatching(/neither the management account’s nor a delegated administrator’s/),
  });
  const denied = remedy(
    'AccessDeniedException: User: arn:x is not authorized to perform: organizations:ListAccounts on resource: * because no identity-based policy allows the organizations:ListAccounts action',
  );
  expect(denied).toMatchObject({
    remedy: expect.stringMatching(/The policies of these credentials do not allow it.*ListAccounts/),
  });
  expect(denied).not.toMatchObject({ remedy: expect.stringContaining('neither') });
});

describe('register-delegated-administrator', () => {
  const sso = { seen: ['sso.amazonaws.com'] };
  const plan = (registered: readonly string[], access: { seen: string[] } | { refused: string } = sso) =>
    goals(
      registerDelegatedAdministrator.plan(
        { registered, access },
        at({}, { organization, instance, account: { id: DELEGATE, name: 'Identity' } }),
      ),
    );
  test('every way it can stand', () => {
    expect(plan([])).toEqual([
      'access: met',
      'registered: dangerous organizations:RegisterDelegatedAdministrator',
    ]);
    expect(plan([DELEGATE])).toEqual(['access: met', 'registered: met']);
    expect(plan([DEV])).toEqual(['access: met', 'registered: wrong']);
    expect(plan([], { seen: [] })[0]).toBe('access: wrong');
    expect(plan([], { refused: 'denied' })[0]).toBe('access: unknown');
  });
});

describe('delegated-identity', () => {
  const plan = (caller: string, admitted: { seen: object } | { refused: string }, portal?: string) =>
    goals(
      delegatedIdentity.plan(
        { account: caller, arn: 'arn:x', admitted },
        at(portal === undefined ? {} : { portal }, { organization, instance, delegate }),
      ),
    );
  test('every way it can stand', () => {
    const seen = { seen: {} };
    expect(plan(DELEGATE, seen, 'https://x')).toEqual(['caller: met', 'instance: met', 'portal: met']);
    expect(plan(DELEGATE, seen)[2]).toBe('portal: open portal');
    expect(plan(DEV, seen)).toEqual(['caller: wrong']);
    expect(plan(DELEGATE, { refused: notLetIn('sso:ListPermissionSets') })[1]).toBe(
      'instance: unknown firm soon',
    );
    expect(plan(DELEGATE, { refused: 'denied' })[1]).toBe('instance: unknown firm');
  });
  test.each([
    'because no identity-based policy allows the sso:ListPermissionSets action',
    'with an explicit deny in an identity-based policy',
    'with an explicit deny in a service control policy',
    'with an explicit deny in a resource control policy',
    'because no permissions boundary allows the sso:ListPermissionSets action',
    'because no session policy allows the sso:ListPermissionSets action',
    'because no VPC endpoint policy allows the sso:ListPermissionSets action',
  ])('a denial that lasts is not waited for: %s', (why) => {
    const refused = `AccessDeniedException: User: arn:x is not authorized to perform: sso:ListPermissionSets on resource: ${instance.arn} ${why}`;
    expect(plan(DELEGATE, { refused })[1]).toBe('instance: unknown firm');
  });
});

describe('assign-administrator', () => {
  const user = { principals: [{ type: 'USER' as const, id: 'u-1', name: 'ada' }] };
  const row = { account: DELEGATE, type: 'USER', id: 'u-1' };
  const set = { arn: 'arn:set', name: 'Set', policy: 'documented' };
  const plan = (target: string | undefined, found = all.find(({ id }) => id === target), assigned = false) =>
    assignAdministrator.plan(
      {
        accounts: found ? [found] : [],
        seen: { rows: assigned ? [row] : [], gone: [] },
        profiles: noProfiles,
        earlier: [],
      },
      at(target === undefined ? {} : { target }, { organization, instance, delegate, user, set }),
    );
  test('every way it can stand', () => {
    expect(goals(plan(undefined))).toEqual(['target: open target']);
    expect(goals(plan(DELEGATE))).toEqual([
      'target: met',
      `USER:u-1@${DELEGATE}: sso:CreateAccountAssignment`,
    ]);
    expect(goals(plan(DELEGATE, account(DELEGATE), true))).toEqual([
      'target: met',
      `USER:u-1@${DELEGATE}: met`,
    ]);
    for (const id of [DEV, '999999999999']) expect(goals(plan(id))).toEqual(['target: wrong']);
  });
  test('values known later are planned with', () => {
    const create = change('set', '', 'sso:CreatePermissionSet', { InstanceArn: 'i', Name: 'n' });
    const arn = after(create, 'PermissionSet.PermissionSetArn');
    const planned = assignAdministrator.plan(
      {
        accounts: [account(DELEGATE) ?? expect.fail()],
        seen: { rows: [], gone: [] },
        profiles: noProfiles,
        earlier: [],
      },
      at(
        { target: DELEGATE },
        { organization, instance, delegate, user, set: { arn, name: 'Set', policy: 'documented' } },
      ),
    );
    expect(planned.goals[1]).toMatchObject({ call: { input: { PermissionSetArn: arn } } });
  });
});

describe('session-duration', () => {
  const plan = (created: string, seen?: string) =>
    sessionDuration.plan(
      undefined,
      at(seen === undefined ? {} : { seen }, { organization, instance: { ...instance, created } }),
    );
  test.each([
    ['2024-04-17T23:59:59.000Z', 'before 18 April 2024, so the default is 8 hours'],
    ['2024-04-18T00:00:00.000Z', '90 days'],
    ['2025-01-01T00:00:00.000Z', '90 days'],
    ['', 'is unknown'],
  ])('set up on %s: %s', (created, says) => {
    expect(plan(created).notes?.[0]).toContain(says);
  });
  test('it opens in the management account, in the home Region', () => {
    expect(plan('').link).toMatch(new RegExp(`^https://${MGMT}\\.${instance.region}\\.console`));
  });
  test('looked at, skipped, or still open', () => {
    expect(goals(plan('', 'attested'))).toEqual(['seen: met']);
    expect(goals(plan('', 'skipped'))).toEqual(['seen: warning']);
    expect(goals(plan(''))).toEqual(['seen: open seen']);
    expect(goals(plan('', 'nonsense'))).toEqual(['seen: open seen']);
  });
});
