import { GetUserIdCommand } from '@aws-sdk/client-identitystore';
import { RegisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import {
  DescribeInstanceCommand,
  ListApplicationsCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { raw, refusal, simulated } from './simulated.ts';

const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue: 'x' } };
const message = expect.stringMatching(
  /is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action$/,
);

/** An organization whose key nobody outside the management account was given; Shared Services is registered. */
async function opened() {
  const at = await simulated('customer-key', { settle: 0 });
  const delegate = at.named('Shared Services');
  await at.as().organizations.send(
    new RegisterDelegatedAdministratorCommand({
      AccountId: delegate.id,
      ServicePrincipal: 'sso.amazonaws.com',
    }),
  );
  const { arn: InstanceArn, store: IdentityStoreId } = await at.instance();
  return { ...at, delegate, InstanceArn, IdentityStoreId };
}

test('the key is named by readings of the instance, for which nobody has to decrypt', async () => {
  const { as, management, delegate, InstanceArn } = await opened();
  const { sso } = as(delegate);
  expect((await sso.send(new ListInstancesCommand({}))).Instances).toHaveLength(1);
  const { EncryptionConfigurationDetails } = await sso.send(new DescribeInstanceCommand({ InstanceArn }));
  expect(EncryptionConfigurationDetails).toMatchObject({
    KeyType: 'CUSTOMER_MANAGED_KEY',
    KmsKeyArn: expect.stringMatching(new RegExp(`^arn:aws:kms:us-east-1:${management.id}:key/`)),
  });
});

test('an administrator who may not decrypt is refused by both services', async () => {
  const { as, delegate, InstanceArn, IdentityStoreId } = await opened();
  await as().sso.send(new ListPermissionSetsCommand({ InstanceArn })); // the key is the management account’s
  const { sso, identity } = as(delegate);
  const Filter = { ApplicationAccount: delegate.id };
  const refused = [
    sso.send(new ListPermissionSetsCommand({ InstanceArn })),
    sso.send(new ListTagsForResourceCommand({ InstanceArn, ResourceArn: InstanceArn })),
    sso.send(new ListApplicationsCommand({ InstanceArn, Filter })),
  ].map(refusal);
  for (const one of await Promise.all(refused))
    expect(one).toMatchObject({
      name: 'AccessDeniedException',
      message,
      Reason: 'KMS_AccessDeniedException',
    });
  expect(
    await refusal(identity.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier }))),
  ).toMatchObject({ name: 'AccessDeniedException', message, Reason: 'KMS_ACCESS_DENIED' });
});

test('where there is nothing to decrypt, the key is not what is refused for', async () => {
  const { as, url, named, delegate, InstanceArn, IdentityStoreId } = await opened();
  const elsewhere = as(delegate, 'eu-west-1');
  const unknown = 'arn:aws:sso:::instance/ssoins-0000000000000000';
  const notHere = { message: expect.stringContaining('does not exist in this Region') };
  for (const [asked, wanted] of [
    [elsewhere.sso.send(new ListPermissionSetsCommand({ InstanceArn })), notHere],
    [as(delegate).sso.send(new ListPermissionSetsCommand({ InstanceArn: unknown })), notHere],
    [
      elsewhere.identity.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier })),
      { name: 'ResourceNotFoundException' },
    ],
  ] as const)
    expect(await refusal(asked)).toMatchObject(wanted);

  const invalid = await raw(url, {
    service: 'sso',
    operation: 'ListPermissionSets',
    input: { InstanceArn: 'x' },
    credentials: delegate,
  });
  expect(invalid.json.__type).toBe('ValidationException');

  const member = as(named('Workloads Dev'));
  const denied = [
    member.sso.send(new ListPermissionSetsCommand({ InstanceArn })),
    member.identity.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier })),
  ].map(refusal);
  for (const one of await Promise.all(denied)) {
    expect(one).toMatchObject({ name: 'AccessDeniedException', Reason: undefined });
    expect(one.message).not.toContain('kms:');
  }
});
