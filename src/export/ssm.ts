import type { Actor } from '../model/call.ts';
import { isAfter } from '../model/call.ts';
import type { Setup, SetupCall } from '../model/progress/setup.ts';
import { defined } from '../model/text/defined.ts';
import {
  accountOf,
  type ExportFile,
  type Exporting,
  headOf,
  isSame,
  jsonText,
  memberOf,
  tellerOf,
  whose,
} from './export.ts';
import { blocks } from './ssm-blocks.ts';
import type { AutomationStep } from './ssm-steps.ts';
import { type Context, contextOf, type Parameter } from './ssm-values.ts';

const leftOut = [
  'What the runbook only checks: the organization, the home Region, and who the people are.',
  'The role that acts (AutomationAssumeRole): it needs what cw-runbook permissions prints. Without one, whoever starts the document acts.',
  'Who is notified that an approval is needed: add NotificationArn, an SNS topic, to the aws:approve steps.',
  'More than 99 permission sets to look through: the document stops then, and says so. Give it the ARN of the set.',
  'Policies are compared exactly: one that is written differently counts as another, and needs an approval.',
];

/** Calls of one account's credentials, one after the other: a document. */
interface Part {
  readonly actor: Actor;
  readonly calls: readonly SetupCall[];
}

/**
 * The set-up as Systems Manager Automation documents, one for each turn of an identity. Each looks for a thing first and makes
 * what is not there, and each but the first begins with seeing that what the ones before it made holds.
 */
export function ssm(exporting: Exporting): readonly ExportFile[] {
  const { setup, id } = exporting;
  const parts = partsOf(setup);
  return parts.map((part, n) => ({
    name: `${id}-${n + 1}-${part.actor}.json`,
    text: jsonText(documentOf(exporting, part, parts.slice(0, n), parts.length)),
  }));
}

function partsOf({ calls }: Setup): readonly Part[] {
  const parts: { actor: Actor; calls: SetupCall[] }[] = [];
  for (const one of calls) {
    const { actor } = one.step;
    const last = parts.at(-1);
    if (last?.actor === actor) last.calls.push(one);
    else parts.push({ actor, calls: [one] });
  }
  return parts.flatMap(({ actor, calls: all }) =>
    chunks(grouped(all)).map((some) => ({ actor, calls: some.flat() })),
  );
}

/** What a variable holds before it is set: a text has one character at least wherever AWS says how long one is. */
const unset = 'unset';
/** A document has 64 kB at most, and each person or group takes its part of that. */
const most = 12;
function chunks(groups: readonly (readonly SetupCall[])[]): readonly (readonly (readonly SetupCall[])[])[] {
  const all = [];
  for (let n = 0; n < groups.length; n += most) all.push(groups.slice(n, n + most));
  return all;
}

function documentOf(exporting: Exporting, part: Part, before: readonly Part[], all: number): object {
  const { setup } = exporting;
  const context = contextOf(setup);
  const n = before.length + 1;
  const made = part.calls.filter(({ stands }) => stands !== 'as-found');
  const steps = [
    ...opening(setup, part, before, context),
    ...elsewhere(setup, part).flatMap((one) => blocks.find(one, context)),
    ...grouped(made).flatMap((group) => blocks.make(group, context)),
  ];
  const region = setup.run.binding.region;
  return {
    schemaVersion: '0.3',
    description: [
      ...headOf(
        exporting,
        `Document ${n} of ${all}, to be run in the ${whose(setup, part.actor)}${region === undefined ? '' : `, in ${region}`},`,
        leftOut,
      ),
    ].join('\n'),
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: parametersOf(context, steps),
    ...defined({
      variables:
        context.variables.size === 0
          ? undefined
          : Object.fromEntries(
              [...context.variables.values()].map((name) => [name, { type: 'String', default: unset }]),
            ),
    }),
    mainSteps: steps,
  };
}

function parametersOf({ parameters }: Context, steps: readonly AutomationStep[]): object {
  const approvers: Parameter = {
    type: 'StringList',
    description:
      '(Required) Who approves the dangerous changes: user names or ARNs of users and roles, ten at most.',
  };
  return {
    AutomationAssumeRole: {
      type: 'String',
      description: '(Optional) The ARN of the role that acts. Else whoever starts the document does.',
      default: '',
    },
    ...defined({ Approvers: steps.some(({ action }) => action === 'aws:approve') ? approvers : undefined }),
    ...Object.fromEntries(parameters),
  };
}

/** Who acts, and whether what the documents before this one made holds: nothing is sent before. */
function opening(
  setup: Setup,
  { actor }: Part,
  before: readonly Part[],
  context: Context,
): readonly AutomationStep[] {
  const account = accountOf(setup, actor);
  return [
    ...(account === undefined ? [] : [blocks.isAccount(account)]),
    ...before.flatMap(({ calls }) => calls).flatMap((one) => blocks.holds(one, actor, context)),
  ];
}

/** What other documents make, and this one's calls name. */
const elsewhere = ({ calls }: Setup, part: Part): readonly SetupCall[] =>
  calls.filter(
    (one) =>
      !part.calls.includes(one) &&
      part.calls.some((mine) =>
        Object.values(mine.call.input).some(
          (value) => isAfter(value) && tellerOf({ calls } as Setup, value) === one,
        ),
      ),
  );

/** Assignments that differ in their account alone are one loop, of 100 at most; every other call is alone. */
function grouped(calls: readonly SetupCall[]): readonly (readonly SetupCall[])[] {
  const groups: SetupCall[][] = [];
  for (const one of calls) {
    const mine = groups.find(
      ([first, ...rest]) =>
        first !== undefined &&
        rest.length < 99 &&
        first.call.operation === 'sso:CreateAccountAssignment' &&
        one.call.operation === first.call.operation &&
        one.risk === 'routine' &&
        first.risk === 'routine' &&
        ['PermissionSetArn', 'PrincipalId', 'PrincipalType'].every((member) =>
          isSame(memberOf(first, member), memberOf(one, member)),
        ),
    );
    if (mine) mine.push(one);
    else groups.push([one]);
  }
  return groups;
}
