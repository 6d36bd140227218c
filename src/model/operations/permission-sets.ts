import type { RawInput } from './sdk.ts';
import { type Catalogue, isGone, notShown, ssoBusy, stillShown } from './write-facts.ts';

const onSet = { about: ['instance', 'permission-set'], also: [] } as const;
const asked = { rate: 'identity-center', underWay: null, size: null } as const;
/** What is the same for all that changes one permission set. */
const ofSet = {
  is: 'write',
  records: { input: { InstanceArn: true, PermissionSetArn: true }, output: {} },
  key: ['InstanceArn', 'PermissionSetArn'],
  settles: null,
  takesHold: 'at-once',
  appoints: null,
  iam: onSet,
  plumbing: ['InstanceArn'],
  people: [],
  quota: asked,
} as const;
/** Accounts have a set as it was when it was last brought into them. */
const whenProvisioned = {
  with: 'sso:ProvisionPermissionSet',
  of: 'PermissionSetArn',
  everywhere: ({ InstanceArn, PermissionSetArn }: Set) =>
    ({
      InstanceArn,
      PermissionSetArn,
      TargetType: 'ALL_PROVISIONED_ACCOUNTS',
    }) satisfies RawInput<'sso:ProvisionPermissionSet'>,
} as const;
interface Set {
  readonly InstanceArn: string | undefined;
  readonly PermissionSetArn: string | undefined;
}
const policyOf = ({ InstanceArn, PermissionSetArn }: Set) =>
  ({ operation: 'sso:GetInlinePolicyForPermissionSet', input: { InstanceArn, PermissionSetArn } }) as const;
const putBack = {
  by: 'sso:PutInlinePolicyToPermissionSet',
  same: ['InstanceArn', 'PermissionSetArn'],
  before: 'InlinePolicy',
  alone: false, // whoever has the set is granted something else
} as const;

/** Permission sets, their inline policies, and bringing them into accounts. */
export const permissionSets = {
  'sso:CreatePermissionSet': {
    ...ofSet,
    records: {
      input: {
        InstanceArn: true,
        Name: true,
        Description: true,
        SessionDuration: true,
        Tags: { Key: true, Value: true },
      },
      output: {
        PermissionSet: {
          PermissionSetArn: true,
          Name: true,
          Description: true,
          CreatedDate: true,
          SessionDuration: true,
        },
      },
    },
    key: ['InstanceArn', 'Name'],
    effect: 'creates',
    stays: 'by-itself',
    reversedBy: [
      {
        by: 'sso:DeletePermissionSet',
        same: ['InstanceArn'],
        reply: { PermissionSetArn: 'PermissionSet.PermissionSetArn' },
        alone: false, // its policy goes with it
      },
    ],
    iam: {
      about: ['instance'],
      also: [{ action: 'sso:TagResource', about: ['instance'], spare: true }],
    },
    seenBy: ({ InstanceArn }) => ({ operation: 'sso:ListPermissionSets', input: { InstanceArn } }),
    worded: { as: 'members' },
    refused: {
      inProgress: ssoBusy,
      already: [
        {
          code: 'ConflictException',
          says: /^PermissionSet with name \S+ already exists\.?$/,
          source:
            'hashicorp/terraform-provider-aws#38544; aws-samples/terraform-aws-identity-center#2 (CloudTrail)',
        },
      ],
      unseen: ({ Name }) => ({
        found: `AWS has a permission set of this name that these credentials cannot see`,
        remedy: `Wait a few minutes and check again: somebody may have just created it. If it stays so, look for ${Name} in the console (IAM Identity Center › Permission sets) with an identity that can see every permission set, or choose another name for the set of this run.`,
      }),
    },
  },
  'sso:PutInlinePolicyToPermissionSet': {
    ...ofSet,
    records: { input: { ...ofSet.records.input, InlinePolicy: true }, output: {} },
    effect: 'overwrites',
    stays: 'in-another',
    takesHold: whenProvisioned,
    reversedBy: [
      putBack,
      {
        by: 'sso:DeleteInlinePolicyFromPermissionSet',
        same: ['InstanceArn', 'PermissionSetArn'],
        alone: false, // whoever has the set is granted less
      },
    ],
    seenBy: policyOf,
    worded: { as: 'policy', leaves: 'InlinePolicy' },
    quota: { ...asked, size: { member: 'InlinePolicy', most: 10_240 } },
    refused: { inProgress: ssoBusy, already: [], unseen: notShown },
  },
  'sso:DeleteInlinePolicyFromPermissionSet': {
    ...ofSet,
    effect: 'removes',
    stays: 'nothing',
    takesHold: whenProvisioned,
    reversedBy: [putBack],
    seenBy: policyOf,
    worded: { as: 'policy', leaves: null },
    refused: { inProgress: ssoBusy, already: isGone, unseen: stillShown },
  },
  'sso:DeletePermissionSet': {
    ...ofSet,
    effect: 'removes',
    stays: 'nothing',
    reversedBy: [], // another one of that name is another set
    seenBy: policyOf,
    worded: { as: 'policy', leaves: null },
    refused: { inProgress: ssoBusy, already: isGone, unseen: stillShown },
  },
  'sso:ProvisionPermissionSet': {
    ...ofSet,
    records: {
      input: { ...ofSet.records.input, TargetType: true, TargetId: true },
      output: {
        PermissionSetProvisioningStatus: {
          Status: true,
          RequestId: true,
          FailureReason: true,
          CreatedDate: true,
          AccountId: true,
          PermissionSetArn: true,
        },
      },
    },
    key: ['InstanceArn', 'PermissionSetArn', 'TargetType', 'TargetId'],
    settles: {
      by: 'sso:DescribePermissionSetProvisioningStatus',
      id: 'ProvisionPermissionSetRequestId',
      status: 'PermissionSetProvisioningStatus',
      scope: ['InstanceArn'],
      lost: { by: 'sso:ListPermissionSetProvisioningStatus', rows: 'PermissionSetsProvisioningStatus' },
    },
    seenBy: 'its-request',
    effect: 'overwrites',
    stays: 'in-another',
    // AWS keeps no older version: once the set is as it was, the same brings it into the accounts again.
    reversedBy: [
      {
        by: 'sso:ProvisionPermissionSet',
        same: ['InstanceArn', 'PermissionSetArn', 'TargetType', 'TargetId'],
        alone: false,
      },
    ],
    worded: { as: 'members' },
    refused: { inProgress: ssoBusy, already: [], unseen: notShown },
  },
} as const satisfies Catalogue;
