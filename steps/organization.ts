import { met, unknown, warning, wrong } from '../src/model/plan.ts';
import { unless, unlessRefused } from '../src/model/reader.ts';
import { step } from '../src/model/step.ts';
import { defined } from '../src/model/text/defined.ts';

const exists = 'The account belongs to an organization';
const features = 'The organization has all features enabled';

/** Which credentials act, and which organization they belong to. */
export const organization = step({
  id: 'organization',
  title: 'Confirm your identity and organization',
  short: 'Identity',
  about: 'Sign in, and see which account and organization you are in.',
  document: {
    section: 'Delegate IAM Identity Center administration to a non-management account',
    says: [
      'IAM Identity Center should not be administered from the management account. The management account only decides which member account does it instead.',
      'Until that is decided the management account’s credentials are needed. Where it was decided earlier, the delegated administrator’s are enough to see so.',
    ],
    links: [
      {
        title: 'IAM Identity Center User Guide: Delegated administration',
        url: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html',
      },
    ],
  },
  actor: 'management',
  observedBy: 'either',
  calls: ['sts:GetCallerIdentity', 'organizations:DescribeOrganization', 'account:GetAccountInformation'],
  informs: ['account:GetAccountInformation'],
  dependsOn: {},
  questions: {},

  observe: async (aws) => {
    const [caller, described, information] = await Promise.all([
      aws.read('sts:GetCallerIdentity', {}),
      unlessRefused(
        unless('AWSOrganizationsNotInUseException', aws.read('organizations:DescribeOrganization', {})),
      ),
      unlessRefused(aws.read('account:GetAccountInformation', {})),
    ]);
    const name = 'seen' in information ? information.seen.AccountName : undefined;
    return {
      account: caller.Account ?? '',
      arn: caller.Arn ?? '',
      described,
      ...defined({ name: name || undefined }),
    };
  },

  plan: ({ account, arn, described, name }) => {
    // Who acts is shown by name; that it is not told changes nothing.
    const names = defined({ names: name === undefined ? undefined : { [account]: name } });
    if ('refused' in described)
      return { goals: [unknown('organization', exists, described.refused, { firm: true })] };
    if (described.seen === undefined)
      return {
        goals: [
          wrong(
            'organization',
            exists,
            `account ${account} is not in an organization (AWSOrganizationsNotInUseException)`,
            'The document’s procedure is for an organization with IAM Identity Center and does not apply to this account. Use credentials of an account in your organization.',
          ),
        ],
        ...names,
      };
    const { Id: id, MasterAccountId: management, FeatureSet } = described.seen.Organization ?? {};
    if (!id || !management)
      return {
        goals: [
          unknown(
            'organization',
            exists,
            'AWS’s answer to organizations:DescribeOrganization names no organization',
            { firm: true, soon: true },
          ),
        ],
        ...names,
      };
    const manages = account === management;
    return {
      goals: [
        met('organization', exists, `organization ${id}, managed by account ${management}`),
        FeatureSet === 'ALL'
          ? met('features', features, 'FeatureSet is ALL')
          : wrong(
              'features',
              features,
              `FeatureSet is ${FeatureSet ?? 'not told'}`,
              'Without all features there is no delegated administrator. Enable all features in AWS Organizations, then check again.',
            ),
        manages
          ? met('caller', 'Caller identity confirmed', `${arn}: the management account`)
          : warning(
              'caller',
              'Caller identity confirmed',
              `${arn}: member account ${account}, not the management account. What is already done can be seen with it; registering a delegated administrator cannot be done with it.`,
            ),
      ],
      gives: { organization: id, management },
      ...names,
    };
  },

  binds: (gives) => ({ organization: gives.organization, accounts: { management: gives.management } }),
});
