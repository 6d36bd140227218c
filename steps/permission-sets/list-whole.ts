import type { Reader } from '../../src/model/reader.ts';

/** A permission set of an instance. */
export type Which = { readonly InstanceArn: string; readonly PermissionSetArn: string };
/** AWS managed policies that are attached to it, sorted. Throws as the reader does. */
export async function managedOf(
  aws: Reader<'sso:ListManagedPoliciesInPermissionSet'>,
  set: Which,
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of aws.pages('sso:ListManagedPoliciesInPermissionSet', set))
    all.push(...(page.AttachedManagedPolicies ?? []).map(({ Arn, Name }) => Arn ?? Name ?? ''));
  return all.sort();
}
/** Customer managed policies that are attached to it, with their paths, sorted. Throws as the reader does. */
export async function customerOf(
  aws: Reader<'sso:ListCustomerManagedPolicyReferencesInPermissionSet'>,
  set: Which,
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of aws.pages('sso:ListCustomerManagedPolicyReferencesInPermissionSet', set))
    all.push(
      ...(page.CustomerManagedPolicyReferences ?? []).map(({ Path, Name }) => `${Path ?? '/'}${Name}`),
    );
  return all.sort();
}
/** The accounts that it is provisioned in, sorted. Throws as the reader does. */
export async function accountsOf(
  aws: Reader<'sso:ListAccountsForProvisionedPermissionSet'>,
  which: Which & { readonly ProvisioningStatus?: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' },
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of aws.pages('sso:ListAccountsForProvisionedPermissionSet', which))
    all.push(...(page.AccountIds ?? []));
  return all.sort();
}
