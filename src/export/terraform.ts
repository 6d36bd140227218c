import type { Actor } from '../model/call.ts';
import { isAfter } from '../model/call.ts';
import { management } from '../model/identity.ts';
import { knownValue, type Setup, type SetupCall } from '../model/progress/setup.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { unreachable } from '../model/text/unreachable.ts';
import {
  accountOf,
  byActor,
  type ExportFile,
  type Exporting,
  headOf,
  isSame,
  isSetUp,
  labels,
  memberOf,
  type SetUp,
  tellerOf,
  whose,
} from './export.ts';
import { argument, type Body, blockLines, expression, type Hcl } from './hcl.ts';

/** What of Terraform's AWS provider an operation becomes. */
interface Resource {
  readonly type: string;
  /** Its arguments, and the call's members that hold them, in the order in which they are written. */
  readonly takes: Readonly<Record<string, string>>;
  /** What names it for `import`: members of the call, and what AWS told of it. */
  readonly id: { readonly parts: readonly string[]; readonly between: string };
}
const set = {
  type: 'aws_ssoadmin_permission_set',
  takes: { name: 'Name', description: 'Description', instance_arn: 'InstanceArn', tags: 'Tags' },
  id: { parts: ['PermissionSet.PermissionSetArn', 'InstanceArn'], between: ',' },
} as const;
/**
 * Complete by type: whoever adds an operation of a set-up says what becomes of it. Source of types, arguments and ids: documentation of
 * hashicorp/terraform-provider-aws.
 */
const resources: Readonly<Record<SetUp, Resource | 'looked-up'>> = {
  'organizations:RegisterDelegatedAdministrator': {
    type: 'aws_organizations_delegated_administrator',
    takes: { account_id: 'AccountId', service_principal: 'ServicePrincipal' },
    id: { parts: ['AccountId', 'ServicePrincipal'], between: '/' },
  },
  'sso:CreatePermissionSet': set,
  'sso:PutInlinePolicyToPermissionSet': {
    type: 'aws_ssoadmin_permission_set_inline_policy',
    takes: {
      ...{ instance_arn: 'InstanceArn', permission_set_arn: 'PermissionSetArn' },
      inline_policy: 'InlinePolicy',
    },
    id: { parts: ['PermissionSetArn', 'InstanceArn'], between: ',' },
  },
  'sso:CreateAccountAssignment': {
    type: 'aws_ssoadmin_account_assignment',
    takes: {
      ...{ instance_arn: 'InstanceArn', permission_set_arn: 'PermissionSetArn' },
      ...{ principal_id: 'PrincipalId', principal_type: 'PrincipalType' },
      ...{ target_id: 'TargetId', target_type: 'TargetType' },
    },
    id: {
      parts: ['PrincipalId', 'PrincipalType', 'TargetId', 'TargetType', 'PermissionSetArn', 'InstanceArn'],
      between: ',',
    },
  },
  'identitystore:CreateUser': 'looked-up', // a person is kept where people are kept
};

/** Undefined of what no set-up consists of: the provider itself brings a set's changes into its accounts. */
const resourceOf = ({ call: { operation } }: SetupCall): Resource | 'looked-up' | undefined =>
  isSetUp(operation) ? resources[operation] : undefined;

const leftOut = [
  'What the runbook only checks: the organization, the home Region, trusted access, and who is signed in.',
  'People and groups: they are named by their ids, or looked up by user name. Their accounts and passwords are kept elsewhere.',
  'Credentials: each provider says only which account it has to be. Add profile or assume_role.',
  'A test of it: terraform plan was not run on it. Run it first, and read it: an import must change nothing but what you want.',
];

