import { permissionSetLink } from '../../src/model/console.ts';
import type { Goal, Plan } from '../../src/model/plan.ts';
import { change, met, unknown, warning, wrong } from '../../src/model/plan.ts';
import { samePolicy } from '../../src/model/policy/policy-difference.ts';
import { describeDifference } from '../../src/model/policy/policy-words.ts';
import { type AppliedChange, goalOf, type Unprovisioned } from '../../src/model/step.ts';
import { asCommand } from '../../src/model/text/own-commands.ts';
import { dangerous, describeOwner, type OwnerAccount } from '../policies/owner-account.ts';
import { replaced } from '../policies/policy-choice.ts';
import { accountsBehind, describeNewest } from './accounts-behind.ts';
import { extrasOf, heldIn, holdersIn } from './describe-permission-set.ts';
import { accountsWith, type Grants } from './observe-permission-set.ts';
import { type Touched, whoseIs } from './run-permission-sets.ts';

type UndoCalls =
  | 'sso:PutInlinePolicyToPermissionSet'
  | 'sso:ProvisionPermissionSet'
  | 'sso:DeletePermissionSet'
  | 'sso:DeleteInlinePolicyFromPermissionSet';
type UndoPlan = Plan<unknown, UndoCalls>;
interface Where {
  readonly instance: { readonly arn: string; readonly region: string };
  readonly owner: OwnerAccount;
  /** What the operator left of what this run made elsewhere. */
  readonly leftBehind?: readonly AppliedChange[] | undefined;
  readonly unprovisioned?: readonly Unprovisioned[] | undefined;
  readonly barred?: string; // the account whose sets the owner cannot change, where there is one
}

/** What taking a set back says. */
export const deleting = (name: string): string => `Delete the permission set ${name}`;

/** The goals of taking back what this run made of permission sets: its own go, others are as they were. */
export function undoPermissionSet(touched: readonly Touched[], where: Where): UndoPlan {
  const plans = touched.map((one) => (one.created ? deleted(one.created, one, where) : putBack(one, where)));
  return {
    goals: plans.flatMap(({ goals }) => goals),
    notes: plans.flatMap(({ notes = [] }) => notes),
  };
}

/** A set of our own is deleted, if it is ours, as we made it, and nobody has it. */
function deleted(
  created: AppliedChange,
  { puts, now }: Touched,
  { instance, owner, leftBehind = [] }: Where,
): UndoPlan {
  const id = goalOf(created);
  if (!now) return { goals: [met(id, 'The permission set is gone', 'AWS has none of its ARN')] };
  const ours = `${now.name} is the set that this run created`;
  const whose = whoseIs(created, now);
  if (whose.is === 'unknown') return { goals: [unknown(id, ours, whose.why, { firm: true })] };
  if (whose.is === 'another')
    return {
      goals: [
        wrong(id, ours, whose.why, 'The undo does not touch it. Delete it by hand if nobody needs it.'),
      ],
    };
  const put = policyOf(puts);
  const changed = changesSince(now, put);
  if (changed.length > 0)
    return {
      goals: [
        wrong(
          id,
          `${now.name} is as this run left it`,
          `somebody changed it since: ${changed.join('; ')}`,
          'Somebody may rely on it: the undo does not delete it. Delete it by hand if nobody needs it.',
          { soon: true },
        ),
      ],
      notes: texts({ 'This run put': put, 'Now it has': now.inline }),
    };
  const left = leftBehind.filter(
    ({ call }) => call.operation === 'sso:CreateAccountAssignment' && call.input.PermissionSetArn === now.arn,
  );
  if (now.holders.length > 0 && left.length > 0)
    return {
      goals: [
        wrong(
          id,
          `${now.name} is not in use`,
          `you left what this run made: ${left.map(({ says }) => says).join('; ')}. It is assigned: ${holdersIn(now).join('; ')}`,
          `A set that is in use is not deleted. Leave it too; the next ${asCommand('cw-runbook undo')} offers both again, the assignment first.`,
        ),
      ],
    };
  if (now.holders.length > 0)
    return {
      goals: [
        wrong(
          id,
          `${now.name} is not in use`,
          `it is assigned: ${holdersIn(now).join('; ')}`,
          'A set that is in use is not deleted. Take these assignments away first, or leave the set.',
          { soon: true },
        ),
      ],
    };
  if (now.provisioned.length > 0)
    return {
      goals: [
        unknown(
          id,
          `No account has ${now.name}`,
          `AWS has not taken it out of ${now.provisioned.join(', ')} yet`,
          {
            firm: true,
            soon: true,
          },
        ),
      ],
    };
  return {
    goals: [
      change(
        id,
        deleting(now.name),
        'sso:DeletePermissionSet',
        { InstanceArn: instance.arn, PermissionSetArn: now.arn },
        {
          ...dangerous(owner),
          before: now.inline,
          console: `IAM Identity Center › Permission sets › ${now.name} › Delete`,
          link: consoleOf(now, { instance, owner }),
          decisive: ['Nobody has the set. Its policy is deleted with it.', ...describeOwner(owner)],
        },
      ),
    ],
  };
}

