import { CreateAccountCommand } from '@aws-sdk/client-organizations';
import {
  CreatePermissionSetCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

const numbered = (count: number, prefix = 'k') =>
  Array.from({ length: count }, (_, n) => ({ Key: `${prefix}${n}`, Value: '' }));

test('a permission set has 50 tags at most: when it is created, and afterwards', async () => {
  const { as, instance, ledger } = await simulated('fresh');
  const { arn: InstanceArn } = await instance();
  const { sso } = as();
  const create = (count: number) =>
    sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'a', Tags: numbered(count) }));
  const quota = { name: 'ServiceQuotaExceededException' };
  expect(await refusal(create(51))).toMatchObject(quota);
  expect((await ledger()).effects).toEqual([]);

  const { PermissionSet: { PermissionSetArn: ResourceArn } = {} } = await create(50);
  const tag = (Tags: { Key: string; Value: string }[]) =>
    sso.send(new TagResourceCommand({ InstanceArn, ResourceArn, Tags }));
  expect(await refusal(tag(numbered(1, 'more')))).toMatchObject(quota);
  await tag([{ Key: 'k7', Value: 'another' }]);
  const { Tags = [] } = await sso.send(new ListTagsForResourceCommand({ InstanceArn, ResourceArn }));
  expect(Tags).toHaveLength(50);
  expect(Tags).toContainEqual({ Key: 'k7', Value: 'another' });
});

test('an account that would have the same tag key twice is not created', async () => {
  const { as, ledger } = await simulated('fresh');
  const create = (...keys: string[]) =>
    as().organizations.send(
      new CreateAccountCommand({
        ...{ AccountName: 'x', Email: 'x@example.com' },
        Tags: keys.map((Key) => ({ Key, Value: 'b' })),
      }),
    );
  expect(await refusal(create('a', 'a'))).toMatchObject({
    name: 'InvalidInputException',
    Reason: 'DUPLICATE_TAG_KEY',
  });
  expect((await ledger()).effects).toEqual([]);
  expect((await create('a', 'A')).CreateAccountStatus?.State).toBe('IN_PROGRESS');
});
