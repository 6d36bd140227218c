import { change, type Goal, met, open, unknown, warning, wrong } from '../../src/model/plan.ts';
import { unlessRefused } from '../../src/model/reader.ts';
import { goalOf, newest, step } from '../../src/model/step.ts';
import { first } from './first.ts';

const ServicePrincipal = 'sso.amazonaws.com';

/** Looks, with questions of two kinds, and a dangerous change; each kind of goal but one by hand. */
export const delegate = step({
  id: 'delegate',
  title: 'Hand the keys on',
  short: 'Hand on',
  document: {
    section: 'The second part',
    says: ['A second account holds the keys.', 'There can be only one.'],
    links: [
      { title: 'A guide', url: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/what-is.html' },
    ],
  },
  actor: 'management',
  observedBy: 'either',
  calls: [
    'account:GetAccountInformation',
    'organizations:DescribeOrganization',
    'organizations:ListAccounts',
    'organizations:ListDelegatedAdministrators',
    'organizations:RegisterDelegatedAdministrator',
    'organizations:DeregisterDelegatedAdministrator',
    'sso:ListInstances',
  ],
  informs: ['account:GetAccountInformation'],
  foretells: {
    asks: ['seen', 'account'],
    changes: [
      {
        operation: 'organizations:RegisterDelegatedAdministrator',
        says: 'Give somebody the keys',
        risk: 'dangerous',
        goal: 'registered',
      },
    ],
  },
  dependsOn: { first },
  questions: {
    account: { says: 'Which account shall have the keys?', as: 'choice', of: 'accounts' },
    seen: { says: 'Have you seen the lock?', as: 'attestation', skippable: true },
  },
  choices: {
    account: async function* (aws) {
      const { Organization } = await aws.read('organizations:DescribeOrganization', {});
      for await (const { Accounts = [] } of aws.pages('organizations:ListAccounts', {}))
        for (const { Id: value = '', Name: label = value } of Accounts)
          yield value === Organization?.MasterAccountId
            ? { value, label, not: 'it has them already' }
            : { value, label };
    },
  },

  observe: async (aws) => {
    const { Organization } = await aws.read('organizations:DescribeOrganization', {});
    const { Instances = [] } = await aws.read('sso:ListInstances', {});
    const { DelegatedAdministrators = [] } = await aws.read('organizations:ListDelegatedAdministrators', {
      ServicePrincipal,
    });
    const information = await unlessRefused(aws.read('account:GetAccountInformation', {}));
    return {
      organization: Organization?.Id ?? '',
      management: Organization?.MasterAccountId ?? '',
      instance: Instances[0],
      holders: DelegatedAdministrators.map(({ Id = '' }) => Id),
      name: 'seen' in information ? information.seen.AccountName : undefined,
    };
  },

  plan: ({ organization, management, instance, holders, name }, { answers }) => {
    const { InstanceArn: arn, IdentityStoreId: store, OwnerAccountId: owner = management } = instance ?? {};
    const { account, seen } = answers;
    const [other] = holders.filter((holder) => holder !== account);
    return {
      goals: [
        arn && store
          ? met('instance', 'There is a door', arn)
          : unknown('instance', 'There is a door', 'none is listed', { firm: true }),
        name === undefined
          ? unknown('name', 'The account has a name', 'it was not told')
          : met('name', 'The account has a name', name),
        seen === undefined
          ? open('seen', 'The lock was seen', 'seen')
          : warning('seen', 'The lock was seen', seen),
        account === undefined
          ? open('account', 'Somebody is chosen', 'account')
          : holders.includes(account)
            ? met('registered', 'They have the keys', account)
            : other
              ? wrong('registered', 'They have the keys', `${other} has them`, 'Choose the one who has them.')
              : change(
                  'registered',
                  `Give ${account} the keys`,
                  'organizations:RegisterDelegatedAdministrator',
                  { AccountId: account, ServicePrincipal },
                  {
                    risk: 'dangerous',
                    typed: [account],
                    consequences: ['They can open every door.'],
                    console: 'Doors › Keys',
                    link: 'https://console.aws.amazon.com/singlesignon',
                  },
                ),
      ],
      ...(arn && store && account
        ? { gives: { organization, management, account, arn, store, region: arnRegion, owner } }
        : {}),
    };
  },
  untouched: ({ organization, management, arn, store }) => ({
    ...{ organization, management, holders: [], name: '' },
    instance: { InstanceArn: arn, IdentityStoreId: store },
  }),
  undo: {
    says: 'the keys are taken back',
    observe: async (aws) =>
      (await aws.read('organizations:ListDelegatedAdministrators', { ServicePrincipal }))
        .DelegatedAdministrators ?? [],
    plan: (holders, _, made) => ({
      goals: newest(made).flatMap(
        (one): readonly Goal<'organizations:DeregisterDelegatedAdministrator'>[] => {
          if (one.call.operation !== 'organizations:RegisterDelegatedAdministrator') return [];
          const { AccountId } = one.call.input;
          return holders.some(({ Id }) => Id === AccountId)
            ? [
                change(
                  goalOf(one),
                  `Take the keys from ${AccountId}`,
                  'organizations:DeregisterDelegatedAdministrator',
                  { AccountId, ServicePrincipal },
                  { risk: 'dangerous', typed: [AccountId] },
                ),
              ]
            : [met(goalOf(one), `${AccountId} has no keys`, 'it is not listed')];
        },
      ),
    }),
  },
  stays: (made) => (made.length > 0 ? ['What was opened meanwhile.'] : []),

  binds: ({ organization, management, account, arn, region }) => ({
    ...{ organization, instance: arn, region },
    accounts: { management, 'delegated-administrator': account },
  }),
});
/** Of every simulated organization. */
const arnRegion = 'us-east-1';
