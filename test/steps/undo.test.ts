import { describe, expect, test } from 'vitest';
import { RequestRejected } from '../../src/model/reader.ts';
import type { AppliedChange } from '../../src/model/step.ts';
import { administratorUser } from '../../steps/administrator-user.ts';
import { assignAdministrator } from '../../steps/assign-administrator.ts';
import { permissionSet } from '../../steps/permission-set.ts';
import { registerDelegatedAdministrator } from '../../steps/register-delegated-administrator.ts';
import { madeAt, madeBy } from './made.ts';
import { at, DELEGATE, DEV, delegate, goals, instance, organization } from './plans.ts';

const ServicePrincipal = 'sso.amazonaws.com';
/** A step's way back, which `step` keeps as it was written. */
const undoOf = <U>({ undo }: { readonly undo?: U }): U => undo ?? expect.fail('it has no way back');

describe('the delegation', () => {
  const registers = (n: number, AccountId = DELEGATE): AppliedChange =>
    madeBy(n, 'registered', 'organizations:RegisterDelegatedAdministrator', { AccountId, ServicePrincipal });
  const plan = (
    delegations: readonly { readonly account: string; readonly since: number | undefined }[],
    made: readonly AppliedChange[] = [registers(1)],
  ) =>
    undoOf(registerDelegatedAdministrator).plan(
      delegations,
      at({}, { organization, instance, account: { id: DELEGATE, name: 'Identity' } }),
      made,
    );
  const ours = { account: DELEGATE, since: madeAt };

  test('is taken back where it is of the time in which this run made it, or AWS does not tell', () => {
    for (const since of [madeAt, undefined]) {
      const planned = plan([{ ...ours, since }]);
      expect(goals(planned)).toEqual([
        'registered#1: dangerous organizations:DeregisterDelegatedAdministrator',
      ]);
      expect(planned.goals[0]).toMatchObject({
        typed: ['Identity', DELEGATE],
        decisive: [expect.stringContaining('Identity'), expect.stringContaining('assignments')],
        call: { input: { AccountId: DELEGATE, ServicePrincipal } },
      });
    }
  });

  test('is left where somebody else made it, earlier or later', () => {
    for (const since of [madeAt - 86_400_000, madeAt + 86_400_000])
      expect(goals(plan([{ ...ours, since }]))).toEqual(['registered#1: wrong']);
  });

  test('that is gone, or another account’s by now, is taken back already', () => {
    expect(goals(plan([]))).toEqual(['registered#1: met']);
    expect(goals(plan([{ account: DEV, since: madeAt }]))).toEqual(['registered#1: met']);
  });

  test('made twice is taken back once; of an account that is not the chosen one any more only the id is known', () => {
    expect(goals(plan([ours], [registers(1), registers(5)]))).toEqual([
      'registered#5: dangerous organizations:DeregisterDelegatedAdministrator',
    ]);
    const other = plan([{ account: DEV, since: madeAt }], [registers(1, DEV)]).goals[0];
    expect(other).toMatchObject({ says: `Deregister ${DEV}`, typed: [DEV] });
  });

  test('what stays: that nobody notices it, or that it was there before', () => {
    const stays = registerDelegatedAdministrator.stays;
    expect(stays?.([registers(1)], undefined)).toEqual([expect.stringContaining('stay')]);
    const seen = { goals: [{ is: 'met', id: 'registered', says: 'It is', found: 'so' }] } as const;
    expect(stays?.([], seen)).toEqual(['It is (so): already in place before this run.']);
    expect(stays?.([], undefined)).toEqual([]);
  });
});

