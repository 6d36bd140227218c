import { defined } from '../organization/defined.ts';
import type { ExternalId, Group } from '../organization/state.ts';
import { page } from '../protocol/pages.ts';
import { refuse } from '../protocol/refusal.ts';
import type { Context, IdentityStoreOperations } from './context.ts';
import { bare, type Directory, directoryFor, groupOf, missing, userOf } from './directories.ts';
import { arn, describedUser, stamps, userFrom } from './users.ts';

const invalid = (message: string): never => refuse('ValidationException', message);

const describedGroup = (store: string, group: Group) => ({
  ...stamps(store, group),
  GroupId: group.id,
  GroupArn: arn('group', group.id),
  DisplayName: group.name,
  Description: group.description,
  ...defined({ ExternalIds: group.externalId === undefined ? undefined : [group.externalId] }),
});

type Member = Group['members'][number];
const membershipsIn = ({ groups }: Directory) =>
  groups.flatMap((group) => group.members.map((member) => ({ group, member })));
const membership = (store: string, group: Group, { id, user }: Member) => ({
  IdentityStoreId: store,
  MembershipId: id,
  MembershipArn: arn('membership', id),
  GroupId: group.id,
  MemberId: { UserId: user },
});

const paged = <T>(list: readonly T[], input: { MaxResults?: number; NextToken?: string }, at: Context) =>
  page(list, input, {
    of: at.list,
    size: 100,
    invalid: () => invalid('The provided NextToken is not valid.'),
  });

interface Filters {
  readonly AttributePath: string | undefined;
  readonly AttributeValue: string | undefined;
}
/** The one filter that may be given: an exact match. */
function filtered<T>(
  list: readonly T[],
  filters: readonly Filters[] | undefined,
  path: string,
  of: (one: T) => string,
) {
  const [filter] = filters ?? [];
  if (filter === undefined) return list;
  if (filter.AttributePath !== path) invalid(`Filtering by ${filter.AttributePath} is not supported.`);
  return list.filter((one) => of(one) === filter.AttributeValue);
}
const isCalled = (
  wanted: { readonly [Member in keyof ExternalId]?: string | undefined },
  given: ExternalId | undefined,
): boolean => given !== undefined && given.Id === wanted.Id && given.Issuer === wanted.Issuer;
/** The attribute's value, which is a document in the protocol: anything but a text cannot match. */
function text(value: unknown): string {
  return typeof value === 'string' && value !== ''
    ? value
    : invalid('AttributeValue must be a string of at least one character.');
}

/**
 * The operations of the identity store, on the organization's own and on those of account instances. Throws `Refusal`:
 * ResourceNotFoundException with the kind of what is missing, ConflictException for a user name or an e-mail address
 * that is taken (identity store API reference).
 */
