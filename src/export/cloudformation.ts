import type { Actor } from '../model/call.ts';
import { isAfter, replaceAfter } from '../model/call.ts';
import { knownValue, type Setup, type SetupCall } from '../model/progress/setup.ts';
import { defined } from '../model/text/defined.ts';
import {
  byActor,
  type ExportFile,
  type Exporting,
  headOf,
  isSetUp,
  jsonText,
  labels,
  memberOf,
  type SetUp,
  tellerOf,
  whose,
} from './export.ts';

const set = 'AWS::SSO::PermissionSet';
const assignment = 'AWS::SSO::Assignment';
/** What becomes of each operation of a set-up. Source of types and identifiers: AWS's CloudFormation resource schemas. */
const becomes: Readonly<Record<SetUp, typeof set | typeof assignment | 'part-of-its-set' | 'none'>> = {
  'sso:CreatePermissionSet': set,
  'sso:PutInlinePolicyToPermissionSet': 'part-of-its-set',
  'sso:CreateAccountAssignment': assignment,
  'organizations:RegisterDelegatedAdministrator': 'none', // CloudFormation has no such type
  'identitystore:CreateUser': 'none',
};
/** What identifies an object for a resource import, in the order of the schema. */
const identifiers = {
  [set]: ['InstanceArn', 'PermissionSetArn'],
  [assignment]: ['InstanceArn', 'TargetId', 'TargetType', 'PermissionSetArn', 'PrincipalType', 'PrincipalId'],
} as const;

const leftOut = [
  'The delegated administrator: CloudFormation has no type for it. Register the account before its stack is made.',
  'People and groups: they are named by their ids. One who is still to be created is a parameter.',
  'What the runbook only checks: the organization, the home Region, trusted access, and who is signed in.',
  'A set that is used as it was found: its assignments name it by its ARN, and the stack does not manage it.',
];

interface Item {
  readonly one: SetupCall;
  readonly name: string;
  readonly resource: object;
  readonly importing?: object;
}

/**
 * The set-up as templates, one for each account whose credentials act: a stack is in one account. Where something is there
 * already, what to import goes along; CloudFormation takes nothing new in an import, so there is a template of that alone.
 */
export function cloudformation(exporting: Exporting): readonly ExportFile[] {
  const { setup, id } = exporting;
  return [...byActor(setup).keys()]
    .toReversed() // the delegated administrator's is the main one
    .flatMap((actor) => stackFiles(exporting, `${id}-${actor}`, actor));
}

function stackFiles(exporting: Exporting, name: string, actor: Actor): readonly ExportFile[] {
  const { setup } = exporting;
  const fresh = labels();
  const called = (wanted: string): string =>
    fresh(wanted)
      .split('_')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join('');
  const names = new Map<SetupCall, string>();
  for (const one of setup.calls)
    if (one.step.actor === actor && typeOf(one) !== undefined)
      names.set(one, called(typeOf(one) === set ? `set ${memberOf(one, 'Name')}` : `assignment ${one.id}`));
  const items = [...names].map(([one, label]) => itemOf(setup, one, label, names));
  if (items.length === 0) return [];
  const there = items.filter(({ importing }) => importing !== undefined);
  const template = (some: readonly Item[]): string => templateOf(exporting, actor, some);
  return [
    { name: `${name}.template.json`, text: template(items) },
    ...(there.length > 0 && there.length < items.length
      ? [{ name: `${name}.import.template.json`, text: template(there) }]
      : []),
    ...(there.length > 0
      ? [
          {
            name: `${name}.resources-to-import.json`,
            text: jsonText(there.map(({ importing }) => importing)),
          },
        ]
      : []),
  ];
}

