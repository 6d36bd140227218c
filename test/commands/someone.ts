import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import { ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import type { Simulator } from '../../src/simulator/server.ts';
import { clients } from '../simulator/simulated.ts';

/** The name of a user who can be promoted, as AWS tells it. */
export async function someoneIn({ accounts: [management], url, region }: Simulator): Promise<string> {
  if (!management) throw new Error('the organization has no account');
  const { sso, identity } = clients(url, management, region);
  const { Instances: [instance] = [] } = await sso.send(new ListInstancesCommand({}));
  const { Users = [] } = await identity.send(
    new ListUsersCommand({ IdentityStoreId: instance?.IdentityStoreId }),
  );
  return Users.find(({ UserStatus }) => UserStatus === 'ENABLED')?.UserName ?? '';
}
