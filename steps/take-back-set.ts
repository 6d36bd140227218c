import { change, met, type Plan, wrong } from '../src/model/plan.ts';
import type { Made } from '../src/model/step.ts';
import type { Grants } from './set-as-it-is.ts';

/** The delegated administrator account: its name or id confirms what is dangerous to its sets. */
export interface Delegate {
  readonly name: string;
  readonly account: string;
}
export const dangerous = ({ name, account }: Delegate) => ({
  risk: 'dangerous' as const,
  typed: [name, account],
});

type Calls =
  | 'sso:PutInlinePolicyToPermissionSet'
  | 'sso:ProvisionPermissionSet'
  | 'sso:DeletePermissionSet'
  | 'sso:DeleteInlinePolicyFromPermissionSet';
const provisioned = 'Every account that has it has its newest version';

/** The goals of taking back what this run made of a permission set: its own set goes, an adopted one is as it was. */
export function takeBack(
  set: Grants | undefined,
  InstanceArn: string,
  delegate: Delegate,
  made: readonly Made[],
): Plan<unknown, Calls> {
  const mine = new Map(made.map((one) => [one.change, one]));
  if (!set) return { goals: [met('set', 'The permission set is gone', 'AWS lists none of this name')] };
  const on = { InstanceArn, PermissionSetArn: set.arn };
  if (mine.has('set'))
    return {
      goals: [
        set.provisioned.length > 0
          ? wrong(
              'set',
              'Nothing uses the permission set',
              `assigned in ${set.provisioned.join(', ')}`,
              'Take those assignments back first.',
            )
          : change(
              'set',
              `Delete the permission set ${set.name}`,
              'sso:DeletePermissionSet',
              on,
              dangerous(delegate),
            ),
      ],
    };
  const put = mine.get('policy'); // the set was there before us: its policy goes back to what it was
  if (!put) return { goals: [] };
  const before = String(put.before ?? '');
  const back = before === set.inline;
  const behind = back ? set.outdated : set.provisioned;
  return {
    goals: [
      back
        ? met('policy', 'The earlier policy is back', 'it reads as before')
        : before === ''
          ? change('policy', 'Remove the policy', 'sso:DeleteInlinePolicyFromPermissionSet', on, {
              before: set.inline,
              ...dangerous(delegate),
            })
          : change(
              'policy',
              'Put the earlier policy back',
              'sso:PutInlinePolicyToPermissionSet',
              { ...on, InlinePolicy: before },
              {
                before: set.inline,
                ...dangerous(delegate),
              },
            ),
      behind.length === 0
        ? met('provisioned', provisioned, `${set.provisioned.length} accounts`)
        : change(
            'provisioned',
            `Bring it back in ${behind.join(', ')}`,
            'sso:ProvisionPermissionSet',
            { ...on, TargetType: 'ALL_PROVISIONED_ACCOUNTS' },
            dangerous(delegate),
          ),
    ],
  };
}
