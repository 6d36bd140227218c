import type { Context, IdentityStoreOperations } from './context.ts';
import { isRead } from './ledger.ts';
import { page } from './pages.ts';
import { refuse } from './refusal.ts';
import { accessDenied, isAdministrator, isThere } from './sso-access.ts';
import type { ExternalId, Group, User } from './state.ts';
import { arn, describedUser, stamps, userFrom } from './users.ts';

const missing = (type: 'USER' | 'GROUP' | 'GROUP_MEMBERSHIP' | 'IDENTITY_STORE', id?: string): never =>
  refuse('ResourceNotFoundException', `${type} not found.`, {
    ResourceType: type,
    ...(id === undefined ? {} : { ResourceId: id }),
  });
const invalid = (message: string): never => refuse('ValidationException', message);

/** Ids may be given as ARNs, here and below. */
const bare = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

function store(at: Context, given: string): string {
  const { instance, organization } = at.state;
  const id = bare(given);
  if (instance === undefined || !isThere(instance, at.region) || instance.store !== id)
    return missing('IDENTITY_STORE', id);
  if (!isAdministrator(at))
    accessDenied(at, `arn:aws:identitystore::${organization.management}:identitystore/${id}`);
  if (instance.region !== at.region && !isRead(at.service, at.operation))
    invalid(
      `${at.operation} is not supported in ${at.region}, an additional Region. Use the primary Region.`,
    );
  return id;
}
const userOf = (at: Context, id: string): User =>
  at.state.users.find((user) => user.id === bare(id)) ?? missing('USER', bare(id));
const groupOf = (at: Context, id: string): Group =>
  at.state.groups.find((group) => group.id === bare(id)) ?? missing('GROUP', bare(id));

const describedGroup = (store: string, group: Group) => ({
  ...stamps(store, group),
  GroupId: group.id,
  GroupArn: arn('group', group.id),
  DisplayName: group.name,
  Description: group.description,
  ...(group.externalId === undefined ? {} : { ExternalIds: [group.externalId] }),
});

type Member = Group['members'][number];
const membershipsIn = ({ state }: Context) =>
  state.groups.flatMap((group) => group.members.map((member) => ({ group, member })));
const membership = (store: string, group: Group, { id, user }: Member) => ({
  IdentityStoreId: store,
  MembershipId: id,
  MembershipArn: arn('membership', id),
  GroupId: group.id,
  MemberId: { UserId: user },
});

