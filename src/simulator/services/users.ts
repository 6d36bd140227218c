import type { CreateUserRequest } from '@aws-sdk/client-identitystore';
import { defined } from '../organization/defined.ts';
import type { User } from '../organization/state.ts';
import { refuse } from '../protocol/refusal.ts';
import { type Context, date, type Valid } from './context.ts';

/**
 * Where something was made, when and by whom: what users and groups are described with. `created`: milliseconds since
 * 1970.
 */
export const stamps = (
  store: string,
  { created, by }: { readonly created: number; readonly by: string },
) => ({
  IdentityStoreId: store,
  Revision: '1',
  CreatedAt: date(created),
  CreatedBy: by,
  UpdatedAt: date(created),
  UpdatedBy: by,
});
/** The ARN of what is in an identity store, which names neither account nor store (Service Authorization Reference). */
export const arn = (type: 'user' | 'group' | 'membership', id: string) =>
  `arn:aws:identitystore:::${type}/${id}`;

/**
 * A user as the identity store tells it. `extensions`: those that were asked for; it leaves out any other (API
 * reference, DescribeUser).
 */
export function describedUser(store: string, user: User, extensions: readonly string[] = []) {
  const { Extensions: kept = {}, ...attributes } = user.attributes ?? {};
  const wanted = Object.entries(kept).filter(([name]) => extensions.includes(name));
  return {
    ...stamps(store, user),
    UserId: user.id,
    UserArn: arn('user', user.id),
    UserName: user.userName,
    Name: { GivenName: user.given, FamilyName: user.family },
    DisplayName: user.display,
    ...defined({
      Emails: user.email === undefined ? undefined : [{ Value: user.email, Type: 'work', Primary: true }],
      ExternalIds: user.externalId === undefined ? undefined : [user.externalId],
    }),
    UserStatus: user.status,
    ...attributes,
    ...defined({ Extensions: wanted.length === 0 ? undefined : Object.fromEntries(wanted) }),
  };
}

/**
 * The user that is asked for, with everything that was given. Throws `Refusal` where a user must not be so: without a
 * name, or with a reserved one.
 */
export function userFrom(
  { IdentityStoreId: _, UserName, DisplayName, ...attributes }: Valid<CreateUserRequest>,
  at: Context,
): User {
  const { Name, Emails } = attributes;
  const invalid = (message: string): never => refuse('ValidationException', message);
  const required = { UserName, DisplayName, GivenName: Name?.GivenName, FamilyName: Name?.FamilyName };
  // Without a word: hashicorp/terraform-provider-aws#37609.
  if (Object.values(required).includes(undefined)) invalid('');
  if (UserName === 'Administrator' || UserName === 'AWSAdministrators')
    invalid(`The user name ${UserName} is reserved.`);
  const email = Emails?.[0]?.Value;
  return {
    id: at.ids.uuid(),
    userName: UserName ?? '',
    given: Name?.GivenName ?? '',
    family: Name?.FamilyName ?? '',
    display: DisplayName ?? '',
    ...defined({ email }),
    attributes,
    status: 'ENABLED',
    created: at.now,
    by: at.caller.arn,
  };
}
