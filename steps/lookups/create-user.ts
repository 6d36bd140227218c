import type { Known } from '../../src/model/call.ts';
import type { Goal, Plan } from '../../src/model/plan.ts';
import { after, byHand, change, open, warning } from '../../src/model/plan.ts';
import type { Foretold } from '../../src/model/step.ts';
import { createElsewhere, createOutside } from './identity-source.ts';
import type { Principal } from './principals.ts';

export const goal = 'There is a user to promote, who can sign in';

/** Before anybody was looked for. */
export const foretoldUser = {
  operation: 'identitystore:CreateUser',
  says: 'Create the user to promote',
  risk: 'routine',
  goal: 'user',
  needed: 'if the person is not in the Identity Center directory yet',
  input: {
    IdentityStoreId: { later: 'the identity store of IAM Identity Center', output: ['home-region', 'store'] },
    UserName: { later: 'the user name' },
    DisplayName: { later: 'the name that is shown' },
    Name: { later: 'given and family name, as JSON: {"GivenName":"…","FamilyName":"…"}' },
    Emails: { later: 'the e-mail address, as JSON: [{"Value":"…","Type":"work","Primary":true}]' },
  },
} as const satisfies Foretold;

/** One of those to promote, as far as it is known who that is. */
export type Standing = Omit<Plan<Principal, 'identitystore:CreateUser'>, 'goals'> & {
  readonly goals: readonly Goal<'identitystore:CreateUser'>[];
};

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
        byHand(
          'user',
          external === undefined
            ? createElsewhere(answers.userName)
            : createOutside(external, answers.userName),
          link,
        ),
        ...(answers.userName ? [] : [open('name', 'The user name to look for is known', 'userName')]),
      ],
      notes: answers.userName
        ? []
        : ['The runbook looks for the user name you enter, and continues once that user is there.'],
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
      decisive: ['AWS sends no invitation and no password for a user created this way.'],
      consequences: [
        'Afterwards, in the console: IAM Identity Center › Users › the user › Reset password, or Settings › Authentication › Standard authentication › Send email OTP.',
      ],
    },
  );
  const id: Known<string> = after(create, 'UserId');
  return {
    goals: [
      create,
      warning('password', 'The new user can sign in', 'only after you send a password from the console'),
    ],
    gives: { type: 'USER', id, name: userName, display: `${givenName} ${familyName}`, email },
  };
}
