import type { Reader } from '../../src/model/reader.ts';

/** A permission set of an instance. */
export type Which = { readonly InstanceArn: string; readonly PermissionSetArn: string };

/** AWS managed policies that are attached to it, sorted. Throws as the reader does. */
export const managedOf = (aws: Reader<'sso:ListManagedPoliciesInPermissionSet'>, set: Which) =>
  whole(aws.pages('sso:ListManagedPoliciesInPermissionSet', set), ({ AttachedManagedPolicies = [] }) =>
    AttachedManagedPolicies.map(({ Arn, Name }) => Arn ?? Name ?? ''),
  );

/** Customer managed policies that are attached to it, with their paths, sorted. Throws as the reader does. */
export const customerOf = (
  aws: Reader<'sso:ListCustomerManagedPolicyReferencesInPermissionSet'>,
  set: Which,
) =>
  whole(
    aws.pages('sso:ListCustomerManagedPolicyReferencesInPermissionSet', set),
    ({ CustomerManagedPolicyReferences = [] }) =>
      CustomerManagedPolicyReferences.map(({ Path, Name }) => `${Path ?? '/'}${Name}`),
  );

/** The accounts that it is provisioned in, sorted. Throws as the reader does. */
export const accountsOf = (
  aws: Reader<'sso:ListAccountsForProvisionedPermissionSet'>,
  which: Which & { readonly ProvisioningStatus?: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' },
) =>
  whole(aws.pages('sso:ListAccountsForProvisionedPermissionSet', which), ({ AccountIds = [] }) => AccountIds);

async function whole<Page>(
  pages: AsyncIterable<Page>,
  namesIn: (page: Page) => readonly string[],
): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const page of pages) all.push(...namesIn(page));
  return all.sort();
}