const paged = <T>(list: readonly T[], input: { MaxResults?: number; NextToken?: string }, at: Context) =>
  page(list, input, {
    of: at.operation,
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

export const identityStore = {
  ListUsers: ({ IdentityStoreId, Filters, Extensions, ...input }, at) => {
    const id = store(at, IdentityStoreId);
    const users = filtered(at.state.users, Filters, 'UserName', ({ userName }) => userName);
    const { items, next } = paged(users, input, at);
    return { Users: items.map((user) => describedUser(id, user, Extensions)), ...next };
  },
  DescribeUser: ({ IdentityStoreId, UserId, Extensions }, at) => {
    const id = store(at, IdentityStoreId);
    return describedUser(id, userOf(at, UserId), Extensions);
  },
  GetUserId: ({ IdentityStoreId, AlternateIdentifier }, at) => {
    const id = store(at, IdentityStoreId);
    const { UniqueAttribute: attribute, ExternalId: external } = AlternateIdentifier;
    const path = attribute?.AttributePath;
    if (external === undefined && path !== 'userName' && path !== 'emails.value')
      invalid(`The attribute path ${path} is not supported: userName or emails.value is expected.`);
    const wanted = external === undefined ? text(attribute?.AttributeValue) : '';
    const user = at.state.users.find(({ userName, email, externalId }) =>
      external === undefined
        ? wanted === (path === 'userName' ? userName : email)
        : isCalled(external, externalId),
    );
    if (user === undefined) return missing('USER');
    return { IdentityStoreId: id, UserId: user.id, UserArn: arn('user', user.id) };
  },
  CreateUser: (input, at) => {
    const id = store(at, input.IdentityStoreId);
    const user = userFrom(input, at);
    const taken = at.state.users.some(
      ({ userName, email }) =>
        userName.toLowerCase() === user.userName.toLowerCase() ||
        (user.email !== undefined && email?.toLowerCase() === user.email.toLowerCase()),
    );
    if (taken)
      refuse('ConflictException', 'Duplicate UserName or Email: a user with this attribute already exists.', {
        Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
      });
    at.state.users.push(user);
    at.effect();
    return { IdentityStoreId: id, UserId: user.id, UserArn: arn('user', user.id), Revision: '1' };
  },
  ListGroups: ({ IdentityStoreId, Filters, ...input }, at) => {
    const id = store(at, IdentityStoreId);
    const groups = filtered(at.state.groups, Filters, 'DisplayName', ({ name }) => name);
    const { items, next } = paged(groups, input, at);
    return { Groups: items.map((group) => describedGroup(id, group)), ...next };
  },
  DescribeGroup: ({ IdentityStoreId, GroupId }, at) => {
    const id = store(at, IdentityStoreId);
    return describedGroup(id, groupOf(at, GroupId));
  },
  GetGroupId: ({ IdentityStoreId, AlternateIdentifier }, at) => {
    const id = store(at, IdentityStoreId);
    const { UniqueAttribute: attribute, ExternalId: external } = AlternateIdentifier;
    if (attribute !== undefined && attribute.AttributePath !== 'displayName')
      invalid(`The attribute path ${attribute.AttributePath} is not supported: displayName is expected.`);
    const wanted = attribute === undefined ? undefined : text(attribute.AttributeValue);
    const group = at.state.groups.find(({ name, externalId }) =>
      external === undefined ? name === wanted : isCalled(external, externalId),
    );
    if (group === undefined) return missing('GROUP');
    return { IdentityStoreId: id, GroupId: group.id, GroupArn: arn('group', group.id) };
  },
  ListGroupMemberships: ({ IdentityStoreId, GroupId, ...input }, at) => {
    const id = store(at, IdentityStoreId);
    const group = groupOf(at, GroupId);
    const { items, next } = paged(group.members, input, at);
    return { GroupMemberships: items.map((member) => membership(id, group, member)), ...next };
  },
  DescribeGroupMembership: ({ IdentityStoreId, MembershipId }, at) => {
    const id = store(at, IdentityStoreId);
    const found = membershipsIn(at).find(({ member }) => member.id === bare(MembershipId));
    return found
      ? membership(id, found.group, found.member)
      : missing('GROUP_MEMBERSHIP', bare(MembershipId));
  },
  GetGroupMembershipId: ({ IdentityStoreId, GroupId, MemberId }, at) => {
    const id = store(at, IdentityStoreId);
    const group = groupOf(at, GroupId);
    const user = userOf(at, MemberId.UserId ?? '');
    const member = group.members.find((one) => one.user === user.id);
    if (member === undefined) return missing('GROUP_MEMBERSHIP');
    return { IdentityStoreId: id, MembershipId: member.id, MembershipArn: arn('membership', member.id) };
  },
  IsMemberInGroups: ({ IdentityStoreId, MemberId, GroupIds }, at) => {
    store(at, IdentityStoreId);
    const user = userOf(at, MemberId.UserId ?? '');
    return {
      Results: GroupIds.map((given) => {
        const { id, members } = groupOf(at, given);
        const MembershipExists = members.some((one) => one.user === user.id);
        return { GroupId: id, MemberId: { UserId: user.id }, MembershipExists };
      }),
    };
  },
  ListGroupMembershipsForMember: ({ IdentityStoreId, MemberId, ...input }, at) => {
    const id = store(at, IdentityStoreId);
    const user = userOf(at, MemberId.UserId ?? '');
    const memberships = membershipsIn(at).filter(({ member }) => member.user === user.id);
    const { items, next } = paged(memberships, input, at);
    return { GroupMemberships: items.map(({ group, member }) => membership(id, group, member)), ...next };
  },
} as const satisfies IdentityStoreOperations;