describe('the assignment', () => {
  const input = (TargetId: string, PrincipalId = 'u-1') => ({
    ...({ InstanceArn: instance.arn, TargetType: 'AWS_ACCOUNT', TargetId } as const),
    ...({ PermissionSetArn: 'arn:set', PrincipalType: 'USER', PrincipalId } as const),
  });
  const assigns = (n: number, TargetId = DEV, PrincipalId = 'u-1'): AppliedChange =>
    madeBy(n, 'assignment', 'sso:CreateAccountAssignment', input(TargetId, PrincipalId));
  const told = at(
    { target: DEV },
    {
      organization,
      instance,
      delegate,
      user: { principals: [{ type: 'USER', id: 'u-1', name: 'ada' }] },
      set: { arn: 'arn:set', name: 'Set', policy: 'documented' },
    },
  );
  type Listed = Readonly<Record<string, readonly (readonly [string, string])[] | 'no set'>>;
  /** AWS lists the account Dev, and these assignments: type and id of the principal, by account. */
  const aws = (listed: Listed) =>
    ({
      // Everybody is still there.
      read: async () => ({}),
      pages: async function* (operation: string, { AccountId = '' }: { AccountId?: string }) {
        if (operation === 'organizations:ListAccounts')
          yield { Accounts: [{ Id: DEV, Name: 'Dev', State: 'ACTIVE' }] };
        else {
          const rows = listed[AccountId] ?? [];
          if (rows === 'no set') throw new RequestRejected('ResourceNotFoundException', 'no such set');
          yield {
            AccountAssignments: rows.map(([PrincipalType, PrincipalId]) => ({ PrincipalType, PrincipalId })),
          };
        }
      },
    }) as unknown as Parameters<
      ReturnType<typeof undoOf<NonNullable<typeof assignAdministrator.undo>>>['observe']
    >[0];
  const plan = async (listed: Listed, made: readonly AppliedChange[] = [assigns(1)]) => {
    const undo = undoOf(assignAdministrator);
    return undo.plan(await undo.observe(aws(listed), told, made), told, made);
  };
  const removal = 'assignment#1: dangerous sso:DeleteAccountAssignment';

  test('is removed by the very call that made it, dangerous, with the account’s name or id', async () => {
    const planned = await plan({ [DEV]: [['USER', 'u-1']] });
    expect(goals(planned)).toEqual([removal]);
    expect(planned.goals[0]).toMatchObject({
      says: `Remove ada’s assignment to Dev (${DEV}) with Set`,
      typed: ['Dev', DEV],
      call: { input: input(DEV) },
    });
  });

  test('that is gone is taken back already: another’s, a group’s of that id, or no set at all', async () => {
    for (const rows of [[], [['USER', 'u-2']], [['GROUP', 'u-1']], 'no set'] as const)
      expect(goals(await plan({ [DEV]: rows }))).toEqual(['assignment#1: met']);
  });

  test('made twice is removed once; another user’s by what the run said of it', async () => {
    const listed: Listed = { [DEV]: [['USER', 'u-1']], '4': [['USER', 'u-2']] };
    const bob = { ...assigns(2, '4', 'u-2'), says: 'Assign bob to 4 with Set' };
    const planned = await plan(listed, [assigns(1), bob, assigns(3)]);
    expect(planned.goals.map(({ id }) => id).toSorted()).toEqual(['assignment#2', 'assignment#3']);
    expect(planned.goals.find(({ id }) => id === 'assignment#2')).toMatchObject({
      says: 'Remove what this run did: Assign bob to 4 with Set',
      typed: ['Set'], // in several accounts: none of their names stands for the others
    });
  });
});

test('what was there before this run is named as staying, where this run did not make it', () => {
  const seen = (id: string, is: 'met' | 'warning') => ({
    goals: [{ is, id, says: `There is ${id}`, found: 'so' }],
  });
  const cases = [
    [assignAdministrator.stays, 'assignment'],
    [permissionSet.stays, 'set'],
    [administratorUser.stays, 'user'],
  ] as const;
  for (const [stays, id] of cases) {
    expect(stays?.([], seen(id, 'met'))).toEqual([`There is ${id} (so): already in place before this run.`]);
    expect(stays?.([], seen(id, 'warning'))).toEqual([]);
    expect(stays?.([], seen('something else', 'met'))).toEqual([]);
  }
  const made = madeBy(1, 'set', 'sso:CreatePermissionSet', { InstanceArn: 'i', Name: 'n' });
  expect(permissionSet.stays?.([made], seen('set', 'met'))).toEqual([]);
});
