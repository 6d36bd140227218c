import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../protocol/refusal.ts';
import type { SsoOperations } from './context.ts';
import { inlinePolicyFrom } from './inline-policy.ts';
import { changeableSet, changed, paged, setFor } from './sso-access.ts';

const reference = ({
  Name,
  Path,
}: {
  readonly Name?: string | undefined;
  readonly Path?: string | undefined;
}) => ({
  Name: Name ?? '',
  Path: Path ?? '/',
});
const limit = 20; // managed policies per permission set

/**
 * What a permission set grants: its inline policy, managed policies and boundary. Every real change makes the set newer
 * than where it is in force. Throws `Refusal` for what is attached already, or is not there to be taken away.
 */
export const policies = {
  GetInlinePolicyForPermissionSet: ({ InstanceArn, PermissionSetArn }, at) => {
    const { inline } = setFor(at, InstanceArn, PermissionSetArn);
    return { InlinePolicy: inline ?? '' }; // a set without one: test/recorded/answers/permission-sets.jsonl
  },
  PutInlinePolicyToPermissionSet: ({ InstanceArn, PermissionSetArn, InlinePolicy }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    const text = inlinePolicyFrom(InlinePolicy);
    if (set.inline === text) return {};
    set.inline = text;
    changed(set, at);
    return {};
  },
  DeleteInlinePolicyFromPermissionSet: ({ InstanceArn, PermissionSetArn }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    if (set.inline === undefined)
      refuse('ResourceNotFoundException', `Inline policy was not found for ${PermissionSetArn}.`);
    delete set.inline;
    changed(set, at);
    return {};
  },
  ListManagedPoliciesInPermissionSet: ({ InstanceArn, PermissionSetArn, ...input }, at) => {
    const { managed } = setFor(at, InstanceArn, PermissionSetArn);
    const { items, next } = paged(managed, input, at);
    return {
      AttachedManagedPolicies: items.map((arn) => ({ Name: arn.slice(arn.lastIndexOf('/') + 1), Arn: arn })),
      ...next,
    };
  },
  AttachManagedPolicyToPermissionSet: ({ InstanceArn, PermissionSetArn, ManagedPolicyArn }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    if (set.managed.includes(ManagedPolicyArn))
      refuse(
        'ConflictException',
        `Permission set with id ${PermissionSetArn.split('/').at(-1)} already has a typed link attachment to a manged policy with ${ManagedPolicyArn}`,
      );
    if (set.managed.length + set.customer.length >= limit)
      refuse('ServiceQuotaExceededException', `You have exceeded the limit of ${limit} managed policies.`);
    set.managed.push(ManagedPolicyArn);
    changed(set, at);
    return {};
  },
  DetachManagedPolicyFromPermissionSet: ({ InstanceArn, PermissionSetArn, ManagedPolicyArn }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    if (!set.managed.includes(ManagedPolicyArn))
      refuse('ResourceNotFoundException', `Managed policy ${ManagedPolicyArn} is not attached.`);
    set.managed = set.managed.filter((arn) => arn !== ManagedPolicyArn);
    changed(set, at);
    return {};
  },
  ListCustomerManagedPolicyReferencesInPermissionSet: ({ InstanceArn, PermissionSetArn, ...input }, at) => {
    const { customer } = setFor(at, InstanceArn, PermissionSetArn);
    const { items, next } = paged(customer, input, at);
    return { CustomerManagedPolicyReferences: items, ...next };
  },
  AttachCustomerManagedPolicyReferenceToPermissionSet: (input, at) => {
    const set = changeableSet(at, input.InstanceArn, input.PermissionSetArn);
    const wanted = reference(input.CustomerManagedPolicyReference);
    if (set.customer.some((one) => isDeepStrictEqual(one, wanted)))
      refuse(
        'ConflictException',
        `Customer managed policy ${wanted.Path}${wanted.Name} is already attached.`,
      );
    if (set.managed.length + set.customer.length >= limit)
      refuse('ServiceQuotaExceededException', `You have exceeded the limit of ${limit} managed policies.`);
    set.customer.push(wanted);
    changed(set, at);
    return {};
  },
  DetachCustomerManagedPolicyReferenceFromPermissionSet: (input, at) => {
    const set = changeableSet(at, input.InstanceArn, input.PermissionSetArn);
    const unwanted = reference(input.CustomerManagedPolicyReference);
    const left = set.customer.filter((one) => !isDeepStrictEqual(one, unwanted));
    if (left.length === set.customer.length)
      refuse('ResourceNotFoundException', `Customer managed policy ${unwanted.Name} is not attached.`);
    set.customer = left;
    changed(set, at);
    return {};
  },
  // A set without a boundary is refused, unlike one without an inline policy.
  GetPermissionsBoundaryForPermissionSet: ({ InstanceArn, PermissionSetArn }, at) => {
    const { boundary } = setFor(at, InstanceArn, PermissionSetArn);
    return boundary === undefined
      ? refuse('ResourceNotFoundException', `Permissions boundary was not found for ${PermissionSetArn}.`)
      : { PermissionsBoundary: boundary };
  },
  PutPermissionsBoundaryToPermissionSet: ({ InstanceArn, PermissionSetArn, PermissionsBoundary }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    const { ManagedPolicyArn, CustomerManagedPolicyReference } = PermissionsBoundary;
    const given =
      CustomerManagedPolicyReference === undefined
        ? ManagedPolicyArn === undefined
          ? undefined
          : { ManagedPolicyArn }
        : { CustomerManagedPolicyReference: reference(CustomerManagedPolicyReference) };
    if (given === undefined || (ManagedPolicyArn && CustomerManagedPolicyReference))
      return refuse(
        'ValidationException',
        'PermissionsBoundary must have either a ManagedPolicyArn or a CustomerManagedPolicyReference.',
      );
    if (isDeepStrictEqual(set.boundary, given)) return {};
    set.boundary = given;
    changed(set, at);
    return {};
  },
  DeletePermissionsBoundaryFromPermissionSet: ({ InstanceArn, PermissionSetArn }, at) => {
    const set = changeableSet(at, InstanceArn, PermissionSetArn);
    if (set.boundary === undefined)
      refuse('ResourceNotFoundException', `Permissions boundary was not found for ${PermissionSetArn}.`);
    delete set.boundary;
    changed(set, at);
    return {};
  },
} as const satisfies SsoOperations;
