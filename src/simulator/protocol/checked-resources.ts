import type { Asked } from './codec.ts';

type Names = Pick<Asked, 'service' | 'operation'>;

/**
 * The ARNs on which AWS checks a request, in its order: all of them have to be allowed. `management`: the id of the
 * account that the identity store belongs to. Source: Service Authorization Reference, required resource types, and for
 * their order what others were refused with. Which user a search by name is checked on is not known: here it is all of
 * them.
 */
export function checkedOn(
  { service, operation }: Names,
  input: unknown,
  management: string,
): readonly string[] {
  const members = Object(input) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | undefined =>
    typeof members[name] === 'string' ? bare(members[name]) : undefined;
  if (service !== 'identitystore') {
    const named = members.PermissionSetArn ?? members.InstanceArn;
    return [typeof named === 'string' ? named : '*'];
  }
  const store = `arn:aws:identitystore::${management}:identitystore/${text('IdentityStoreId') ?? '*'}`;
  const one = (kind: 'user' | 'group' | 'membership', id = '*'): string =>
    `arn:aws:identitystore:::${kind}/${id}`;
  const user = one('user', text('UserId') ?? memberOf(members.MemberId));
  const group = one('group', text('GroupId'));
  const membership = one('membership', text('MembershipId'));
  const groups = Array.isArray(members.GroupIds)
    ? members.GroupIds.map((id) => one('group', bare(String(id))))
    : [];
  switch (operation) {
    case 'DescribeUser':
    case 'GetUserId':
    case 'ListUsers':
      return [user, store];
    case 'DescribeGroup':
    case 'GetGroupId':
    case 'ListGroups':
      return [group, store];
    case 'ListGroupMemberships':
      return [membership, group, store];
    case 'ListGroupMembershipsForMember':
      return [membership, user, store];
    case 'IsMemberInGroups':
      return [membership, ...groups, user, store];
    case 'GetGroupMembershipId':
    case 'DescribeGroupMembership':
      return [group, membership, user, store];
    default:
      return [store];
  }
}
const bare = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
function memberOf(member: unknown): string | undefined {
  const { UserId } = Object(member) as { readonly UserId?: unknown };
  return typeof UserId === 'string' ? bare(UserId) : undefined;
}
