import { type Catalogue, isGone, notShown, ssoBusy, stillShown } from './write-facts.ts';

/** What AWS says of a request. */
const told = {
  Status: true,
  RequestId: true,
  FailureReason: true,
  CreatedDate: true,
  TargetId: true,
  TargetType: true,
  PermissionSetArn: true,
  PrincipalType: true,
  PrincipalId: true,
} as const;
const given = {
  InstanceArn: true,
  TargetId: true,
  TargetType: true,
  PermissionSetArn: true,
  PrincipalType: true,
  PrincipalId: true,
} as const;
const members = [
  ...(['InstanceArn', 'TargetId', 'TargetType'] as const),
  ...(['PermissionSetArn', 'PrincipalType', 'PrincipalId'] as const),
] as const;
const assignment = {
  is: 'write',
  key: members,
  seenBy: 'its-request',
  takesHold: 'at-once',
  appoints: null,
  iam: { about: ['instance', 'permission-set', 'target-account'], also: [] },
  plumbing: ['InstanceArn'],
  people: [],
  worded: { as: 'assignment', who: 'PrincipalId', kind: 'PrincipalType', where: 'TargetId' },
  quota: {
    rate: 'identity-center',
    /**
     * IAM Identity Center user guide, quotas: 15 outstanding asynchronous calls, and in an account one IAM role is updated
     * at a time.
     */
    underWay: { most: 15, each: 'TargetId' },
    size: null,
  },
} as const;

/** Who may enter which account with which permission set. */
export const accountAssignments = {
  'sso:CreateAccountAssignment': {
    ...assignment,
    records: { input: given, output: { AccountAssignmentCreationStatus: told } },
    effect: 'grants',
    stays: 'by-itself',
    reversedBy: [{ by: 'sso:DeleteAccountAssignment', same: members, alone: true }],
    settles: {
      by: 'sso:DescribeAccountAssignmentCreationStatus',
      id: 'AccountAssignmentCreationRequestId',
      status: 'AccountAssignmentCreationStatus',
      scope: ['InstanceArn'],
      lost: { by: 'sso:ListAccountAssignmentCreationStatus', rows: 'AccountAssignmentsCreationStatus' },
    },
    refused: { inProgress: ssoBusy, already: [], unseen: notShown },
  },
  'sso:DeleteAccountAssignment': {
    ...assignment,
    records: { input: given, output: { AccountAssignmentDeletionStatus: told } },
    effect: 'removes',
    stays: 'nothing',
    reversedBy: [{ by: 'sso:CreateAccountAssignment', same: members, alone: true }],
    settles: {
      by: 'sso:DescribeAccountAssignmentDeletionStatus',
      id: 'AccountAssignmentDeletionRequestId',
      status: 'AccountAssignmentDeletionStatus',
      scope: ['InstanceArn'],
      lost: { by: 'sso:ListAccountAssignmentDeletionStatus', rows: 'AccountAssignmentsDeletionStatus' },
    },
    refused: { inProgress: ssoBusy, already: isGone, unseen: stillShown },
  },
} as const satisfies Catalogue;
