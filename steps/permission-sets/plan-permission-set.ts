import { deniedAction } from '../../src/model/access/access-denied-hints.ts';
import type { Known } from '../../src/model/call.ts';
import { identityCenterLink, permissionSetLink } from '../../src/model/console.ts';
import type { Operation } from '../../src/model/operations.ts';
import type { Goal, Plan } from '../../src/model/plan.ts';
import { after, change, met, open, warning, wrong } from '../../src/model/plan.ts';
import { samePolicy } from '../../src/model/policy/policy-difference.ts';
import type { Refusal, Unprovisioned } from '../../src/model/step.ts';
import { defined } from '../../src/model/text/defined.ts';
import { unreachable } from '../../src/model/text/unreachable.ts';
import { documentedPolicy, type OfferedPolicy, remarksOn } from '../policies/index.ts';
import { dangerous, describeOwner, type OwnerAccount } from '../policies/owner-account.ts';
import { againstDocument, describeSize, replaced } from '../policies/policy-choice.ts';
import { accountsBehind, describeNewest } from './accounts-behind.ts';
import {
  decisiveOf,
  extrasOf,
  grantsOf,
  heldIn,
  holdersIn,
  isBare,
  shortName,
  whoHasIt,
} from './describe-permission-set.ts';
import { decisionOf } from './existing-permission-set.ts';
import { createSet } from './foretold-permission-set.ts';
import { neededIn } from './needed-policies.ts';
import { accountsWith, type Grants, readBack } from './observe-permission-set.ts';
import { type Observed, otherRun } from './observe-planned.ts';
import { runTag, tagsFor } from './ownership.ts';

export const says = {
  name: 'The permission set has a name',
  set: (name: string) => `There is a permission set ${name}`,
  policy: ({ name }: OfferedPolicy) => `The set carries ${name}`,
  grants: ({ name }: OfferedPolicy) => `The set grants nothing beyond ${name}`,
  provisioned: 'Every account that has it has its newest version',
  create: (name: string) => `${createSet} ${name}`,
  give: (name: string, policy: string) => `Give ${name} ${policy}`,
};
/** With these a set is found, made, read back and taken back. */
export const setCalls = [
  'sso:ListPermissionSets',
  ...readBack,
  'sso:ListTagsForResource',
  'identitystore:DescribeUser',
  'identitystore:DescribeGroup',
  'organizations:ListAccounts',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:ProvisionPermissionSet',
  'sso:DeletePermissionSet',
  'sso:DeleteInlinePolicyFromPermissionSet',
] as const;
/** What those are called who have a set, and where. */
export const setInforms = ['identitystore:DescribeUser', 'organizations:ListAccounts'] as const;
type PlannedCalls = `sso:${'Create' | 'PutInlinePolicyTo' | 'Provision'}PermissionSet`;

/** What a set has to be, and who makes it. */
export interface Wanted {
  readonly name: string;
  readonly chosen: OfferedPolicy;
  readonly existing: string | undefined; // what was decided about a set that is there
  readonly instance: { readonly arn: string; readonly region: string };
  readonly owner: OwnerAccount;
  /** Whether the owner can change and assign it, as it is now. */
  readonly editable: (set: Grants | undefined) => Goal<never>;
  readonly leadsTo: readonly Operation[];
  readonly rename: string; // the name that is offered for another set
  readonly run: string;
  readonly head?: string | undefined; // how far the journal was
  readonly refused: readonly Refusal[];
  readonly unprovisioned?: readonly Unprovisioned[] | undefined;
}
export interface PlanInputs {
  readonly arn: Known<string>;
  readonly name: string;
  readonly policy: string; // the chosen one's id
  readonly kept?: true; // it has another one, and is used as it is
  /** Policies that each account with the set has to have itself: path and name. Absent where there are none. */
  readonly needs?: readonly string[];
}

/** A set that goes on granting what it does, and not the policy that was chosen. */
export const keptAsItIs = (goal: string, name: string, { name: policy }: OfferedPolicy) =>
  warning(goal, `${name} keeps its own policy, not ${policy}`, 'your decision');

