import { deniedBy } from '../protocol/denials.ts';
import { anotherPolicy } from '../scenarios/scenarios.ts';
import type { Context } from '../services/context.ts';
import { identityStore } from '../services/identity-store.ts';
import { organizations } from '../services/organizations.ts';
import { permissionSets } from '../services/permission-sets.ts';
import { policies } from '../services/policies.ts';

// What other administrators of the organization do while one of them is at work. None of it is in the ledger: that is
// for what requests did.

/** The management account's administrator, at the same time and in the same Region. */
function another(at: Context): Context {
  const { accounts, organization } = at.truth;
  const account = accounts.find(({ id }) => id === organization.management) ?? at.caller.account;
  const arn = `arn:aws:iam::${account.id}:user/another-administrator`;
  return { ...at, state: at.truth, caller: { ...at.caller, account, arn }, effect: () => {} };
}

/** Makes what the request is about to make, under the same name: a permission set that grants something else, or a user. */
export function beQuicker(input: object, at: Context): void {
  const other = another(at);
  if (at.operation === 'CreateUser') identityStore.CreateUser(input as never, other);
  if (at.operation !== 'CreatePermissionSet') return;
  const { InstanceArn, Name } = input as { InstanceArn: string; Name: string };
  const { PermissionSet } = permissionSets.CreatePermissionSet(
    { InstanceArn, Name, Description: 'Made by another administrator' },
    other,
  );
  setPolicy(InstanceArn, PermissionSet.PermissionSetArn, anotherPolicy, other);
}

/** Gives the permission set that the request is about another inline policy. */
export function changePolicy(input: object, at: Context): void {
  const { InstanceArn, PermissionSetArn } = input as { InstanceArn?: string; PermissionSetArn?: string };
  if (InstanceArn !== undefined && PermissionSetArn !== undefined)
    setPolicy(InstanceArn, PermissionSetArn, changedPolicy, another(at));
}
function setPolicy(InstanceArn: string, PermissionSetArn: string, InlinePolicy: string, at: Context): void {
  policies.PutInlinePolicyToPermissionSet({ InstanceArn, PermissionSetArn, InlinePolicy }, at);
}
const changedPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'codewhisperer:ListProfiles', Resource: '*' }],
});

/** Registers another member account than the request names, for the same service. */
export function registerAnother(input: object, at: Context): void {
  const { AccountId, ServicePrincipal } = input as { AccountId?: string; ServicePrincipal?: string };
  const { accounts, organization } = at.truth;
  const other = accounts.find(
    ({ id, state }) => state === 'ACTIVE' && id !== AccountId && id !== organization.management,
  );
  if (other !== undefined && ServicePrincipal !== undefined)
    organizations.RegisterDelegatedAdministrator({ AccountId: other.id, ServicePrincipal }, another(at));
}

/** Creating with tags takes a second permission, and fails whole without it. */
export function refuseTags(input: object, { service, caller, truth }: Context): void {
  const { Tags = [] } = input as { readonly Tags?: readonly unknown[] };
  if (Tags.length > 0)
    throw deniedBy('because no identity-based policy allows the')(
      { service, operation: 'TagResource' },
      caller,
      input,
      truth.organization.management,
    );
}