const consoleOf = ({ arn }: Grants, { instance, owner }: Where): string =>
  permissionSetLink({ account: owner.account, region: instance.region }, arn);

/** The policy that this run gave a set last. '' where it gave none. */
function policyOf(puts: readonly AppliedChange[]): string {
  const call = puts.at(-1)?.call;
  return call?.operation === 'sso:PutInlinePolicyToPermissionSet' ? call.input.InlinePolicy : '';
}
function changesSince(now: Grants, put: string): readonly string[] {
  return [...policyChange(now.inline, put), ...extrasOf(now).map((extra) => `it has ${extra}`)];
}
function policyChange(now: string, put: string): readonly string[] {
  if (samePolicy(now, put)) return [];
  if (now === '') return ['its inline policy was removed'];
  const all = describeDifference(put, now);
  if (all.length === 0) return ['its inline policy is different'];
  return [
    `its inline policy, against the one that this run gave it: ${all.slice(0, 4).join('; ')}${all.length > 4 ? `; and ${all.length - 4} more` : ''}`,
  ];
}
const texts = (all: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(all).map(([what, text]) => `${what}: ${text === '' ? 'no inline policy' : text}`);

/** A set that was there before has its earlier policy again, in every account. */
function putBack(
  { puts, provisions, now }: Touched,
  { instance, owner, barred, unprovisioned }: Where,
): UndoPlan {
  const [first] = puts;
  if (!first)
    return {
      goals: provisions.map((one) =>
        warning(goalOf(one), 'Accounts have the set’s newest version', 'that stays: AWS keeps no older one'),
      ),
    };
  const id = goalOf(first);
  if (!now) return { goals: [met(id, 'The permission set is gone', 'AWS has none of its ARN')] };
  const before = String(first.before ?? '');
  const put = policyOf(puts);
  const isBack = samePolicy(now.inline, before);
  if (!isBack && !samePolicy(now.inline, put))
    return {
      goals: [
        wrong(
          id,
          `${now.name} has the policy that this run gave it`,
          `somebody changed it since: ${policyChange(now.inline, put).join('; ')}`,
          'The undo does not overwrite what came later. Put the policy that you want in the console.',
          { soon: true },
        ),
      ],
      notes: texts({ 'Before this run it had': before, 'This run put': put, 'Now it has': now.inline }),
    };
  if (barred !== undefined && now.provisioned.includes(barred))
    return {
      goals: [
        wrong(
          id,
          `${now.name} can be changed from the delegated administrator account`,
          `it is provisioned in the management account ${barred} by now`,
          'Only the management account can change it now.',
        ),
      ],
    };
  const set = { InstanceArn: instance.arn, PermissionSetArn: now.arn };
  const holders = holdersIn(now);
  const consequences = [...(holders.length === 0 ? ['Nobody has the set.'] : []), ...describeOwner(owner)];
  const more = {
    ...dangerous(owner),
    before: now.inline,
    reaches: accountsWith(now),
    link: consoleOf(now, { instance, owner }),
    console: `IAM Identity Center › Permission sets › ${now.name} › Inline policy`,
    decisive: consequences,
    holders: holders.length,
    held: heldIn(now),
  };
  const changes = { ...more, consequences: [...holders, ...replaced(now.inline, before)] };
  const back: Goal<UndoCalls> = isBack
    ? met(id, `${now.name} has its earlier policy`, 'it reads as before this run')
    : before === ''
      ? change(
          id,
          `Remove the policy of ${now.name}: it had none`,
          'sso:DeleteInlinePolicyFromPermissionSet',
          set,
          changes,
        )
      : change(
          id,
          `Put the earlier policy of ${now.name} back`,
          'sso:PutInlinePolicyToPermissionSet',
          { ...set, InlinePolicy: before },
          changes,
        );
  const behind = isBack ? accountsBehind(now, unprovisioned) : accountsWith(now);
  const everywhere: Goal<UndoCalls> =
    behind.length === 0
      ? met(
          `${id}-provisioned`,
          'Every account that has it has its newest version',
          `${now.provisioned.length} accounts`,
        )
      : change(
          `${id}-provisioned`,
          `Bring ${now.name} up to date in ${behind.join(', ')}`,
          'sso:ProvisionPermissionSet',
          { ...set, TargetType: 'ALL_PROVISIONED_ACCOUNTS' },
          {
            ...more,
            console: `IAM Identity Center › Permission sets › ${now.name} › AWS accounts › Update`,
            consequences: [...holders, ...describeNewest(now)],
          },
        );
  return { goals: [back, everywhere] };
}