/** The goals of a set and its policy. AWS makes a set empty: between the two calls it grants nothing. */
export function planSet(set: Observed | undefined, wanted: Wanted): Plan<PlanInputs, PlannedCalls> {
  const plan = plannedSet(set, wanted);
  if (set?.madeBy === undefined) return plan;
  if (set.madeBy !== wanted.run) return { ...plan, goals: [...plan.goals, otherRun(set.name, set.madeBy)] };
  return { ...plan, marked: { set: `${set.name} carries this run’s tag (${runTag} = ${set.madeBy})` } };
}

function plannedSet(set: Observed | undefined, wanted: Wanted): Plan<PlanInputs, PlannedCalls> {
  const { name, chosen, existing, instance, owner } = wanted;
  const policy = chosen.text;
  const link = permissionSetLink({ account: owner.account, region: instance.region }, set?.arn);
  const create = creation(wanted);
  const arn: Known<string> = set?.arn ?? after(create, 'PermissionSet.PermissionSetArn');
  const decision = set && !isBare(set) ? decisionOf(existing, set, policy) : 'replace';
  const right = set !== undefined && set.inline !== '' && samePolicy(set.inline, policy);
  const kept = set !== undefined && decision === 'use';
  const gives = givesOf(set, { arn, name, policy: chosen.id }, kept && !right);
  const notes = [
    describeSize(policy),
    ...(chosen === documentedPolicy ? [] : againstDocument(chosen)),
    ...remarksOn(policy),
  ];
  const exists = set ? met('set', says.set(name), set.arn) : create;
  const editable = wanted.editable(set);
  if (editable.is === 'wrong') return { goals: [exists, editable], details: notes, link };

  const rest = set ? restOf(set, chosen, decision, wanted.rename) : [];
  if (set && rest.length > 0)
    return {
      ...{ goals: [exists, ...rest], gives, link },
      notes: decisiveOf(set, chosen),
      details: [...grantsOf(set, chosen), ...notes],
    };
  const put = giving(set, arn, wanted);
  return {
    goals: [
      exists,
      editable,
      right
        ? met('policy', says.policy(chosen), 'its inline policy means the same')
        : kept
          ? keptAsItIs('policy', name, chosen)
          : put,
      extras(set, chosen),
      provisioned(set, right || kept, arn, wanted),
    ],
    gives,
    ...(set && kept ? { details: [...grantsOf(set, chosen), ...notes] } : { notes }),
    link,
  };
}

/** The change that gives the set its policy. Whoever has the set already is affected at once. */
function giving(set: Observed | undefined, PermissionSetArn: Known<string>, wanted: Wanted) {
  const { name, chosen, instance, owner } = wanted;
  const holders = set ? holdersIn(set) : [];
  const affected = holders.length > 0;
  return change(
    'policy',
    says.give(name, chosen.name),
    'sso:PutInlinePolicyToPermissionSet',
    { InstanceArn: instance.arn, PermissionSetArn, InlinePolicy: chosen.text },
    {
      ...(set
        ? { before: set.inline, reaches: accountsWith(set), held: heldIn(set) }
        : { before: '', reaches: [], held: [] }),
      holders: holders.length,
      console: `IAM Identity Center › Permission sets › ${name} › Inline policy › Edit`,
      link: permissionSetLink({ account: owner.account, region: instance.region }, set?.arn),
      undo: wayBackOf(set, wanted),
      decisive: affected ? describeOwner(owner) : [],
      // What is dangerous in it is named where the policy is summed up.
      consequences: [
        ...(affected ? ['These have the set, and get the new policy:', ...holders] : []),
        ...remarksOn(chosen.text),
        ...replaced(set?.inline ?? '', chosen.text),
      ],
      ...(affected && dangerous(owner)),
    },
  );
}

/** What an undo does to a set that is given its policy. */
function wayBackOf(set: Observed | undefined, { run }: Wanted): string {
  if (!set || (set.madeBy === undefined ? set.ours : set.madeBy === run))
    return 'the set is deleted with its policy';
  if (set.inline !== '') return 'its earlier policy is put back';
  return 'its inline policy is removed; what else is in it stays';
}

