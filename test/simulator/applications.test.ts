import {
  DescribeApplicationCommand,
  ListApplicationsCommand,
  ListInstancesCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

async function opened() {
  const { as, withRole, named } = await simulated('delegated');
  const [{ InstanceArn } = {}] = (await as().sso.send(new ListInstancesCommand({}))).Instances ?? [];
  return {
    management: as().sso,
    delegate: as(withRole('delegated-administrator')).sso,
    holder: as(named('Workloads Dev')).sso,
    other: as(named('Workloads Prod')).sso,
    holds: named('Workloads Dev').id,
    list: (ApplicationAccount?: string) =>
      new ListApplicationsCommand({
        InstanceArn,
        ...(ApplicationAccount === undefined ? {} : { Filter: { ApplicationAccount } }),
      }),
  };
}

test('the management account sees all applications, and a member account those that it may name', async () => {
  const { management, delegate, holder, other, holds, list } = await opened();
  const all = (await management.send(list())).Applications ?? [];
  expect(all.map(({ Name, ApplicationAccount }) => [Name, ApplicationAccount])).toEqual([
    ['QuickSight', holds],
    ['QDevProfile-us-east-1', holds],
  ]);
  expect((await delegate.send(list(holds))).Applications).toEqual(all);
  expect((await holder.send(list(holds))).Applications).toEqual(all);
  for (const asked of [delegate.send(list()), holder.send(list()), other.send(list(holds))])
    expect(await refusal(asked)).toMatchObject({ name: 'AccessDeniedException' });
});

test('one is described, with what it was filtered by', async () => {
  const { management, other, list } = await opened();
  const [, profile] = (await management.send(list())).Applications ?? [];
  const { $metadata: _, ...described } = await management.send(
    new DescribeApplicationCommand({ ApplicationArn: profile?.ApplicationArn }),
  );
  expect(described).toEqual(profile);
  expect(
    await refusal(other.send(new DescribeApplicationCommand({ ApplicationArn: profile?.ApplicationArn }))),
  ).toMatchObject({ name: 'AccessDeniedException' });
  expect(
    await refusal(
      management.send(
        new DescribeApplicationCommand({
          ApplicationArn:
            'arn:aws:sso::111122223333:application/ssoins-0123456789abcdef/apl-0123456789abcdef',
        }),
      ),
    ),
  ).toMatchObject({ name: 'ResourceNotFoundException' });
});

test('multi-region: applications are read in additional Regions too, once those are active', async () => {
  const { as, management, instance } = await simulated('multi-region');
  const { arn: InstanceArn } = await instance();
  const list = new ListApplicationsCommand({ InstanceArn });
  const { Applications: all = [] } = await as().sso.send(list);
  expect(all).toHaveLength(2);
  const additional = as(management, 'us-east-1').sso;
  expect((await additional.send(list)).Applications).toEqual(all);
  const [{ ApplicationArn } = {}] = all;
  const describe = new DescribeApplicationCommand({ ApplicationArn });
  expect(await additional.send(describe)).toMatchObject({ ApplicationArn });
  for (const region of ['eu-north-1', 'eu-central-1']) {
    const { sso } = as(management, region);
    for (const asked of await Promise.all([sso.send(list), sso.send(describe)].map(refusal)))
      expect(asked).toMatchObject({ name: 'AccessDeniedException' });
  }
});
