import type { SdkRead } from './sdk.ts';

/**
 * What a policy may name for an action, and so what it is simulated on. Source: Service Authorization Reference, resource
 * types of these services.
 */
export type Resource =
  | 'any'
  | 'instance'
  | 'permission-set'
  | 'target-account' // of an assignment
  | 'store'
  | 'user'
  | 'users' // all of them: the action lists them
  | 'group'
  | 'groups'
  | 'memberships'
  | 'organization-account'
  | 'own-account'
  | 'own-role'; // one of those that IAM Identity Center makes

/** With what AWS counts how often it is asked: IAM Identity Center takes all its operations together. */
export type Rate = 'identity-center' | 'by-itself';

/** What is known of a question to AWS, whoever asks it. */
export interface ReadFacts {
  readonly is: 'read';
  /** On what IAM checks it. `null`: nobody needs a permission for it. */
  readonly about: readonly Resource[] | null;
  readonly rate: Rate;
  /** Where its answer names people: members, a dot between one and the next; lists are gone into. */
  readonly people: readonly string[];
}
const read = (rate: Rate, ...about: readonly Resource[]): ReadFacts => ({
  is: 'read',
  about,
  rate,
  people: [],
});
const person = ['UserName', 'DisplayName', 'NickName', 'Name', 'Emails.Value'] as const;
const any = read('by-itself', 'any');
const account = read('by-itself', 'own-account');
const role = read('by-itself', 'own-role');
const center = read('identity-center', 'any');
const instance = read('identity-center', 'instance');
const set = read('identity-center', 'instance', 'permission-set');

/** Every operation that the runbook may ask, and what is known of it. */
export const readFacts = {
  'account:GetAccountInformation': account,
  'account:GetRegionOptStatus': account,
  'account:ListRegions': account,
  'cloudtrail:LookupEvents': any,
  'iam:GetRole': role,
  'iam:SimulatePrincipalPolicy': role,
  'identitystore:GetUserId': read('by-itself', 'user', 'store'),
  'identitystore:DescribeUser': { ...read('by-itself', 'user', 'store'), people: person },
  'identitystore:ListUsers': {
    ...read('by-itself', 'users', 'store'),
    people: person.map((member) => `Users.${member}`),
  },
  'identitystore:GetGroupId': read('by-itself', 'group', 'store'),
  'identitystore:DescribeGroup': read('by-itself', 'group', 'store'),
  'identitystore:ListGroups': read('by-itself', 'groups', 'store'),
  'identitystore:ListGroupMemberships': read('by-itself', 'memberships', 'group', 'store'),
  'organizations:DescribeOrganization': any,
  'organizations:ListAccounts': any,
  'organizations:ListDelegatedAdministrators': any,
  'organizations:ListAWSServiceAccessForOrganization': any,
  'sso:ListApplications': center,
  'sso:ListInstances': center,
  'sso:DescribeInstance': instance,
  'sso:ListPermissionSets': instance,
  'sso:DescribePermissionSet': set,
  'sso:GetInlinePolicyForPermissionSet': set,
  'sso:ListManagedPoliciesInPermissionSet': set,
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet': set,
  'sso:GetPermissionsBoundaryForPermissionSet': set,
  'sso:ListAccountsForProvisionedPermissionSet': set,
  'sso:ListAccountAssignments': read('identity-center', 'instance', 'permission-set', 'target-account'),
  'sso:ListTagsForResource': instance,
  'sso:DescribeAccountAssignmentCreationStatus': instance,
  'sso:ListAccountAssignmentCreationStatus': instance,
  'sso:DescribePermissionSetProvisioningStatus': instance,
  'sso:ListPermissionSetProvisioningStatus': instance,
  'sso:DescribeAccountAssignmentDeletionStatus': instance,
  'sso:ListAccountAssignmentDeletionStatus': instance,
  'sts:GetCallerIdentity': { is: 'read', about: null, rate: 'by-itself', people: [] },
} as const satisfies { readonly [Op in SdkRead]?: ReadFacts };
/** An operation that only looks. */
export type ReadOperation = keyof typeof readFacts;
