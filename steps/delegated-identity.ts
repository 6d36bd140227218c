import { preflightCalls, preflightInforms } from '../src/model/access/preflight.ts';
import { met, open, wrong } from '../src/model/plan.ts';
import type { Seen } from '../src/model/reader.ts';
import { step } from '../src/model/step.ts';
import { defined } from '../src/model/text/defined.ts';
import { homeRegion } from './home-region.ts';
import { admission, admissionGoal } from './lookups/administration.ts';
import { type Key, keyArnOf, keyGoals } from './lookups/identity-center-key.ts';
import { aheadOf } from './lookups/permissions.ts';
import { organization } from './organization.ts';
import { registerDelegatedAdministrator } from './register-delegated-administrator.ts';

const acts = 'The delegated administrator’s credentials are in use';
const administer = 'They administer the organization’s IAM Identity Center';
const address = 'The address of the access portal is known';

/** From here on the delegated administrator acts. */
export const delegatedIdentity = step({
  id: 'delegated-identity',
  title: 'Switch to the delegated administrator',
  short: 'Switch identity',
  about: 'From here on you use the delegated administrator’s credentials.',
  document: {
    section: 'Assigning CodeWhisperer administration rights · Warning, and line 1 of both procedures',
    says: [
      'From here on you act as the organization’s administrator in the delegated administrator account. Depending on how you are signed in, you may have to switch user, account or role first.',
      'In the console you would begin at the address of the access portal that you were given, signed in as the account’s administrator.',
    ],
  },
  actor: 'delegated-administrator',
  observedBy: 'actor',
  calls: [...preflightCalls, 'sso:DescribeInstance', 'sso:ListPermissionSets'],
  informs: preflightInforms,
  foretells: { asks: ['portal'] },
  dependsOn: { organization, instance: homeRegion, delegate: registerDelegatedAdministrator },
  questions: {
    portal: {
      says: 'Address of the access portal (correct it if your organization has its own)',
      as: 'text',
      pattern: 'https://[A-Za-z0-9.\\-]+(/[A-Za-z0-9/._\\-]*)?',
      example: 'https://example.awsapps.com/start',
    },
  },

  observe: async (aws, { given }): Promise<State> => {
    const { Account: account = '', Arn: arn = '' } = await aws.read('sts:GetCallerIdentity', {});
    if (account !== given.delegate.account) return { account, arn };
    const [admitted, key] = await Promise.all([
      admission(aws, given.instance),
      keyArnOf(aws, given.instance.arn),
    ]);
    return {
      account,
      arn,
      admitted,
      ...defined({ key: key === undefined ? undefined : { arn: key, tried: admitted } }),
    };
  },

  plan: ({ account, arn, admitted, key }, { answers, given }) => {
    const { account: delegate, name } = given.delegate;
    const { arn: instance, region, store } = given.instance;
    if (account !== delegate || !admitted)
      return {
        goals: [wrong('caller', acts, `${arn} acts`, `Use credentials of ${name} (${delegate}).`)],
      };
    return {
      goals: [
        met('caller', acts, `${arn}, account ${name} (${delegate})`),
        admissionGoal(admitted, {
          id: 'instance',
          goal: administer,
          account: delegate,
          met: met('instance', administer, `AWS lets them read permission sets of ${instance} in ${region}`),
        }),
        answers.portal
          ? met('portal', address, answers.portal)
          : open('portal', address, 'portal', `https://${store}.awsapps.com/start`),
        ...(key ? keyGoals(key) : []),
      ],
      gives: { portal: answers.portal ?? '' },
      notes: [
        'The new administrator signs in at this address. The one shown is AWS’s default; no API shows whether your organization has its own.',
      ],
    };
  },
  foresees: ({ admitted }, { given }) => admitted && aheadOf(given.organization, given.instance),
});

interface State {
  readonly account: string;
  readonly arn: string;
  readonly admitted?: Seen<unknown>; // absent where another account acts
  readonly key?: Key | undefined;
}
