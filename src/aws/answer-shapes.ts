import type { Output } from '../model/operations/sdk.ts';
import type { Operation } from '../model/operations.ts';

/** 'text!': it has to be there, and so has whatever holds it. Everything else may be absent; an 'id' is not empty. */
export type Shape = 'text' | 'text!' | 'id' | 'flag' | 'date' | List | Members;
/** 'some': it has to be there, with one in it at least. */
export type List = readonly [Shape] | readonly [Shape, 'some'];
export interface Members {
  readonly [member: string]: Shape | undefined;
}
/** Of the SDK's type of an answer. */
type ShapeOf<T> = T extends string
  ? 'text' | 'text!' | 'id'
  : T extends boolean
    ? 'flag'
    : T extends Date
      ? 'date'
      : T extends readonly (infer E)[]
        ? readonly [ShapeOf<NonNullable<E>>] | readonly [ShapeOf<NonNullable<E>>, 'some']
        : T extends object
          ? { readonly [K in keyof T]?: ShapeOf<NonNullable<T[K]>> }
          : never;

const next = { NextToken: 'text' } as const;
const externalIds = { ExternalIds: [{ Issuer: 'text', Id: 'text' }] } as const;
const user = {
  UserId: 'text!',
  UserName: 'text',
  DisplayName: 'text',
  UserStatus: 'text',
  Emails: [{ Value: 'text' }],
  ...externalIds,
} as const;
const group = { GroupId: 'text!', DisplayName: 'text', Description: 'text', ...externalIds } as const;
const boundary = { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: 'flag' } } as const;
const status = { Status: 'text', RequestId: 'id', FailureReason: 'text', CreatedDate: 'date' } as const;
const assignment = {
  ...status,
  TargetId: 'text',
  TargetType: 'text',
  PermissionSetArn: 'text',
  PrincipalType: 'text',
  PrincipalId: 'text',
} as const;
const provisioning = { ...status, AccountId: 'text', PermissionSetArn: 'text' } as const;
const listedStatus = { Status: 'text', RequestId: 'id', CreatedDate: 'date' } as const;
const managedPolicy = { Name: 'text!', Path: 'text' } as const;

/**
 * Of every answer, the members that are used, and what they have to be. An answer is checked against it where it enters:
 * nothing behind has to be ready for anything else.
 */
