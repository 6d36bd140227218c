import type { Binding } from '../step.ts';
import { rolesOf } from './permissions.ts';

/** What a simulated call is about. `sure`: it is the real thing, not one that stands for others of its kind. */
export interface Resource {
  readonly arn: string;
  readonly sure: boolean;
}
/** What is known of what a call is about. */
export interface About {
  readonly caller: string; // the caller's account
  readonly binding: Binding;
  /** Members of the call's input. Others, and those that are not known yet, are stood for. */
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * The resources on which an IAM action has to be allowed, at least one. Where a policy names resources, a simulation
 * about `*` would deny what AWS allows. Source: Service Authorization Reference, resource types of these services.
 */
export function resourcesOf(action: string, { caller, binding, input }: About): readonly Resource[] {
  const text = (member: string): string | undefined =>
    typeof input[member] === 'string' ? input[member] : undefined;
  const one = (known: string | undefined, arn: (id: string) => string, otherwise: string): Resource => ({
    arn: arn(known ?? otherwise),
    sure: known !== undefined,
  });
  const [service, name = ''] = action.split(':');
  const management = binding.accounts?.management;
  switch (service) {
    case 'sso': {
      if (name === 'ListInstances' || name === 'ListApplications') return any;
      const instance = one(text('InstanceArn') ?? binding.instance, (arn) => arn, noInstance);
      const set = `${instance.arn.replace(':instance/', ':permissionSet/')}/ps-0000000000000000`;
      return [
        instance,
        ...(ofSets.test(name) ? [one(text('PermissionSetArn'), (arn) => arn, set)] : []),
        ...(ofAccounts.test(name)
          ? [one(text('TargetId'), (id) => `arn:aws:sso:::account/${id}`, nobody)]
          : []),
      ];
    }
    case 'identitystore': {
      const store = text('IdentityStoreId');
      const arn = (id: string) => `arn:aws:identitystore::${management ?? caller}:identitystore/${id}`;
      const sure = store !== undefined && management !== undefined;
      return [...inDirectory(name, text), { ...one(store, arn, 'd-0000000000'), sure }];
    }
    case 'organizations': {
      if (!/^(Register|Deregister)DelegatedAdministrator$/.test(name)) return any;
      const { organization } = binding;
      const arn = (id: string) =>
        `arn:aws:organizations::${management ?? caller}:account/${organization ?? 'o-0000000000'}/${id}`;
      return [
        { ...one(text('AccountId'), arn, nobody), sure: text('AccountId') !== undefined && !!organization },
      ];
    }
    case 'account':
      return [{ arn: `arn:aws:account::${caller}:account`, sure: true }];
    case 'iam': {
      const arn = rolesOf(action, management ?? caller);
      return arn === '*' ? any : [{ arn: arn.replace('*', someName), sure: false }];
    }
    default:
      return any;
  }
}
/** The user or the group that it is about, on which AWS checks it besides the store: all, where it lists them. */
function inDirectory(name: string, text: (member: string) => string | undefined): readonly Resource[] {
  const all = (kind: string): Resource => ({ arn: `arn:aws:identitystore:::${kind}/*`, sure: true });
  const one = (kind: string, id: string | undefined): Resource => ({
    arn: `arn:aws:identitystore:::${kind}/${id ?? somebody}`,
    sure: id !== undefined,
  });
  if (/^(Describe|Delete)User$|^GetUserId$/.test(name)) return [one('user', text('UserId'))];
  if (/^(Describe|Delete)Group$|^GetGroupId$/.test(name)) return [one('group', text('GroupId'))];
  switch (name) {
    case 'ListUsers':
      return [all('user')];
    case 'ListGroups':
      return [all('group')];
    case 'ListGroupMemberships':
      return [all('membership'), one('group', text('GroupId'))];
    default:
      return [];
  }
}
const somebody = '00000000-0000-0000-0000-000000000000';
const any: readonly Resource[] = [{ arn: '*', sure: true }];
const someName = '0000000000000000';
const nobody = '000000000000';
const noInstance = 'arn:aws:sso:::instance/ssoins-0000000000000000';
/** Actions that are about a permission set, or about one account's, besides the instance. */
const ofSets =
  /^(?!List(PermissionSets|PermissionSetProvisioningStatus)$|Describe\w+Status$|Create(?=PermissionSet$))\w*PermissionSet|^(Create|Delete)AccountAssignment$|^ListAccountAssignments$/;
const ofAccounts = /^(Create|Delete)AccountAssignment$|^ListAccountAssignments$/;

/**
 * The context of a call, as far as it is known beforehand: what conditions in policies usually ask for, in the form
 * that `iam:SimulatePrincipalPolicy` takes. `arn`: of the principal. Source: IAM User Guide, "AWS global condition
 * context keys", and the Service Authorization Reference.
 */
export function contextOf(
  action: string,
  { caller, binding }: About,
  arn: string,
): readonly {
  readonly ContextKeyName: string;
  readonly ContextKeyValues: readonly string[];
  readonly ContextKeyType: 'string' | 'boolean';
}[] {
  const [service = ''] = action.split(':');
  const region = service === 'sso' || service === 'identitystore' ? binding.region : 'us-east-1';
  const known: readonly (readonly [key: string, value: string | undefined])[] = [
    ['aws:RequestedRegion', region],
    ['aws:PrincipalArn', arn],
    ['aws:PrincipalAccount', caller],
    ['aws:PrincipalOrgID', binding.organization],
    ...(service === 'sso' ? [['sso:PrimaryRegion', binding.region] as const] : []),
    ...(service === 'identitystore' ? [['identitystore:PrimaryRegion', binding.region] as const] : []),
    ...(service === 'organizations'
      ? [['organizations:ServicePrincipal', 'sso.amazonaws.com'] as const]
      : []),
  ];
  return [
    ...known.flatMap(([ContextKeyName, value]) =>
      value === undefined
        ? []
        : [{ ContextKeyName, ContextKeyValues: [value], ContextKeyType: 'string' as const }],
    ),
    { ContextKeyName: 'aws:SecureTransport', ContextKeyValues: ['true'], ContextKeyType: 'boolean' },
  ];
}
