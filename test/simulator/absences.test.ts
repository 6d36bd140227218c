import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeUserCommand, GetGroupIdCommand, GetUserIdCommand } from '@aws-sdk/client-identitystore';
import { DescribePermissionSetCommand, ListPermissionSetsCommand } from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

const models = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../src/simulator/models/${name}.json`), 'utf8')) as {
    errors: Record<string, { members: Record<string, string> }>;
    shapes: Record<string, { enum?: string[]; pattern?: string }>;
  };

async function opened() {
  const at = await simulated('delegated');
  const { arn: InstanceArn, store: IdentityStoreId } = await at.instance();
  const { sso, identity } = at.as();
  const order = (body: object) =>
    fetch(`${at.url}/_faults`, { method: 'POST', body: JSON.stringify(body) }).then(({ status }) => status);
  const named = (AttributePath: string, AttributeValue: string) => ({
    IdentityStoreId,
    AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
  });
  return { InstanceArn, IdentityStoreId, sso, identity, order, named };
}

test.each([
  ['not-found', 'ResourceNotFoundException'],
  ['disabled', 'ValidationException'],
  ['invalid-state', 'ValidationException'],
  ['invalid-key-usage', 'ValidationException'],
  ['throttling', 'ThrottlingException'],
  ['access-denied', 'AccessDeniedException'],
])('key-trouble: %s is told by both services as their models have it', async (reason, name) => {
  const { InstanceArn, sso, identity, order, named } = await opened();
  expect(await order({ fault: 'key-trouble', reason, operation: 'reads' })).toBe(200);
  for (const [model, asked] of [
    ['sso', sso.send(new ListPermissionSetsCommand({ InstanceArn }))],
    ['identitystore', identity.send(new GetUserIdCommand(named('userName', 'x')))],
  ] as const) {
    const refused = await refusal(asked);
    expect(refused.name).toBe(name);
    const { errors, shapes } = models(model);
    const reasons = shapes[errors[name]?.members.Reason ?? '']?.enum;
    expect(reasons).toContain(refused.Reason);
    expect(refused.ResourceType).toBeUndefined();
  }
});

test('key-trouble: a reason that no service has is refused, by its name', async () => {
  const { order } = await opened();
  expect(await order({ fault: 'key-trouble', reason: 'lost' })).toBe(400);
});

test('store-not-found and said-to-be-missing: whose kind is not there is told', async () => {
  const { InstanceArn, sso, identity, order, named } = await opened();
  await order({ fault: 'store-not-found', operation: 'identitystore:GetUserId' });
  await order({ fault: 'said-to-be-missing', operation: 'identitystore:GetGroupId' });
  await order({ fault: 'said-to-be-missing', operation: 'sso:DescribePermissionSet' });
  const refused = [
    identity.send(new GetUserIdCommand(named('userName', 'x'))),
    identity.send(new GetGroupIdCommand(named('displayName', 'x'))),
    sso.send(
      new DescribePermissionSetCommand({
        InstanceArn,
        PermissionSetArn: `${InstanceArn.replace('instance', 'permissionSet')}/ps-0000000000000000`,
      }),
    ),
  ].map(refusal);
  const types = ['IDENTITY_STORE', 'GROUP', undefined];
  for (const [n, one] of (await Promise.all(refused)).entries())
    expect([one.name, one.ResourceType]).toEqual(['ResourceNotFoundException', types[n]]);
});

test('the id of what is not there fits the pattern of AWS’s model, and is left out where none does', async () => {
  const { identity, IdentityStoreId } = await opened();
  const { pattern } = models('identitystore').shapes.ResourceId ?? {};
  const UserId = '00000000-0000-0000-0000-000000000000';
  const nobody = await refusal(identity.send(new DescribeUserCommand({ IdentityStoreId, UserId })));
  expect(nobody).toMatchObject({ ResourceType: 'USER', ResourceId: UserId });
  expect(nobody.ResourceId).toMatch(new RegExp(`^${pattern}$`));
  const elsewhere = { IdentityStoreId: 'd-0000000000', UserId };
  const nowhere = await refusal(identity.send(new DescribeUserCommand(elsewhere)));
  expect(nowhere).toMatchObject({ ResourceType: 'IDENTITY_STORE' });
  expect(nowhere.ResourceId).toBeUndefined();
});