export const answerShapes: { readonly [Op in Operation]: ShapeOf<Output<Op>> } = {
  'account:GetAccountInformation': { AccountName: 'text' },
  'account:GetRegionOptStatus': { RegionOptStatus: 'text' },
  'account:ListRegions': { Regions: [{ RegionName: 'text!' }], ...next },
  'cloudtrail:LookupEvents': { Events: [{ CloudTrailEvent: 'text', EventTime: 'date' }], ...next },
  'iam:GetRole': { Role: { Arn: 'text!' } },
  'iam:SimulatePrincipalPolicy': {
    EvaluationResults: [
      {
        ...{ EvalActionName: 'text!', EvalResourceName: 'text', EvalDecision: 'text!' },
        MissingContextValues: ['text'],
        OrganizationsDecisionDetail: { AllowedByOrganizations: 'flag' },
        ...boundary,
        ResourceSpecificResults: [
          {
            ...{ EvalResourceName: 'text', EvalResourceDecision: 'text' },
            MissingContextValues: ['text'],
            ...boundary,
          },
        ],
      },
      'some',
    ],
    IsTruncated: 'flag',
    Marker: 'text',
  },
  'identitystore:GetUserId': { UserId: 'text!' },
  'identitystore:DescribeUser': user,
  'identitystore:ListUsers': { Users: [user], ...next },
  'identitystore:GetGroupId': { GroupId: 'text!' },
  'identitystore:DescribeGroup': group,
  'identitystore:ListGroups': { Groups: [group], ...next },
  'identitystore:ListGroupMemberships': { GroupMemberships: [{ MemberId: { UserId: 'text' } }], ...next },
  'organizations:DescribeOrganization': {
    Organization: { Id: 'text', MasterAccountId: 'text', FeatureSet: 'text' },
  },
  'organizations:ListAccounts': {
    Accounts: [{ Id: 'text!', Name: 'text', State: 'text', Status: 'text' }],
    ...next,
  },
  'organizations:ListDelegatedAdministrators': {
    DelegatedAdministrators: [{ Id: 'text!', DelegationEnabledDate: 'date' }],
    ...next,
  },
  'organizations:ListAWSServiceAccessForOrganization': {
    EnabledServicePrincipals: [{ ServicePrincipal: 'text!' }],
    ...next,
  },
  'sso:ListApplications': {
    Applications: [{ Name: 'text', CreatedFrom: 'text', ApplicationAccount: 'text' }],
    ...next,
  },
  'sso:ListInstances': {
    Instances: [
      {
        ...{ InstanceArn: 'text!', IdentityStoreId: 'text!', OwnerAccountId: 'text', PrimaryRegion: 'text' },
        ...{ Status: 'text', StatusReason: 'text', CreatedDate: 'date' },
        Regions: [{ RegionName: 'text!', Status: 'text' }],
      },
    ],
    ...next,
  },
  'sso:DescribeInstance': {
    PermissionSetsEnabled: 'flag',
    EncryptionConfigurationDetails: { KeyType: 'text', KmsKeyArn: 'text' },
  },
  'sso:ListPermissionSets': { PermissionSets: ['text!'], ...next },
  'sso:DescribePermissionSet': {
    PermissionSet: { Name: 'text!', SessionDuration: 'text', CreatedDate: 'date' },
  },
  'sso:GetInlinePolicyForPermissionSet': { InlinePolicy: 'text' },
  'sso:ListManagedPoliciesInPermissionSet': {
    AttachedManagedPolicies: [{ Arn: 'text', Name: 'text' }],
    ...next,
  },
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet': {
    CustomerManagedPolicyReferences: [managedPolicy],
    ...next,
  },
  'sso:GetPermissionsBoundaryForPermissionSet': {
    PermissionsBoundary: {
      ManagedPolicyArn: 'text',
      CustomerManagedPolicyReference: { Name: 'text', Path: 'text' },
    },
  },
  'sso:ListAccountsForProvisionedPermissionSet': { AccountIds: ['text!'], ...next },
  'sso:ListAccountAssignments': {
    AccountAssignments: [{ PrincipalId: 'text!', PrincipalType: 'text!' }],
    ...next,
  },
  'sso:ListTagsForResource': { Tags: [{ Key: 'text!', Value: 'text' }], ...next },
  'sso:DescribeAccountAssignmentCreationStatus': { AccountAssignmentCreationStatus: assignment },
  'sso:ListAccountAssignmentCreationStatus': { AccountAssignmentsCreationStatus: [listedStatus], ...next },
  'sso:DescribePermissionSetProvisioningStatus': { PermissionSetProvisioningStatus: provisioning },
  'sso:ListPermissionSetProvisioningStatus': { PermissionSetsProvisioningStatus: [listedStatus], ...next },
  'sso:DescribeAccountAssignmentDeletionStatus': { AccountAssignmentDeletionStatus: assignment },
  'sso:ListAccountAssignmentDeletionStatus': { AccountAssignmentsDeletionStatus: [listedStatus], ...next },
  'sts:GetCallerIdentity': { Account: 'text!', Arn: 'text!' },

  'organizations:RegisterDelegatedAdministrator': {},
  'organizations:DeregisterDelegatedAdministrator': {},
  'identitystore:CreateUser': { UserId: 'id' },
  'sso:CreatePermissionSet': { PermissionSet: { PermissionSetArn: 'id' } },
  'sso:PutInlinePolicyToPermissionSet': {},
  'sso:ProvisionPermissionSet': { PermissionSetProvisioningStatus: provisioning },
  'sso:CreateAccountAssignment': { AccountAssignmentCreationStatus: assignment },
  'sso:DeleteAccountAssignment': { AccountAssignmentDeletionStatus: assignment },
  'sso:DeletePermissionSet': {},
  'sso:DeleteInlinePolicyFromPermissionSet': {},
};
