import { unlessAbsent } from '../../src/model/access/absence.ts';
import type { Known } from '../../src/model/call.ts';
import type { Output } from '../../src/model/operations/sdk.ts';
import type { Choice } from '../../src/model/question.ts';
import type { Reader } from '../../src/model/reader.ts';
import { RequestRejected, see } from '../../src/model/reader.ts';
import { defined } from '../../src/model/text/defined.ts';

import { noChoice } from './accounts.ts';
import { listedGroup, listedUser } from './second-look.ts';

/**
 * Who gets the right: a user or a group of the identity store. `display`, `email`: of a user, for the message to them;
 * `members`: of a group, how many it had when last seen.
 */
export interface Principal {
  readonly type: 'USER' | 'GROUP';
  readonly id: Known<string>;
  readonly name: string;
  readonly display?: string;
  readonly email?: string;
  readonly members?: number;
}
/** Earlier runs had one user: what they sent is judged by what they were told. */
export const principalsOf = (
  user: { readonly principals: readonly Principal[] } | { readonly id: string; readonly name: string },
): readonly Principal[] => ('principals' in user ? user.principals : [{ type: 'USER', ...user }]);
/** An answer that names a group begins so. */
export const groupMark = 'group:';
/** The answer for a person who is not there. */
export const fresh = 'new:';

export type User = Output<'identitystore:DescribeUser'>;
/** `some`: the first of its members, as a person knows them. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly external: boolean;
  readonly members: number;
  readonly some: readonly string[];
}

type Finding = Reader<'identitystore:GetUserId' | 'identitystore:DescribeUser' | 'identitystore:ListUsers'>;
/** An answer that names a user by their id begins so: where a name does not say who is meant. */
export const idMark = 'id:';

/**
 * Everybody whom a text names: by user name, and by e-mail address. Each is unique in a store, and one person's user name
 * may be another's e-mail address. That there is nobody takes two proofs.
 */
export async function findUsers(
  aws: Finding,
  IdentityStoreId: string,
  sought: string,
): Promise<readonly User[]> {
  if (sought.startsWith(idMark)) {
    const user = await byId(aws, IdentityStoreId, sought.slice(idMark.length));
    if (user) return [user];
  }
  const by = (AttributePath: 'userName' | 'emails.value') =>
    unlessAbsent(
      'USER',
      aws.read('identitystore:GetUserId', {
        IdentityStoreId,
        AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue: sought } },
      }),
    );
  // An address may be the name of one and the address of another. Anything else is looked for as an address last.
  const found = sought.includes('@')
    ? await Promise.all([by('userName'), by('emails.value')])
    : [(await by('userName')) ?? (await by('emails.value'))];
  const ids = new Set(found.flatMap((one) => one?.UserId ?? []));
  const listed = ids.size > 0 ? undefined : await listedUser(aws, IdentityStoreId, sought);
  if (listed) ids.add(listed);
  // Who is found by name is there: that AWS does not find the id again is no answer to who they are.
  return Promise.all(
    [...ids].map((UserId) => aws.read('identitystore:DescribeUser', { IdentityStoreId, UserId })),
  );
}
/** What a user's id looks like. Source: the Identity Store API's model, ResourceId. */
const userId = /^([0-9a-f]{10}-)?[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}$/;
const byId = async (aws: Finding, IdentityStoreId: string, UserId: string): Promise<User | undefined> =>
  userId.test(UserId)
    ? unlessAbsent('USER', aws.read('identitystore:DescribeUser', { IdentityStoreId, UserId }))
    : undefined;