/** The set-up as Terraform's configuration, with an import block for each thing that AWS shows. */
export function terraform(exporting: Exporting): readonly ExportFile[] {
  const { setup, id } = exporting;
  const named = namesOf(setup);
  const parts = [
    [...headOf(exporting, 'Terraform configuration', leftOut).map((line) => `# ${line}`)],
    blockLines('terraform', [
      argument('required_version', '>= 1.5.0'),
      'gap',
      {
        block: 'required_providers',
        body: [argument('aws', { source: 'hashicorp/aws', version: '>= 5.0' })],
      },
    ]),
    ...[...byActor(setup).keys()].map((actor) => providerLines(setup, actor)),
    ...setup.calls.flatMap((one) => callParts(setup, one, named)),
  ];
  return [{ name: `${id}.tf`, text: `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n` }];
}

const aliasOf = (actor: Actor): string => actor.replaceAll('-', '_');

function providerLines(setup: Setup, actor: Actor): readonly string[] {
  const account = accountOf(setup, actor);
  const { region } = setup.run.binding;
  return [
    `# The ${whose(setup, actor)}`,
    ...blockLines('provider "aws"', [
      argument('alias', aliasOf(actor)),
      ...(region === undefined ? [] : [argument('region', region)]),
      ...(account === undefined ? [] : [argument('allowed_account_ids', [account])]),
    ]),
  ];
}

type Names = ReadonlyMap<SetupCall, string>;
/** A policy has its set's name, everything else its own. */
function namesOf({ calls }: Setup): Names {
  const names = new Map<SetupCall, string>();
  const fresh = labels();
  for (const one of calls)
    switch (one.call.operation) {
      case 'sso:CreatePermissionSet':
        names.set(one, fresh(String(memberOf(one, 'Name'))));
        break;
      case 'organizations:RegisterDelegatedAdministrator':
        names.set(one, fresh('delegated administrator'));
        break;
      default:
        names.set(one, fresh(one.id === 'policy' ? `${one.step.id} policy` : one.id));
    }
  return names;
}

function callParts(setup: Setup, one: SetupCall, named: Names): readonly (readonly string[])[] {
  const resource = resourceOf(one);
  if (resource === 'looked-up') return [lookUpLines(setup, one, named)].filter((lines) => lines.length > 0);
  if (resource === undefined || one.stands === 'as-found') return [];
  const name = named.get(one) ?? '';
  const known = importOf(setup, one, resource);
  const lines = [
    ...saidOf(one, known).map((line) => `# ${line}`),
    ...blockLines(`resource "${resource.type}" "${name}"`, bodyOf(setup, one, resource, named)),
  ];
  if (known === undefined) return [lines];
  return [
    blockLines('import', [argument('to', expression(`${resource.type}.${name}`)), argument('id', known)]),
    lines,
  ];
}

/** Where a name stands in a comment, it stays within its line. */
const saidOf = (one: SetupCall, known: string | undefined): readonly string[] => [
  escapeControlChars(one.says),
  ...(one.stands === 'unknown'
    ? ['It is not known whether it is there: look first. If it is, add an import block.']
    : one.stands === 'there' && known === undefined
      ? ['It is there, and its id is not known: look it up, and add an import block.']
      : []),
  ...(known !== undefined && !one.ours && one.call.operation === 'sso:CreatePermissionSet'
    ? ['It was there before the run: what the run did not decide about it stays as it is.']
    : []),
];

function bodyOf(setup: Setup, one: SetupCall, resource: Resource, named: Names): Body {
  const found = one.stands === 'there' && !one.ours && one.call.operation === 'sso:CreatePermissionSet';
  const left = ['description', 'tags'];
  const taken = Object.entries(resource.takes).flatMap(([name, member]) => {
    const value = (member === 'Tags' ? one.tags : undefined) ?? memberOf(one, member);
    if (value === undefined || (found && left.includes(name))) return [];
    return [argument(name, hclOf(setup, name, value, named))];
  });
  const rests = restsOn(setup, one, named);
  return [
    argument('provider', expression(`aws.${aliasOf(one.step.actor)}`)),
    'gap',
    ...taken,
    ...(rests.length === 0 ? [] : ['gap' as const, argument('depends_on', rests)]),
    ...(found
      ? [
          'gap' as const,
          {
            block: 'lifecycle',
            body: [
              argument(
                'ignore_changes',
                [...left, 'relay_state', 'session_duration'].map((name) => expression(name)),
              ),
            ],
          },
        ]
      : []),
  ];
}