/** What later steps may use of it. */
function givesOf(set: Grants | undefined, known: PlanInputs, kept: boolean): PlanInputs {
  const needs = set ? neededIn(set) : [];
  return {
    ...known,
    ...defined({ needs: needs.length === 0 ? undefined : needs, kept: kept ? true : undefined }),
  };
}

function creation({ name, instance, owner, leadsTo, run, head, refused }: Wanted) {
  const untagged = refused.some(
    ({ change, why }) => change === 'set' && deniedAction(why) === 'sso:TagResource',
  );
  return change(
    'set',
    says.create(name),
    'sso:CreatePermissionSet',
    {
      InstanceArn: instance.arn,
      Name: name,
      Description: 'CodeWhisperer administrators',
      ...defined({ Tags: untagged ? undefined : tagsFor(run, head) }),
    },
    {
      undo: 'the set is deleted',
      leadsTo: [...readBack, ...leadsTo],
      console: 'IAM Identity Center › Permission sets › Create permission set › Custom permission set',
      link: identityCenterLink({ account: owner.account, region: instance.region }),
      consequences: [
        untagged
          ? `AWS refused to tag it (sso:TagResource), so it is created without the tag ${runTag}. An undo finds it by its ARN and creation time.`
          : `It is tagged ${runTag} = ${run}: an undo finds this run’s set by it.`,
      ],
    },
  );
}

/** What stands in the way of going on with a set that differs: the question, or the decision to stop. */
function restOf(
  set: Grants,
  chosen: OfferedPolicy,
  decision: ReturnType<typeof decisionOf>,
  rename: string,
): readonly Goal<never>[] {
  switch (decision) {
    case 'use':
    case 'replace':
    case 'same':
      return [];
    case 'rename':
      return [open('name', says.name, 'name', rename)];
    case 'stop':
      return [
        wrong(
          'policy',
          says.policy(chosen),
          `${set.name} exists with other permissions, and you decided to stop here`,
          'Change the answer to continue.',
        ),
      ];
    case undefined: {
      const differs = samePolicy(set.inline, chosen.text) ? says.grants : says.policy;
      return [{ ...open('policy', differs(chosen), 'existing'), found: set.inline }];
    }
    default:
      return unreachable(decision);
  }
}

const inAccounts = (n: number): string =>
  n === 0 ? 'no account has it yet' : n === 1 ? '1 account has it' : `${n} accounts have it`;

function extras(set: Grants | undefined, chosen: OfferedPolicy): Goal<never> {
  const beyond = set ? extrasOf(set) : [];
  return beyond.length === 0
    ? met('grants', says.grants(chosen), 'no other policy, no boundary, sessions of one hour')
    : {
        ...warning(
          'grants',
          `There is more in it than ${chosen.name}`,
          `${beyond.join('; ')}: kept (your decision)`,
        ),
        short: `Kept in it: ${beyond.map(shortName).join('; ')}`,
      };
}

function provisioned(
  set: Grants | undefined,
  settled: boolean,
  PermissionSetArn: Known<string>,
  { instance, name, owner, unprovisioned }: Wanted,
): Goal<'sso:ProvisionPermissionSet'> {
  // A new policy leaves every account behind.
  const behind = set === undefined ? [] : settled ? accountsBehind(set, unprovisioned) : accountsWith(set);
  if (behind.length === 0)
    return met('provisioned', says.provisioned, inAccounts(set?.provisioned.length ?? 0));
  return change(
    'provisioned',
    `Bring ${name} up to date in ${behind.join(', ')}`,
    'sso:ProvisionPermissionSet',
    { InstanceArn: instance.arn, PermissionSetArn, TargetType: 'ALL_PROVISIONED_ACCOUNTS' },
    {
      ...dangerous(owner),
      undo: 'the earlier policy is brought there again',
      console: `IAM Identity Center › Permission sets › ${name} › AWS accounts › Update`,
      link: permissionSetLink({ account: owner.account, region: instance.region }, set?.arn),
      decisive: [...(set ? [whoHasIt(set, true)] : []), ...describeOwner(owner)],
      consequences: set ? [...holdersIn(set), ...describeNewest(set)] : [],
    },
  );
}
