import type { Known } from '../../src/model/call.ts';
import type { Goal, Plan } from '../../src/model/plan.ts';
import { after, byHand, change, met, open, warning, wrong } from '../../src/model/plan.ts';
import { createElsewhere, createOutside, notesOn, yours } from './identity-source.ts';
import { fresh, type Group, groupMark, membersSaid, type Principal, type User } from './principals.ts';
import { describe, namesTwo } from './two-people.ts';

export const goal = 'There is a user to promote, who can sign in';

/** One of the answers, and who it is: a user or a group, where there is one. */
export interface Found {
  readonly value: string;
  readonly user?: User | undefined;
  /** Somebody else whom the answer names as well. */
  readonly other?: User;
  readonly group?: Group | undefined;
}
export type Standing = Omit<Plan<Principal, 'identitystore:CreateUser'>, 'goals'> & {
  readonly goals: readonly Goal<'identitystore:CreateUser'>[];
};

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
    gives: { type: 'USER', id: user.UserId, name },
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
            `group id ${id}: nobody is in it, so nobody gets the right until somebody is added`,
          )
        : met(value, says, `group id ${id}, ${membersSaid(members)} get the right: ${who}`),
    ],
    gives: { type: 'GROUP', id, name, members },
    notes: [
      `Anyone added to the group ${name} later also becomes an administrator; anyone removed loses that access. ${
        external
          ? `Its members are kept in ${yours}.`
          : 'Whoever may edit groups in IAM Identity Center decides who that is.'
      }`,
    ],
  };
}
/** How somebody stands who is not there: only a directory of its own may get a user from us. */
export function toCreate(
  answers: Readonly<Partial<Record<'directory' | 'userName' | 'givenName' | 'familyName' | 'email', string>>>,
  external: string | undefined,
  { store: IdentityStoreId }: { readonly store: string },
  link: string,
): Standing {
  if (external !== undefined || answers.directory === 'elsewhere')
    return {
      goals: [
        byHand('user', external === undefined ? createElsewhere : createOutside(external), link),
        ...(answers.userName
          ? []
          : [open('name', 'The person’s user name is known, to look for', 'userName')]),
      ],
    };
  if (answers.directory !== 'here') return { goals: [open('user', goal, 'directory')] };
  const { userName, givenName, familyName, email } = answers;
  if (!userName) return { goals: [open('user', goal, 'userName')] };
  if (!givenName) return { goals: [open('user', goal, 'givenName')] };
  if (!familyName) return { goals: [open('user', goal, 'familyName')] };
  if (!email) return { goals: [open('user', goal, 'email')] };
  const create = change(
    'user',
    `Create the user ${userName} (${givenName} ${familyName}, ${email})`,
    'identitystore:CreateUser',
    {
      IdentityStoreId,
      UserName: userName,
      DisplayName: `${givenName} ${familyName}`,
      Name: { GivenName: givenName, FamilyName: familyName },
      Emails: [{ Value: email, Type: 'work', Primary: true }],
    },
    {
      leadsTo: ['sso:CreateAccountAssignment'],
      console: 'IAM Identity Center › Users › Add user',
      link,
      consequences: [
        'AWS sends no invitation and no password for a user created this way. Afterwards, in the console: IAM Identity Center › Users › the user › Reset password, or Settings › Authentication › Standard authentication › Send email OTP.',
      ],
    },
  );
  const id: Known<string> = after(create, 'UserId');
  return {
    goals: [
      create,
      warning('password', 'The new user can sign in', 'not before a password was sent from the console'),
    ],
    gives: { type: 'USER', id, name: userName },
  };
}
