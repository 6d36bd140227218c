import { isKnown } from '../../src/model/call.ts';
import { met, warning, wrong } from '../../src/model/plan.ts';
import { valuesOf } from '../../src/model/question.ts';
import { goal, type Standing } from './create-user.ts';
import { notesOn, yours } from './identity-source.ts';
import {
  addressOf,
  fresh,
  type Group,
  groupMark,
  membersSaid,
  type Principal,
  type User,
} from './principals.ts';
import { describe, namesTwo } from './two-people.ts';

/** One of the answers, and who it is: a user or a group, where there is one. */
export interface Found {
  readonly value: string;
  readonly user?: User | undefined;
  /** Somebody else whom the answer names as well. */
  readonly other?: User;
  readonly group?: Group | undefined;
}

/** Somebody as a look finds them, but for the one who was not there before: nobody of that name is found. */
export function asFound(
  { type, id, name, members }: Principal,
  { user, userName }: { readonly user?: string; readonly userName?: string },
): Found {
  if (type === 'USER' && name === userName && valuesOf(user ?? '').includes(fresh)) return { value: fresh };
  const known = isKnown(id) ? id : '';
  if (type === 'USER') return { value: name, user: { UserId: known, UserName: name } as User };
  const group = { id: known, name, description: '', external: false, members: members ?? 0, some: [] };
  return { value: `${groupMark}${name}`, group };
}

/** How somebody stands who is there, or should be. */
export function standing({ value, user, group, other }: Found): Standing {
  if (value.startsWith(groupMark)) return group ? groupStanding(group, value) : noGroup(value);
  const id = value === fresh ? 'user' : `user:${value}`;
  if (!user?.UserId)
    return {
      goals: [
        wrong(
          id,
          goal,
          `nobody has the user name or e-mail address ${value}`,
          'Choose another user. Names must match exactly (case-sensitive).',
        ),
      ],
    };
  if (other) return { goals: [namesTwo(id, goal, value, user, other)] };
  const name = user.UserName ?? value;
  if (user.UserStatus === 'DISABLED')
    return {
      goals: [
        wrong(
          id,
          goal,
          `${name} is disabled`,
          'Choose another user, or enable this one where it is managed.',
        ),
      ],
    };
  return {
    goals: [met(id, `${goal}: ${name}`, `${describe(user)}, user id ${user.UserId}`)],
    gives: { type: 'USER', id: user.UserId, name, ...addressOf(user) },
    notes: notesOn(user),
  };
}

const noGroup = (value: string): Standing => ({
  goals: [
    wrong(
      value,
      'There is the group to promote',
      `no group is called ${value.slice(groupMark.length)}`,
      'Choose another group. Names must match exactly (case-sensitive).',
    ),
  ],
});
/** Whoever is in a group gets the right, now and later: that is what has to be read before it is assigned. */
function groupStanding(group: Group, value: string): Standing {
  const { id, name, members, some, external } = group;
  const says = `There is the group ${name}, with the people to promote`;
  const who =
    some.length < members ? `${some.join(', ')} and ${members - some.length} more` : some.join(', ');
  return {
    goals: [
      members === 0
        ? warning(
            value,
            says,
            `group id ${id}: it has no members, so nobody gets access until somebody is added`,
          )
        : met(value, says, `group id ${id}, ${membersSaid(members)} get access: ${who}`),
    ],
    gives: { type: 'GROUP', id, name, members },
    notes: [
      `Anyone added to the group ${name} later also becomes an administrator; anyone removed loses that access. ${
        external
          ? `Its members are kept in ${yours}.`
          : 'Anyone who can edit groups in IAM Identity Center decides who that is.'
      }`,
    ],
  };
}
