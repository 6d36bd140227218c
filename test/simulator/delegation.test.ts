import {
  DeregisterDelegatedAdministratorCommand,
  ListAccountsCommand,
  ListDelegatedAdministratorsCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import {
  DescribeInstanceCommand,
  DescribeRegionCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListRegionsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

const ServicePrincipal = 'sso.amazonaws.com';
/** AWS's own words, as others have pasted them: a member account that asked for permission sets in 2026. */
const notForYou = (arn: string, action: string, resource: string): string =>
  `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`;

test('every account of the organization is shown its instance, in each of its Regions and in no other', async () => {
  const { as, simulator, instance, management } = await simulated('multi-region');
  const { arn } = await instance();
  for (const account of simulator.accounts) {
    if (account.role === 'suspended') continue;
    for (const [region, shown] of [
      ['eu-west-1', [arn]],
      ['us-east-1', [arn]],
      ['eu-north-1', []], // it is being added
      ['eu-central-1', []],
    ] as const) {
      const { Instances = [] } = await as(account, region).sso.send(new ListInstancesCommand({}));
      expect(Instances.map(({ InstanceArn }) => InstanceArn)).toEqual(shown);
      for (const { OwnerAccountId } of Instances) expect(OwnerAccountId).toBe(management.id);
    }
  }
});

test('shown, and refused: only administrators may do more, and AWS says so in one sentence for a stranger and another Region', async () => {
  const { as, named, management, instance } = await simulated('multi-region');
  const { arn: InstanceArn } = await instance();
  const stranger = as(named('Workloads Prod'), 'eu-west-1').sso;
  const elsewhere = as(management, 'eu-central-1').sso;
  const user = (id: string) => `arn:aws:iam::${id}:user/runbook-operator`;
  const calls = [
    ['DescribeInstance', (of: typeof stranger) => of.send(new DescribeInstanceCommand({ InstanceArn }))],
    ['ListPermissionSets', (of: typeof stranger) => of.send(new ListPermissionSetsCommand({ InstanceArn }))],
    ['ListRegions', (of: typeof stranger) => of.send(new ListRegionsCommand({ InstanceArn }))],
    [
      'DescribeRegion',
      (of: typeof stranger) => of.send(new DescribeRegionCommand({ InstanceArn, RegionName: 'eu-west-1' })),
    ],
    [
      'ListTagsForResource',
      (of: typeof stranger) =>
        of.send(new ListTagsForResourceCommand({ InstanceArn, ResourceArn: InstanceArn })),
    ],
  ] as const;
  for (const [operation, ask] of calls) {
    for (const [client, id] of [
      [stranger, named('Workloads Prod').id],
      [elsewhere, management.id],
    ] as const)
      expect(await refusal(ask(client))).toMatchObject({
        name: 'AccessDeniedException',
        message: notForYou(user(id), `sso:${operation}`, InstanceArn),
      });
    await ask(as(management, 'eu-west-1').sso);
  }
  const nowhere = 'arn:aws:sso:::instance/ssoins-0000000000000000';
  expect(
    await refusal(
      as(management, 'eu-west-1').sso.send(new DescribeInstanceCommand({ InstanceArn: nowhere })),
    ),
  ).toMatchObject({ name: 'AccessDeniedException' });
});

test('a delegation and its end take effect some time after AWS Organizations knows of them', async () => {
  const { as, named, instance, pass } = await simulated('fresh', { delegationLag: 20_000 });
  const { arn: InstanceArn } = await instance();
  const account = named('Shared Services');
  const { sso, organizations } = as(account);
  const registration = { AccountId: account.id, ServicePrincipal };
  const ask = () => sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  const refused = { message: expect.stringContaining('no resource-based policies allow access') };

  await as().organizations.send(new RegisterDelegatedAdministratorCommand(registration));
  const { DelegatedAdministrators = [] } = await as().organizations.send(
    new ListDelegatedAdministratorsCommand({ ServicePrincipal }),
  );
  expect(DelegatedAdministrators.map(({ Id }) => Id)).toEqual([account.id]);
  await organizations.send(new ListAccountsCommand({}));
  pass(19_000);
  expect(await refusal(ask())).toMatchObject(refused);
  pass(1_500);
  await ask();

  await as().organizations.send(new DeregisterDelegatedAdministratorCommand(registration));
  expect((await refusal(organizations.send(new ListAccountsCommand({})))).name).toBe('AccessDeniedException');
  await ask();
  pass(20_500);
  expect(await refusal(ask())).toMatchObject(refused);
  expect((await sso.send(new ListInstancesCommand({}))).Instances).toHaveLength(1);
});

test('a delegation that was taken back before it took effect never does', async () => {
  const { as, named, instance, pass } = await simulated('fresh', { delegationLag: 20_000 });
  const { arn: InstanceArn } = await instance();
  const account = named('Shared Services');
  const registration = { AccountId: account.id, ServicePrincipal };
  await as().organizations.send(new RegisterDelegatedAdministratorCommand(registration));
  await as().organizations.send(new DeregisterDelegatedAdministratorCommand(registration));
  for (const ms of [0, 19_000, 2_000]) {
    pass(ms);
    expect((await refusal(as(account).sso.send(new ListPermissionSetsCommand({ InstanceArn })))).name).toBe(
      'AccessDeniedException',
    );
  }
});

test('a delegation that was there before is in force, whatever the lag', async () => {
  const { as, withRole, instance } = await simulated('delegated', { delegationLag: 20_000 });
  const { arn: InstanceArn } = await instance();
  await as(withRole('delegated-administrator')).sso.send(new ListPermissionSetsCommand({ InstanceArn }));
});