/** A set that has something else than was wanted, by decision, is not the stack's: an update would take that away. */
function typeOf(one: SetupCall): typeof set | typeof assignment | undefined {
  const { operation } = one.call;
  const type = isSetUp(operation) ? becomes[operation] : 'none';
  if (type === 'none' || type === 'part-of-its-set') return undefined;
  const left = type === set && one.keeps;
  return one.stands === 'as-found' || left ? undefined : type;
}
const isPolicyOf = (policy: SetupCall, one: SetupCall): boolean => {
  const of = memberOf(policy, 'PermissionSetArn');
  return (
    policy.call.operation === 'sso:PutInlinePolicyToPermissionSet' &&
    isAfter(of) &&
    of.step === one.step.id &&
    of.$after === one.id
  );
};

function itemOf(setup: Setup, one: SetupCall, name: string, names: ReadonlyMap<SetupCall, string>): Item {
  const type = typeOf(one) ?? assignment;
  const policy = setup.calls.find((other) => isPolicyOf(other, one));
  const { Tags, Description, ...rest } = one.call.input as Readonly<Record<string, unknown>>;
  // Of a set that was there before, what the run did not decide stays as it is.
  const asFound = one.stands === 'there' && !one.ours && type === set;
  const properties = {
    ...rest,
    ...defined({
      Description: asFound ? undefined : Description,
      Tags: asFound ? undefined : (one.tags ?? Tags),
      InlinePolicy: policy ? (JSON.parse(String(memberOf(policy, 'InlinePolicy'))) as object) : undefined,
    }),
  };
  const resource = {
    Type: type,
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Metadata: {
      Says: one.says,
      ...defined({ Unknown: one.stands === 'unknown' ? 'look whether it is there' : undefined }),
    },
    Properties: replaceAfter(properties, (after) => {
      const teller = tellerOf(setup, after);
      const label = teller && names.get(teller);
      if (label !== undefined) return { 'Fn::GetAtt': [label, 'PermissionSetArn'] };
      return knownValue(setup, after) === after
        ? { Ref: parameterOf(after.step ?? '') }
        : knownValue(setup, after);
    }),
  };
  const importing = identifierOf(setup, one, type);
  return {
    ...{ one, name, resource },
    ...defined({
      importing: importing
        ? { ResourceType: type, LogicalResourceId: name, ResourceIdentifier: importing }
        : undefined,
    }),
  };
}
const parameterOf = (step: string): string => `${labels()(step).replaceAll('_', '')}Id`;

function identifierOf(setup: Setup, one: SetupCall, type: keyof typeof identifiers): object | undefined {
  if (one.stands !== 'there') return undefined;
  const all = identifiers[type].map((member) => {
    const own = memberOf(one, member) ?? {
      ...{ step: one.step.id, $after: one.id },
      path: `PermissionSet.${member}`,
    };
    return [member, knownValue(setup, own)] as const;
  });
  return all.every(([, value]) => typeof value === 'string') ? Object.fromEntries(all) : undefined;
}

function templateOf(exporting: Exporting, actor: Actor, items: readonly Item[]): string {
  const { setup } = exporting;
  const { region } = setup.run.binding;
  const [first = '', ...notes] = headOf(exporting, 'CloudFormation template', leftOut);
  const parameters = new Set(
    items.flatMap(({ resource }) =>
      [...JSON.stringify(resource).matchAll(/\{"Ref":"([A-Za-z0-9]+)"\}/g)].flatMap(([, one]) => one ?? []),
    ),
  );
  return jsonText({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: first.slice(0, 1024), // as much as CloudFormation takes
    Metadata: {
      Stack: `In the ${whose(setup, actor)}${region === undefined ? '' : `, in ${region}`}.`,
      Notes: notes,
    },
    ...defined({
      Parameters:
        parameters.size === 0
          ? undefined
          : Object.fromEntries(
              [...parameters].map((name) => [
                name,
                {
                  Type: 'String',
                  Description:
                    'The id that IAM Identity Center gave to the person who was still to be created',
                },
              ]),
            ),
    }),
    Resources: Object.fromEntries(items.map(({ name, resource }) => [name, resource])),
  });
}
