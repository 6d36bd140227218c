import { CreateUserCommand } from '@aws-sdk/client-identitystore';
import { CreatePermissionSetCommand, ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { unconfirmedSends } from '../confirmations.ts';
import { clients } from '../simulator/simulated.ts';
import { type Runner, runner } from './in-process.ts';

const name = 'CodeWhisperer_administrator';
/** Another administrator, whose work AWS does not show for a long time. */
async function another({ simulator }: Runner) {
  const { sso, identity } = clients(simulator.url, simulator.accounts[0] ?? expect.fail(), simulator.region);
  const { Instances: [instance] = [] } = await sso.send(new ListInstancesCommand({}));
  return { sso, identity, instance };
}
const slow = { lag: 3_600_000 };
const requests = async (at: Runner, operation: string): Promise<number> =>
  (await at.ledger()).requests.filter((one) => one.operation === operation).length;

test('a permission set that AWS has and does not show: asked for once, then said, exit code 5', async () => {
  const at = await runner('delegated', slow);
  const { sso, instance } = await another(at);
  await sso.send(new CreatePermissionSetCommand({ InstanceArn: instance?.InstanceArn, Name: name }));
  const { code, said } = await at.run();
  expect(code, said).toBe(5);
  expect(said).toContain('AWS has a permission set of this name that these credentials cannot see');
  expect(said).toContain(`ConflictException: PermissionSet with name ${name} already exists.`);
  expect(said).toMatch(/choose another name for the set of this run/);
  expect(await requests(at, 'sso:CreatePermissionSet')).toBe(2); // the other administrator’s, and this run’s
  // The same command again asks once more, and says that it did before.
  const again = await at.run();
  expect(again).toMatchObject({ code: 5 });
  expect(again.said).toMatch(/^warning .*Sent before, at 20.*AWS refused it, and nothing changed/m);
  expect(await requests(at, 'sso:CreatePermissionSet')).toBe(3);
  expect(unconfirmedSends(await at.events())).toEqual([]);
});

test('a user whom AWS has and does not show: likewise', async () => {
  const at = await runner('delegated', slow);
  const { identity, instance } = await another(at);
  await identity.send(
    new CreateUserCommand({
      ...{ IdentityStoreId: instance?.IdentityStoreId, UserName: 'grace.hopper', DisplayName: 'Grace' },
      Name: { GivenName: 'Grace', FamilyName: 'Hopper' },
      Emails: [{ Value: 'grace@example.com', Type: 'work', Primary: true }],
    }),
  );
  const { code, said } = await at.run({
    'administrator-user.user': ['new:'],
    'administrator-user.directory': 'here',
    'administrator-user.userName': 'grace.hopper',
    'administrator-user.givenName': 'Grace',
    'administrator-user.familyName': 'Hopper',
    'administrator-user.email': 'grace@example.com',
  });
  expect(code, said).toBe(5);
  expect(said).toMatch(
    /AWS has a user with this user name or e-mail address that these credentials cannot see/,
  );
  expect(await requests(at, 'identitystore:CreateUser')).toBe(2);
  expect(unconfirmedSends(await at.events())).toEqual([]);
});
