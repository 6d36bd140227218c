import { type Catalogue, stillShown, type Wording } from './write-facts.ts';

/** Organizations has a class of its own for it: "the target of the operation is currently being modified by a different request". */
const busy: readonly Wording[] = [
  {
    code: 'ConcurrentModificationException',
    source:
      'service model of organizations; org-formation/org-formation-cli#7; hashicorp/terraform-provider-aws#5073',
  },
];
const delegation = {
  is: 'write',
  records: { input: { AccountId: true, ServicePrincipal: true }, output: {} },
  key: ['ServicePrincipal', 'AccountId'],
  settles: null,
  takesHold: 'at-once',
  iam: { about: ['organization-account'], also: [] },
  plumbing: [],
  people: [],
  worded: { as: 'members' },
  quota: { rate: 'by-itself', underWay: null, size: null },
} as const;
const listed = (ServicePrincipal: string | undefined) =>
  ({ operation: 'organizations:ListDelegatedAdministrators', input: { ServicePrincipal } }) as const;

/** Who manages IAM Identity Center besides the management account. */
export const delegations = {
  'organizations:RegisterDelegatedAdministrator': {
    ...delegation,
    effect: 'grants',
    stays: 'by-itself',
    appoints: 'AccountId',
    reversedBy: [
      {
        by: 'organizations:DeregisterDelegatedAdministrator',
        same: ['AccountId', 'ServicePrincipal'],
        alone: false, // whoever administers there loses it
      },
    ],
    seenBy: ({ ServicePrincipal }) => listed(ServicePrincipal),
    refused: {
      inProgress: busy,
      already: [{ code: 'AccountAlreadyRegisteredException', source: 'service model of organizations' }],
      unseen: () => ({
        found: 'AWS says that the account is registered already, and does not list it to these credentials',
        remedy:
          'Wait a few minutes and check again. If it stays so, look in the management account’s console: IAM Identity Center › Settings › Management.',
      }),
    },
  },
  'organizations:DeregisterDelegatedAdministrator': {
    ...delegation,
    effect: 'removes',
    stays: 'nothing',
    appoints: null,
    reversedBy: [
      {
        by: 'organizations:RegisterDelegatedAdministrator',
        same: ['AccountId', 'ServicePrincipal'],
        alone: true,
      },
    ],
    seenBy: ({ ServicePrincipal }) => listed(ServicePrincipal),
    refused: {
      inProgress: busy,
      already: [{ code: 'AccountNotRegisteredException', source: 'service model of organizations' }],
      unseen: stillShown,
    },
  },
} as const satisfies Catalogue;
