import { defined } from '../organization/defined.ts';
import type { Group, User } from '../organization/state.ts';
import { isRead } from '../protocol/ledger.ts';
import { refuse } from '../protocol/refusal.ts';
import { ownInstances } from './account-instances.ts';
import type { Context } from './context.ts';
import { checkKey } from './keys.ts';
import { isAdministrator, isThere, notForCaller } from './sso-access.ts';

/** What an identity store holds. */
export interface Directory {
  readonly id: string;
  readonly users: User[];
  readonly groups: readonly Group[];
}

/**
 * Throws the `Refusal` of an identity store that has no such thing. `id`: of a user, a group or a membership. A store's
 * own does not fit the pattern that AWS's model has for the member.
 */
export const missing = (type: 'USER' | 'GROUP' | 'GROUP_MEMBERSHIP' | 'IDENTITY_STORE', id?: string): never =>
  refuse('ResourceNotFoundException', `${type} not found.`, {
    ResourceType: type,
    ...defined({ ResourceId: id }),
  });

/** The id in what may be an ARN: ids may be given so, of users and groups too. */
export const bare = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/**
 * The identity store that is named: the organization's, or that of an instance of the caller's own account. `given`:
 * its id, or its ARN. Throws `Refusal` where there is none here, to who does not administer it, and for a write in an
 * additional Region.
 */
export function directoryFor(at: Context, given: string): Directory {
  const { instance, organization, users, groups } = at.state;
  const id = bare(given);
  const own = ownInstances(at).find((one) => one.store === id);
  if (own !== undefined) {
    own.users ??= [];
    return { id, users: own.users, groups: [] };
  }
  if (instance === undefined || !isThere(instance, at.region) || instance.store !== id)
    return missing('IDENTITY_STORE');
  if (!isAdministrator(at))
    notForCaller(at, `arn:aws:identitystore::${organization.management}:identitystore/${id}`);
  if (instance.region !== at.region && !isRead(at.service, at.operation))
    refuse(
      'ValidationException',
      `${at.operation} is not supported in ${at.region}, an additional Region. Use the primary Region.`,
    );
  checkKey(at, instance);
  return { id, users, groups };
}
/** A user by id or ARN. Throws `Refusal` where there is none. */
export const userOf = ({ users }: Directory, id: string): User =>
  users.find((user) => user.id === bare(id)) ?? missing('USER', bare(id));
/** A group by id or ARN. Throws `Refusal` where there is none. */
export const groupOf = ({ groups }: Directory, id: string): Group =>
  groups.find((group) => group.id === bare(id)) ?? missing('GROUP', bare(id));
