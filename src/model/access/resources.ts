import type { Resource as Kind } from '../operations/reads.ts';
import { services } from '../operations/services.ts';
import { factsOf, factsOfRead, isRead, type WriteOperation, writes } from '../operations.ts';
import type { Binding } from '../step.ts';
import { unreachable } from '../text/unreachable.ts';
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
 * The resources on which an IAM action has to be allowed, at least one, by the operation catalogue. Where a policy names
 * resources, a simulation about `*` would deny what AWS allows.
 */
export function resourcesOf(action: string, about: About): readonly Resource[] {
  const kinds = kindsOf(action) ?? [factsOfService(action)?.others ?? 'any'];
  return kinds.map((kind) => resourceOf(kind, action, about));
}
/** What a policy may name for an action that a call of the catalogue needs. Undefined of others. */
function kindsOf(action: string): readonly Kind[] | undefined {
  if (isRead(action)) return factsOfRead(action).about ?? ['any'];
  const all = (Object.keys(writes) as WriteOperation[]).flatMap((operation) => {
    const { iam } = factsOf(operation);
    return [{ action: operation as string, about: iam.about }, ...iam.also];
  });
  return all.find((one) => one.action === action)?.about;
}

function resourceOf(kind: Kind, action: string, about: About): Resource {
  const { caller, binding, input } = about;
  const text = (member: string): string | undefined =>
    typeof input[member] === 'string' ? input[member] : undefined;
  const one = (known: string | undefined, arn: (id: string) => string, otherwise: string): Resource => ({
    arn: arn(known ?? otherwise),
    sure: known !== undefined,
  });
  const person = (what: 'user' | 'group', id: string | undefined): Resource =>
    one(id, (known) => `arn:aws:identitystore:::${what}/${known}`, somebody);
  const every = (what: string): Resource => ({ arn: `arn:aws:identitystore:::${what}/*`, sure: true });
  const instance = one(text('InstanceArn') ?? binding.instance, (arn) => arn, noInstance);
  switch (kind) {
    case 'any':
      return any;
    case 'instance':
      return instance;
    case 'permission-set': {
      const set = `${instance.arn.replace(':instance/', ':permissionSet/')}/ps-0000000000000000`;
      return one(text('PermissionSetArn'), (arn) => arn, set);
    }
    case 'target-account':
      return one(text('TargetId'), (id) => `arn:aws:sso:::account/${id}`, nobody);
    case 'store': {
      const id = text('IdentityStoreId') ?? 'd-0000000000';
      const sure = text('IdentityStoreId') !== undefined && binding.accounts?.management !== undefined;
      return { arn: `arn:aws:identitystore::${managementOf(about)}:identitystore/${id}`, sure };
    }
    case 'user':
      return person('user', text('UserId'));
    case 'group':
      return person('group', text('GroupId'));
    case 'users':
      return every('user');
    case 'groups':
      return every('group');
    case 'memberships':
      return every('membership');
    case 'organization-account': {
      const { organization = 'o-0000000000' } = binding;
      const id = text('AccountId') ?? nobody;
      const sure = text('AccountId') !== undefined && !!binding.organization;
      return { arn: `arn:aws:organizations::${managementOf(about)}:account/${organization}/${id}`, sure };
    }
    case 'own-account':
      return { arn: `arn:aws:account::${caller}:account`, sure: true };
    case 'own-role':
      return ownRole(rolesOf(action, managementOf(about)));
    default:
      return unreachable(kind);
  }
}
const managementOf = ({ binding, caller }: About): string => binding.accounts?.management ?? caller;
const ownRole = (arn: string): Resource =>
  arn === '*' ? any : { arn: arn.replace('*', someName), sure: false };
const somebody = '00000000-0000-0000-0000-000000000000';
const any: Resource = { arn: '*', sure: true };
const someName = '0000000000000000';
const nobody = '000000000000';
const noInstance = 'arn:aws:sso:::instance/ssoins-0000000000000000';

/**
 * The context of a call, as far as it is known beforehand: what conditions in policies usually ask for, in the form
 * that `iam:SimulatePrincipalPolicy` takes. `arn`: of the principal. Source: IAM User Guide, "AWS global condition
 * context keys", and the Service Authorization Reference.
 */
export function contextOf(action: string, about: About, arn: string): Context {
  return contextWith(factsOfService(action)?.conditions ?? {}, action, about, arn);
}
/**
 * The same with the keys of all services, for actions of several that are asked about together. Policies ask for another
 * service's key almost never; where they do, somebody may be told a no, or a yes, that is none.
 */
export function wideContextOf(action: string, about: About, arn: string): Context {
  const all = Object.assign({}, ...Object.values(services).map(({ conditions }) => conditions));
  return contextWith(all, action, about, arn);
}
type Conditions = (typeof services)[keyof typeof services]['conditions'];
type Context = readonly {
  readonly ContextKeyName: string;
  readonly ContextKeyValues: readonly string[];
  readonly ContextKeyType: 'string' | 'boolean';
}[];
function contextWith(
  conditions: Conditions,
  action: string,
  { caller, binding }: About,
  arn: string,
): Context {
  const region = factsOfService(action)?.requested === 'run' ? binding.region : 'us-east-1';
  const known: readonly (readonly [key: string, value: string | undefined])[] = [
    ['aws:RequestedRegion', region],
    ['aws:PrincipalArn', arn],
    ['aws:PrincipalAccount', caller],
    ['aws:PrincipalOrgID', binding.organization],
    ...Object.entries(conditions).map(
      ([key, value]) => [key, value === 'region' ? binding.region : value] as const,
    ),
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
/** Undefined of a service that only actions besides are of. */
const factsOfService = (action: string) =>
  Object.entries(services).find(([name]) => action.startsWith(`${name}:`))?.[1];