/** By its display name, which is unique in a store. */
export async function findGroup(
  aws: Reader<
    | 'identitystore:GetGroupId'
    | 'identitystore:DescribeGroup'
    | 'identitystore:ListGroups'
    | 'identitystore:ListGroupMemberships'
    | 'identitystore:DescribeUser'
  >,
  IdentityStoreId: string,
  sought: string,
): Promise<Group | undefined> {
  const found = await unlessAbsent(
    'GROUP',
    aws.read('identitystore:GetGroupId', {
      IdentityStoreId,
      AlternateIdentifier: {
        UniqueAttribute: { AttributePath: 'displayName', AttributeValue: sought },
      },
    }),
  );
  const GroupId = found?.GroupId ?? (await listedGroup(aws, IdentityStoreId, sought));
  if (!GroupId) return undefined;
  const described = await aws.read('identitystore:DescribeGroup', { IdentityStoreId, GroupId });
  const ids: string[] = [];
  for await (const page of aws.pages('identitystore:ListGroupMemberships', { IdentityStoreId, GroupId }))
    for (const { MemberId } of page.GroupMemberships ?? []) ids.push(MemberId?.UserId ?? '');
  const some: string[] = [];
  for (const UserId of ids.slice(0, named)) {
    const user = await see(aws.read('identitystore:DescribeUser', { IdentityStoreId, UserId }));
    some.push('seen' in user ? userName(user.seen) : UserId);
  }
  return {
    id: GroupId,
    name: described.DisplayName ?? sought,
    description: described.Description ?? '',
    external: (described.ExternalIds ?? []).length > 0,
    members: ids.length,
    some,
  };
}
/** Of a group's members so many are named: the others are counted. */
const named = 10;
/** How a user is addressed. Of several e-mail addresses the primary one. */
export function addressOf({
  UserName,
  DisplayName,
  Emails = [],
}: User): Pick<Principal, 'display' | 'email'> {
  const email = (Emails.find(({ Primary }) => Primary) ?? Emails[0])?.Value;
  return defined({
    display: DisplayName === UserName ? undefined : DisplayName || undefined,
    email: email || undefined,
  });
}
const userName = ({ UserName, UserId, UserStatus }: User): string =>
  `${UserName ?? UserId}${UserStatus === 'DISABLED' ? ' (disabled)' : ''}`;

export const membersSaid = (count: number): string =>
  count === 1 ? 'its 1 member' : count === 0 ? 'nobody: it has no members' : `its ${count} members`;

/** What is known of a person or a group by their id, a phrase each: it stands beside them where they are chosen. */
export type Facts = (id: string | undefined) => readonly string[];

/** Where a row stands: one that cannot be chosen, last, with the reason. */
export const under = (group: string, not: string | undefined): Pick<Choice, 'group' | 'not'> =>
  not === undefined ? { group } : { group: noChoice, not };

/** A user as a row to choose. */
export function userRow(
  { UserId, UserName = '', DisplayName = UserName, UserStatus }: User,
  facts: Facts,
): Choice {
  const not =
    UserStatus === 'DISABLED'
      ? 'disabled'
      : UserName.startsWith(groupMark) || UserName.startsWith(idMark) || UserName === fresh
        ? 'a name that means something else here'
        : undefined;
  const label = `${DisplayName}  ${UserName}`;
  return { value: UserName, label, ...under('Users', not), facts: facts(UserId) };
}

/** The groups, as further rows. Where they may not be listed, users can be chosen all the same. */
export async function* groupRows(
  aws: Reader<'identitystore:ListGroups'>,
  IdentityStoreId: string,
  facts: Facts,
): AsyncIterable<Choice> {
  try {
    for await (const page of aws.pages('identitystore:ListGroups', { IdentityStoreId }))
      for (const { DisplayName, Description, GroupId } of page.Groups ?? [])
        if (DisplayName)
          yield {
            ...{ value: `${groupMark}${DisplayName}`, label: DisplayName, group: 'Groups' },
            facts: facts(GroupId),
            ...defined({ detail: Description || undefined }),
          };
  } catch (error) {
    if (!(error instanceof RequestRejected)) throw error;
    const not = `cannot be listed: ${error.code}: ${error.message}`;
    yield { value: groupMark, label: 'Groups', not, apart: true };
  }
}

/** Goals about somebody: 'user' is the person who was not there, and of earlier runs whoever it was. */
export const isPrincipal = (id: string): boolean =>
  id === 'user' || id.startsWith('user:') || id.startsWith(groupMark);
