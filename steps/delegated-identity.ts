import { preflightCalls, preflightInforms } from '../src/model/access/preflight.ts';
import { permissionsGoal } from '../src/model/access/preflight-goals.ts';
import { met, open, unknown, wrong } from '../src/model/plan.ts';
import { unlessRefused } from '../src/model/reader.ts';
import { step } from '../src/model/step.ts';
import { homeRegion } from './home-region.ts';
import { keyGoals, keyOf } from './lookups/identity-center-key.ts';
import { permissionsFor } from './lookups/permissions.ts';
import { organization } from './organization.ts';
import { registerDelegatedAdministrator } from './register-delegated-administrator.ts';

const acts = 'The delegated administrator’s credentials act';
const sees = 'They see the organization’s IAM Identity Center';
const address = 'The address of the access portal is known';

/** From here on the delegated administrator acts. */
export const delegatedIdentity = step({
  id: 'delegated-identity',
  title: 'Switch to the delegated administrator',
  short: 'Switch identity',
  document: {
    section: 'Assigning CodeWhisperer administration rights · Warning, and line 1 of both procedures',
    says: [
      'From here on you act as the organization’s administrator in the delegated administrator account. Depending on how you are signed in, you may have to switch user, account or role first.',
      'In the console you would begin at the address of the access portal that you were given, signed in as the account’s administrator.',
    ],
  },
  actor: 'delegated-administrator',
  eyes: 'actor',
  calls: [...preflightCalls, 'sso:ListInstances', 'sso:DescribeInstance', 'sso:ListPermissionSets'],
  informs: preflightInforms,
  needs: { organization, instance: homeRegion, delegate: registerDelegatedAdministrator },
  questions: {
    portal: {
      says: 'Address of the access portal (correct it if your organization has chosen its own)',
      as: 'text',
      pattern: 'https://[A-Za-z0-9.\\-]+(/[A-Za-z0-9/._\\-]*)?',
      example: 'https://example.awsapps.com/start',
    },
  },

  observe: async (aws, { given }) => {
    const listing = async () => {
      const all: string[] = [];
      for await (const page of aws.pages('sso:ListInstances', {}))
        all.push(...(page.Instances ?? []).flatMap(({ InstanceArn }) => InstanceArn ?? []));
      return all;
    };
    const [caller, instances] = await Promise.all([
      aws.read('sts:GetCallerIdentity', {}),
      unlessRefused(listing()),
    ]);
    const { Account: account = '', Arn: arn = '' } = caller;
    if (account !== given.delegate.account) return { account, arn, instances };
    const [permissions, key] = await Promise.all([
      permissionsFor(aws, given.organization, given.instance),
      keyOf(aws, given.instance.arn),
    ]);
    return { account, arn, instances, permissions, key };
  },

  plan: ({ account, arn, instances, permissions, key }, { answers, given }) => {
    const { account: delegate, name } = given.delegate;
    const { arn: instance, region, store } = given.instance;
    if (account !== delegate)
      return {
        goals: [wrong('caller', acts, `${arn} acts`, `Use credentials of ${name} (${delegate}).`)],
      };
    const seen = 'seen' in instances && instances.seen.includes(instance);
    const why =
      'refused' in instances
        ? instances.refused
        : `AWS does not show ${instance} in ${region} to ${delegate}`;
    return {
      goals: [
        met('caller', acts, `${arn}, account ${name} (${delegate})`),
        seen
          ? met('instance', sees, `${instance} in ${region}`)
          : 'refused' in instances
            ? unknown('instance', sees, why, { firm: true })
            : unknown('instance', sees, `${why}. After a registration this may take a few minutes`, {
                firm: true,
                soon: true,
              }),
        answers.portal
          ? met('portal', address, answers.portal)
          : open('portal', address, 'portal', `https://${store}.awsapps.com/start`),
        ...(key ? keyGoals(key) : []),
        ...(permissions ? [permissionsGoal(permissions, 'delegated-administrator')] : []),
      ],
      gives: { portal: answers.portal ?? '' },
      notes: ['The address offered is AWS’s default. Whether your organization has its own, no API tells.'],
    };
  },
});