export const identityStore = {
  ListUsers: ({ IdentityStoreId, Filters, Extensions, ...input }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const users = filtered(directory.users, Filters, 'UserName', ({ userName }) => userName);
    const { items, next } = paged(users, input, at);
    return { Users: items.map((user) => describedUser(directory.id, user, Extensions)), ...next };
  },
  DescribeUser: ({ IdentityStoreId, UserId, Extensions }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    return describedUser(directory.id, userOf(directory, UserId), Extensions);
  },
  GetUserId: ({ IdentityStoreId, AlternateIdentifier }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const { UniqueAttribute: attribute, ExternalId: external } = AlternateIdentifier;
    const path = attribute?.AttributePath;
    if (external === undefined && path !== 'userName' && path !== 'emails.value')
      invalid(`The attribute path ${path} is not supported: userName or emails.value is expected.`);
    const wanted = external === undefined ? text(attribute?.AttributeValue) : '';
    const user = directory.users.find(({ userName, email, externalId }) =>
      external === undefined
        ? wanted === (path === 'userName' ? userName : email)
        : isCalled(external, externalId),
    );
    if (user === undefined) return missing('USER');
    return { IdentityStoreId: directory.id, UserId: user.id, UserArn: arn('user', user.id) };
  },
  CreateUser: (input, at) => {
    const { id, users } = directoryFor(at, input.IdentityStoreId);
    const user = userFrom(input, at);
    const same = (one: string | undefined, other: string | undefined): boolean =>
      one !== undefined && one.toLowerCase() === other?.toLowerCase();
    const taken = (what: string): never =>
      refuse('ConflictException', `Duplicate ${what}`, { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' });
    if (users.some(({ userName }) => same(userName, user.userName))) taken('UserName');
    if (users.some(({ email }) => same(email, user.email))) taken('Email'); // by analogy: no such answer is known
    users.push(user);
    at.effect();
    return { IdentityStoreId: id, UserId: user.id, UserArn: arn('user', user.id), Revision: '1' };
  },
  DeleteUser: ({ IdentityStoreId, UserId }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const user = userOf(directory, UserId);
    directory.users.splice(directory.users.indexOf(user), 1);
    if (directory.id === at.state.instance?.store) {
      for (const group of at.state.groups)
        group.members = group.members.filter((one) => one.user !== user.id);
      // What they were assigned stays (61418/aws-sso-util#93). It can be taken away of who was deleted by hand; of who came
      // from elsewhere it could not (hashicorp/terraform-provider-aws#19341).
      if (user.externalId !== undefined) at.state.departed = [...(at.state.departed ?? []), user.id];
    }
    at.effect();
    return {};
  },
  ListGroups: ({ IdentityStoreId, Filters, ...input }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const groups = filtered(directory.groups, Filters, 'DisplayName', ({ name }) => name);
    const { items, next } = paged(groups, input, at);
    return { Groups: items.map((group) => describedGroup(directory.id, group)), ...next };
  },
  DescribeGroup: ({ IdentityStoreId, GroupId }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    return describedGroup(directory.id, groupOf(directory, GroupId));
  },
  GetGroupId: ({ IdentityStoreId, AlternateIdentifier }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const { UniqueAttribute: attribute, ExternalId: external } = AlternateIdentifier;
    if (attribute !== undefined && attribute.AttributePath !== 'displayName')
      invalid(`The attribute path ${attribute.AttributePath} is not supported: displayName is expected.`);
    const wanted = attribute === undefined ? undefined : text(attribute.AttributeValue);
    const group = directory.groups.find(({ name, externalId }) =>
      external === undefined ? name === wanted : isCalled(external, externalId),
    );
    if (group === undefined)
      return refuse('ResourceNotFoundException', 'Group not found', { ResourceType: 'GROUP' });
    return { IdentityStoreId: directory.id, GroupId: group.id, GroupArn: arn('group', group.id) };
  },
  ListGroupMemberships: ({ IdentityStoreId, GroupId, ...input }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const group = groupOf(directory, GroupId);
    const { items, next } = paged(group.members, input, at);
    return { GroupMemberships: items.map((member) => membership(directory.id, group, member)), ...next };
  },
  DescribeGroupMembership: ({ IdentityStoreId, MembershipId }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const found = membershipsIn(directory).find(({ member }) => member.id === bare(MembershipId));
    return found
      ? membership(directory.id, found.group, found.member)
      : missing('GROUP_MEMBERSHIP', bare(MembershipId));
  },
  GetGroupMembershipId: ({ IdentityStoreId, GroupId, MemberId }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const group = groupOf(directory, GroupId);
    const user = userOf(directory, MemberId.UserId ?? '');
    const member = group.members.find((one) => one.user === user.id);
    if (member === undefined) return missing('GROUP_MEMBERSHIP');
    return {
      IdentityStoreId: directory.id,
      MembershipId: member.id,
      MembershipArn: arn('membership', member.id),
    };
  },
  IsMemberInGroups: ({ IdentityStoreId, MemberId, GroupIds }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const user = userOf(directory, MemberId.UserId ?? '');
    return {
      Results: GroupIds.map((given) => {
        const { id, members } = groupOf(directory, given);
        const MembershipExists = members.some((one) => one.user === user.id);
        return { GroupId: id, MemberId: { UserId: user.id }, MembershipExists };
      }),
    };
  },
  ListGroupMembershipsForMember: ({ IdentityStoreId, MemberId, ...input }, at) => {
    const directory = directoryFor(at, IdentityStoreId);
    const user = userOf(directory, MemberId.UserId ?? '');
    const memberships = membershipsIn(directory).filter(({ member }) => member.user === user.id);
    const { items, next } = paged(memberships, input, at);
    return {
      GroupMemberships: items.map(({ group, member }) => membership(directory.id, group, member)),
      ...next,
    };
  },
} as const satisfies IdentityStoreOperations;