function hclOf(setup: Setup, name: string, value: unknown, named: Names): Hcl {
  if (isAfter(value)) {
    const teller = tellerOf(setup, value);
    const known = knownValue(setup, value);
    const label = teller && named.get(teller);
    if (!teller) return typeof known === 'string' ? known : '';
    const operation = teller.call.operation;
    if (operation === 'sso:CreatePermissionSet') return expression(`${set.type}.${label}.arn`);
    if (typeof known === 'string') return known;
    return expression(`data.aws_identitystore_user.${label}.user_id`);
  }
  switch (name) {
    case 'inline_policy':
      return expression('jsonencode', JSON.parse(String(value)) as Hcl);
    case 'tags':
      return Object.fromEntries(
        (value as readonly { readonly Key: string; readonly Value: string }[]).map(({ Key, Value }) => [
          Key,
          Value,
        ]),
      );
    default:
      return String(value);
  }
}

/** What has to be there first, and is not named in it: who may act at all, and what a set grants before anybody has it. */
const restsOn = (setup: Setup, one: SetupCall, named: Names): readonly Hcl[] =>
  setup.calls.flatMap((other): readonly Hcl[] => {
    const resource = resourceOf(other);
    if (resource === undefined || resource === 'looked-up' || other.stands === 'as-found') return [];
    const appoints = other.call.operation === 'organizations:RegisterDelegatedAdministrator';
    const isActor = appoints && one.step.actor !== management;
    const isPolicy =
      one.call.operation === 'sso:CreateAccountAssignment' &&
      other.call.operation === 'sso:PutInlinePolicyToPermissionSet' &&
      isSame(memberOf(one, 'PermissionSetArn'), memberOf(other, 'PermissionSetArn'));
    const isSet = one.call.operation === 'sso:CreatePermissionSet';
    return (isActor && isSet) || isPolicy ? [expression(`${resource.type}.${named.get(other)}`)] : [];
  });

/** The documented id of what AWS shows. Undefined where it is not there, or a part of its id is not known. */
function importOf(setup: Setup, one: SetupCall, { id }: Resource): string | undefined {
  switch (one.stands) {
    case 'there': {
      const parts = id.parts.map((part) =>
        knownValue(setup, memberOf(one, part) ?? { step: one.step.id, $after: one.id, path: part }),
      );
      return parts.every((part) => typeof part === 'string') ? parts.join(id.between) : undefined;
    }
    case 'to-do':
    case 'unknown':
    case 'as-found':
      return undefined;
    default:
      return unreachable(one.stands);
  }
}

/** A person who is still to be made: looked up once they are there. */
function lookUpLines(setup: Setup, one: SetupCall, named: Names): readonly string[] {
  if (typeof knownValue(setup, { step: one.step.id, $after: one.id, path: 'UserId' }) === 'string') return [];
  return [
    `# ${escapeControlChars(one.says)}: first, outside of Terraform`,
    ...blockLines(`data "aws_identitystore_user" "${named.get(one)}"`, [
      argument('provider', expression(`aws.${aliasOf(one.step.actor)}`)),
      'gap',
      argument('identity_store_id', String(memberOf(one, 'IdentityStoreId'))),
      'gap',
      {
        block: 'alternate_identifier',
        body: [
          {
            block: 'unique_attribute',
            body: [
              argument('attribute_path', 'UserName'),
              argument('attribute_value', String(memberOf(one, 'UserName'))),
            ],
          },
        ],
      },
    ]),
  ];
}
