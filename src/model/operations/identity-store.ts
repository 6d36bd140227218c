import type { Catalogue } from './write-facts.ts';

/** Users of IAM Identity Center's own directory. */
export const users = {
  'identitystore:CreateUser': {
    is: 'write',
    records: {
      input: {
        IdentityStoreId: true,
        UserName: true,
        DisplayName: true,
        Name: { GivenName: true, FamilyName: true },
        Emails: { Value: true, Type: true, Primary: true },
      },
      output: { IdentityStoreId: true, UserId: true },
    },
    key: ['IdentityStoreId', 'UserName'],
    settles: null,
    effect: 'creates',
    stays: 'by-itself',
    takesHold: 'at-once',
    appoints: null,
    reversedBy: [], // a person may have begun to use it: nobody is deleted
    iam: { about: ['store'], also: [] },
    plumbing: ['IdentityStoreId'],
    people: ['UserName', 'DisplayName', 'Name', 'Emails'],
    seenBy: ({ IdentityStoreId, UserName }) => ({
      operation: 'identitystore:GetUserId',
      input: {
        IdentityStoreId,
        AlternateIdentifier: {
          UniqueAttribute: { AttributePath: 'userName', AttributeValue: UserName },
        },
      },
    }),
    worded: { as: 'members' },
    quota: { rate: 'by-itself', underWay: null, size: null },
    refused: {
      inProgress: [
        {
          code: 'ConflictException',
          reason: 'CONCURRENT_MODIFICATION',
          source: 'service model of identitystore: ConflictExceptionReason',
        },
      ],
      already: [
        {
          code: 'ConflictException',
          reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
          source: 'service model of identitystore: ConflictExceptionReason',
        },
        {
          code: 'ConflictException',
          says: /^Duplicate UserName\b/,
          source: 'getmoto/moto, compared with AWS by its authors',
        },
      ],
      unseen: () => ({
        found:
          'AWS has a user with this user name or e-mail address that these credentials cannot see by that name',
        remedy:
          'Wait a few minutes and check again: somebody may have just created the user. If it stays so, look for the user name and the e-mail address in the console (IAM Identity Center › Users), and choose that person, or another user name and address.',
      }),
    },
  },
} as const satisfies Catalogue;
