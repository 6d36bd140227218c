import type { Sent } from './ledgered.ts';

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
  d('sso:ListAccountAssignments', 'who has the permission set in the target account'),
  d('iam:SimulatePrincipalPolicy', 'whether the assignment is allowed'),
  d('sso:ListAccountAssignments', 'whether what was confirmed is still so'),
  d('sts:GetCallerIdentity', 'the caller, right before the call'),
  d('sso:CreateAccountAssignment', 'the fourth change'),
  d('sso:DescribeAccountAssignmentCreationStatus', 'how the assignment ended'),
  d('sso:ListAccountAssignments', 'whether AWS shows it'),
  d('identitystore:GetUserId', 'the final check, all steps at once'),
  d('identitystore:DescribeUser', 'the longest of these'),
] as const;
