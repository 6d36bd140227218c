import type { Sent } from './ledgered.ts';

/** What each kind of request is for, by the part of the run that makes it: docs/calls.md. */
export const reasons: Readonly<Record<string, string>> = {
  'caller · sts:GetCallerIdentity':
    'Whose credentials these are: before they are accepted, with every new set, and between a confirmation and its first call.',
  'caller · organizations:DescribeOrganization': 'Their organization, before they are accepted.',
  'permissions · iam:SimulatePrincipalPolicy':
    'Whether the policies allow everything ahead: one request with resources, one without. Later only what a change names for the first time.',
  'organization · organizations:DescribeOrganization':
    'The organization, its management account, and whether all features are enabled.',
  'organization · account:GetAccountInformation': 'The name of the account.',
  'home-region · sso:ListInstances': 'The IAM Identity Center instance, first in the most likely Region.',
  'home-region · account:GetRegionOptStatus':
    'Whether its Region is an opt-in Region. Read once: a default Region stays one.',
  'home-region · sso:DescribeInstance':
    'Whether permission sets are enabled, and which key encrypts the instance.',
  'delegated-account · organizations:ListAccounts': 'The account that is named, and its state.',
  'delegated-account · organizations:ListDelegatedAdministrators':
    'Whether an account is registered already. The next step uses the same answer.',
  'register-delegated-administrator · organizations:ListAWSServiceAccessForOrganization':
    'Whether trusted access is enabled.',
  'register-delegated-administrator · organizations:ListDelegatedAdministrators':
    'Whether the account is registered: between confirmation and call, and after the call.',
  'delegated-identity · sso:ListPermissionSets':
    'Whether AWS lets these credentials administer the instance.',
  'delegated-identity · sso:DescribeInstance': 'The key that these credentials need.',
  'administrator-user · identitystore:GetUserId':
    'The user, by user name or email address. Also before the first change, so a wrong name stops the run there.',
  'administrator-user · identitystore:DescribeUser': 'Whether the user exists and is enabled.',
  'answers · organizations:ListAccounts': 'Before a policy is chosen: the accounts that may have profiles.',
  'answers · sso:ListApplications':
    'Before a policy is chosen: which profiles exist, and so which policies are dangerous.',
  'permission-set · sso:ListPermissionSets': 'Whether a set has that name. Not needed once its ARN is known.',
  'permission-set · sso:DescribePermissionSet':
    'The set: until it is found, each one whose name is not known yet; then only this one, by its ARN.',
  'permission-set · sso:GetInlinePolicyForPermissionSet': 'Its policy.',
  'permission-set · sso:ListManagedPoliciesInPermissionSet': 'Anything else it grants.',
  'permission-set · sso:ListCustomerManagedPolicyReferencesInPermissionSet': 'Anything else it grants.',
  'permission-set · sso:GetPermissionsBoundaryForPermissionSet': 'What limits it.',
  'permission-set · sso:ListAccountsForProvisionedPermissionSet':
    'The accounts that have it, and those that have an older version. Two lists, because either one may be out of date.',
  'permission-set · sso:ListAccountAssignments': 'Who has it, and in which accounts.',
  'assign-administrator · organizations:ListAccounts': 'The target account, and its state.',
  'assign-administrator · sso:ListAccountAssignments': 'Who has the permission set there.',
  'assign-administrator · sso:ListApplications': 'Whether the account has a profile to administer.',
  'change · organizations:RegisterDelegatedAdministrator': 'The first change.',
  'change · sso:CreatePermissionSet': 'The second change.',
  'change · sso:PutInlinePolicyToPermissionSet': 'The third change.',
  'change · sso:CreateAccountAssignment': 'The fourth change.',
  'status · sso:DescribeAccountAssignmentCreationStatus': 'How the assignment ended.',
};

const link =
  (actor: Sent['actor']) =>
  (operation: string, why: string): Pick<Sent, 'operation' | 'actor'> & { readonly why: string } => ({
    ...{ operation, actor, why },
  });
const m = link('management');
const d = link('delegated-administrator');
/** The longest chain of requests of a fresh run of which each needs the answer of the one before. */
export const path = [
  m('sts:GetCallerIdentity', 'whose credentials these are'),
  m('organizations:DescribeOrganization', 'their organization, once the partition is known'),
  m('sts:GetCallerIdentity', 'whether the credentials that were accepted are the ones in use'),
  m('organizations:DescribeOrganization', 'the organization, and so whose instance is meant'),
  m('sso:ListInstances', 'the instance'),
  m('sso:DescribeInstance', 'whether the instance can be used'),
  m('organizations:ListAccounts', 'the account to register, only if there is such an instance'),
  m('iam:SimulatePrincipalPolicy', 'whether the registration is allowed'),
  d('sts:GetCallerIdentity', 'whose the other credentials are, before the first change'),
  d('organizations:DescribeOrganization', 'whether they belong to the same organization'),
  m('organizations:ListDelegatedAdministrators', 'whether what was confirmed is still so'),
  m('sts:GetCallerIdentity', 'the caller, right before the call'),
  m('organizations:RegisterDelegatedAdministrator', 'the first change'),
  m('organizations:ListDelegatedAdministrators', 'whether it is done'),
  d('sts:GetCallerIdentity', 'whose the other credentials are, now that they are needed'),
  d('organizations:DescribeOrganization', 'their organization'),
  d('sts:GetCallerIdentity', 'whether the credentials that were accepted are the ones in use'),
  d('sso:ListPermissionSets', 'whether AWS lets them in'),
  d('iam:SimulatePrincipalPolicy', 'whether they have the permissions'),
  d('identitystore:GetUserId', 'the user to promote'),
  d('identitystore:DescribeUser', 'whether that user is enabled'),
  d('organizations:ListAccounts', 'the accounts, before a policy is chosen'),
  d('sso:ListPermissionSets', 'whether there is a permission set of that name'),
  d('sso:ListPermissionSets', 'whether what was confirmed is still so'),
  d('sts:GetCallerIdentity', 'the caller, right before the call'),
  d('sso:CreatePermissionSet', 'the second change'),
  d('sso:DescribePermissionSet', 'whether it is done, by the ARN that AWS returned'),
  d('iam:SimulatePrincipalPolicy', 'whether its policy may be added'),
  d('sso:DescribePermissionSet', 'whether what was confirmed is still so'),
  d('sts:GetCallerIdentity', 'the caller, right before the call'),
  d('sso:PutInlinePolicyToPermissionSet', 'the third change'),
  d('sso:GetInlinePolicyForPermissionSet', 'whether it is done'),
  d('organizations:ListAccounts', 'the target account'),
  d('sso:ListAccountAssignments', 'who has the permission set there'),
  d('iam:SimulatePrincipalPolicy', 'whether the assignment is allowed'),
  d('organizations:ListAccounts', 'whether what was confirmed is still so'),
  d('sso:ListAccountAssignments', 'the same in that account'),
  d('sts:GetCallerIdentity', 'the caller, right before the call'),
  d('sso:CreateAccountAssignment', 'the fourth change'),
  d('sso:DescribeAccountAssignmentCreationStatus', 'how the assignment ended'),
  d('organizations:ListAccounts', 'whether AWS shows it'),
  d('sso:ListAccountAssignments', 'the same in that account'),
  d('identitystore:GetUserId', 'the final check, all steps at once'),
  d('identitystore:DescribeUser', 'the longest of these'),
] as const;
