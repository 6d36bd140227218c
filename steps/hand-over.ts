import { identityCenterLink } from '../src/model/console.ts';
import { met } from '../src/model/plan.ts';
import { unlessRefused } from '../src/model/reader.ts';
import { step } from '../src/model/step.ts';
import { defined } from '../src/model/text/defined.ts';
import { administratorUser } from './administrator-user.ts';
import { assignAdministrator } from './assign-administrator.ts';
import { assignInManagement } from './assign-in-management.ts';
import { type Place, placeSaid } from './assignments/assignments.ts';
import { resultOf } from './assignments/result.ts';
import { beforeYouStart } from './before-you-start.ts';
import { delegatedIdentity } from './delegated-identity.ts';
import { homeRegion } from './home-region.ts';
import { accountsOf } from './lookups/accounts.ts';
import { hasProfile, nextConsoles, profileGoals, profilesAt } from './lookups/profiles.ts';
import { permissionSet } from './permission-set.ts';
import { keptAsItIs } from './permission-sets/plan-permission-set.ts';
import { chosenPolicy, documentedPolicy } from './policies/index.ts';
import { closed, keepInMind } from './product.ts';
import { registerDelegatedAdministrator } from './register-delegated-administrator.ts';
import { sessionDuration } from './session-duration.ts';

/** The end: before it the engine sees every other step once more. What it says is only said when all of them hold. */
export const handOver = step({
  id: 'hand-over',
  title: 'Hand over to the CodeWhisperer administrator',
  short: 'Hand over',
  about: 'Check everything once more, and tell the administrator how to begin.',
  document: {
    section: 'Assigning CodeWhisperer administration rights · the end',
    says: [
      'The CodeWhisperer administrator has the access that is needed.',
      'Next, the CodeWhisperer administrator authorises a professional developer to use CodeWhisperer Professional through an IDE.',
    ],
  },
  actor: 'delegated-administrator',
  observedBy: 'either',
  calls: ['sso:ListApplications', 'organizations:ListAccounts'],
  informs: ['sso:ListApplications', 'organizations:ListAccounts'],
  dependsOn: {
    start: beforeYouStart,
    session: sessionDuration,
    instance: homeRegion,
    delegate: registerDelegatedAdministrator,
    identity: delegatedIdentity,
    user: administratorUser,
    set: permissionSet,
    assignment: assignAdministrator,
    management: assignInManagement,
  },
  questions: {},

  observe: (aws, { given, eyes }) =>
    profilesAt(aws, { instance: given.instance.arn, eyes }, placesOf(given), () =>
      unlessRefused(accountsOf(aws)),
    ),

  plan: (profiles, { given }) => {
    const { delegate, user, set, assignment, management, identity, instance } = given;
    const who = user.principals.map(({ type, name }) =>
      type === 'GROUP' ? `everybody in the group ${name}` : name,
    );
    const ways = [
      ...assignment.accounts.map(({ name }) => ({ name, set: set.name })),
      ...(management ? [{ name: management.account.name, set: management.set }] : []),
    ];
    const verb = who.length > 1 ? 'are' : 'is';
    const consoles = nextConsoles(profiles.of);
    const [next] = consoles;
    return {
      goals: [
        met(
          'delegate',
          'IAM Identity Center is administered from a member account',
          `${delegate.name} (${delegate.account})`,
        ),
        set.kept
          ? keptAsItIs('set', set.name, chosenPolicy({ policy: set.policy }) ?? documentedPolicy)
          : met('set', `The permission set ${set.name} carries the administrator’s policy`, String(set.arn)),
        met(
          'assignment',
          `${who.join(', ')} ${verb} CodeWhisperer administrator${user.principals.length > 1 ? 's' : ''}`,
          placesOf(given).map(placeSaid).join(', '),
        ),
        ...profileGoals(profiles),
        met('all', 'Final check: all steps verified', 'AWS shows every step of this run as done'),
      ],
      gives: {},
      notes: [
        `Tell ${who.join(', ')}: sign in at ${identity.portal}, choose ${wayIn(ways)}.`,
        `Next, they open the Amazon Q Developer console (called Kiro console today) and authorize developers there: ${consoles.length === 1 ? next?.link : 'in each of these accounts.'}`,
        ...(consoles.length === 1 ? [] : consoles.map((one) => `${placeSaid(one)}: ${one.link}`)),
        `No API can do that part: profiles and subscriptions exist in that console only. ${closed}`,
        `IAM Identity Center: ${identityCenterLink({ account: delegate.account, region: instance.region })}`,
      ],
      ...defined({ link: next?.link }),
      result: resultOf({
        delegate: { id: delegate.account, name: delegate.name },
        principals: user.principals,
        ways: [
          ...assignment.accounts.map((place) => ({ place, set: set.name, policy: policyOf(set) })),
          ...(management ? [{ place: management.account, set: management.set, policy: undefined }] : []),
        ],
        portal: identity.portal,
        consoles,
        mind: keepInMind,
      }),
      ...defined({
        reconsider:
          profiles.of.some(hasProfile) || profiles.of.every(({ profiles: one }) => 'refused' in one)
            ? undefined
            : {
                ...{ step: assignAdministrator.id, question: 'target', says: 'choose another account' },
              },
      }),
    };
  },
});

/** What the policy of the set is called, as it stood in the list to choose from: a ticket's reader has no document. */
const policyOf = ({ policy, kept }: { readonly policy: string; readonly kept?: true }): string | undefined =>
  kept ? 'its own, kept as it was by your decision' : chosenPolicy({ policy })?.label;

interface Assigned {
  readonly assignment: { readonly accounts: readonly Place[] };
  readonly management: { readonly account: Place } | undefined;
}
/** Every account in which CodeWhisperer is administered. */
const placesOf = ({ assignment, management }: Assigned): readonly Place[] => [
  ...assignment.accounts,
  ...(management ? [management.account] : []),
];
/** The accounts that are entered with one set together: 'Dev or Prod, then Set; or Root, then Set_mgmt'. */
function wayIn(ways: readonly { readonly name: string; readonly set: string }[]): string {
  const sets = [...new Set(ways.map(({ set }) => set))];
  return sets
    .map((set) => `${ways.flatMap((way) => (way.set === set ? [way.name] : [])).join(' or ')}, then ${set}`)
    .join('; or ');
}
