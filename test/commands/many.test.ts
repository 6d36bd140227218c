import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import {
  DeleteAccountAssignmentCommand,
  ListAccountAssignmentsCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { view } from '../simulator/simulated.ts';
import { bench } from './bench.ts';
import { planned } from './planned.ts';

interface Call {
  readonly operation: string;
  readonly input: object;
}
test('twenty people in five accounts by an answers file; the same again plans only what is missing', async () => {
  const at = await bench('large', { settle: 0, size: { users: 30, sets: 0 } });
  const world = view(at.simulator);
  const { arn: InstanceArn, store: IdentityStoreId } = await world.instance();
  const { sso, identity } = world.as();
  const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId }));
  const people = Users.filter(({ UserStatus }) => UserStatus !== 'DISABLED').slice(0, 20);
  const teams = at.simulator.accounts.filter(({ name, role }) => /^Team/.test(name) && role === 'member');
  const accounts = teams.slice(0, 5).map(({ id }) => id);
  const delegate = at.account('Shared Services');
  const answers = {
    'delegated-account.account': delegate.id,
    'administrator-user.user': people.map(({ UserName = '' }) => UserName),
    'assign-administrator.target': accounts,
  };
  const flags = ['--confirm', delegate.name, '--confirm', '20'];
  const done = await at.run(answers, flags);
  expect(done.code, done.err).toBe(0);
  const assigned = (await at.effects()).filter((one) => one === 'sso:CreateAccountAssignment');
  expect(assigned).toHaveLength(100);

  expect(await planned(at, answers)).toMatchObject({ code: 0, err: '' });

  // One of the hundred goes.
  const { PermissionSets = [] } = await sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  const holders = async (PermissionSetArn: string): Promise<number> => {
    const there = { InstanceArn, PermissionSetArn, AccountId: accounts[3] };
    const { AccountAssignments = [] } = await sso.send(new ListAccountAssignmentsCommand(there));
    return AccountAssignments.length;
  };
  const each = await Promise.all(PermissionSets.map(async (arn) => ({ arn, has: await holders(arn) })));
  const PermissionSetArn = each.find(({ has }) => has === 20)?.arn ?? '';
  const gone = { PrincipalType: 'USER', PrincipalId: people[7]?.UserId, TargetId: accounts[3] } as const;
  const set = { InstanceArn, PermissionSetArn, TargetType: 'AWS_ACCOUNT' } as const;
  await sso.send(new DeleteAccountAssignmentCommand({ ...set, ...gone }));
  await eventually(async () => expect(await holders(PermissionSetArn)).toBe(19));

  const plan = await planned(at, answers, ['--yes', '--json']);
  expect(plan.code, plan.err).toBe(2);
  const { steps } = JSON.parse(plan.out) as {
    steps: readonly { readonly changes: readonly Call[] }[];
  };
  const changes = steps.flatMap((step) => step.changes);
  expect(changes.map(({ operation, input }) => ({ operation, input }))).toEqual([
    { operation: 'sso:CreateAccountAssignment', input: { ...set, ...gone } },
  ]);
  const before = (await at.effects()).length;
  // Somebody has undone what the run had made: it is named, and made once more for its own word alone.
  const key = `assign-administrator.USER:${gone.PrincipalId}@${gone.TargetId}`;
  const refused = await at.run(answers, flags);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(`--confirm ${key}`)]);
  expect((await at.effects()).slice(before)).toEqual([]);
  const again = await at.run(answers, [...flags, '--confirm', key]);
  expect((await at.effects()).slice(before), again.err).toEqual(['sso:CreateAccountAssignment']);
});
