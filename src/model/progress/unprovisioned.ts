import { commandLine, type ReadyCall } from '../call.ts';
import { isChange } from '../plan.ts';
import { type Attempt, planOf, type Run } from '../run.ts';
import type { Step, Unprovisioned } from '../step.ts';
import { whereOf } from './cli-target.ts';

/** So long AWS may still list accounts from an old copy, in milliseconds. */
const staleFor = 600_000;

/** AWS took it, or the operator says that it may have. */
const isTaken = ({ state }: Attempt): boolean => ['accepted', 'verified', 'set-aside'].includes(state);
/** Under way, or AWS says that it succeeded. */
const isUnderWay = ({ state }: Attempt): boolean => ['accepted', 'settled', 'verified'].includes(state);
const mayCount = ({ state }: Attempt): boolean => !['refused', 'lapsed', 'failed'].includes(state);

type Put = Extract<
  ReadyCall,
  { operation: `sso:${'PutInlinePolicyTo' | 'DeleteInlinePolicyFrom'}PermissionSet` }
>;
const isPut = (call: ReadyCall): call is Put =>
  call.operation === 'sso:PutInlinePolicyToPermissionSet' ||
  call.operation === 'sso:DeleteInlinePolicyFromPermissionSet';

/**
 * Permission sets whose inline policy this run changed, and that it has not brought into accounts since: AWS does so
 * only when asked. By the journal: a listing may still show how it was before. Of one direction, apply or undo.
 */
export function unprovisioned(run: Run, undoing: boolean, now: number): readonly Unprovisioned[] {
  return lastPuts(run, undoing).map(({ put, call, after }) => {
    const set = call.input.PermissionSetArn;
    const at = put.endedAt ?? put.intent.at;
    return {
      set,
      at,
      recent: now - at <= staleFor,
      ...(put.intent.reaches ? { had: put.intent.reaches } : {}),
      fresh: after.flatMap((one) => {
        const { call } = one.intent;
        const here = call.operation === 'sso:CreateAccountAssignment' && call.input.PermissionSetArn === set;
        return here && mayCount(one) ? [call.input.TargetId] : [];
      }),
    };
  });
}

/** The last change of each set's policy that no provisioning has followed, and the attempts after it. */
function lastPuts({ attempts, takenBack }: Run, undoing: boolean) {
  const last = new Map<
    string,
    { readonly put: Attempt; readonly call: Put; readonly after: readonly Attempt[] }
  >();
  for (const [n, put] of attempts.entries()) {
    const { call, situation, attempt } = put.intent;
    const mine = (situation.undoing !== undefined) === undoing && !takenBack.includes(attempt);
    if (isPut(call) && mine && isTaken(put))
      last.set(call.input.PermissionSetArn, { put, call, after: attempts.slice(n + 1) });
  }
  return [...last.values()].filter(
    ({ call: { input }, after }) =>
      !after.some(
        (one) =>
          one.intent.call.operation === 'sso:ProvisionPermissionSet' &&
          one.intent.call.input.PermissionSetArn === input.PermissionSetArn &&
          isUnderWay(one),
      ),
  );
}

/** For whoever ends here: the accounts that may keep the old policy, and the command that brings them up to date. */
export const unprovisionedSays = (run: Run, steps: readonly Step[]): readonly string[] =>
  lastPuts(run, run.undo !== undefined).flatMap(({ put, call }) => {
    const { InstanceArn, PermissionSetArn } = call.input;
    const planned = planOf(run, put.intent.step)?.goals.some(
      (goal) => isChange(goal) && goal.call.operation === 'sso:ProvisionPermissionSet',
    );
    const had = put.intent.reaches ?? [];
    if (had.length === 0 && !planned) return [];
    const actor = steps.find(({ id }) => id === put.intent.step)?.actor ?? put.intent.actor;
    const command = commandLine(
      {
        operation: 'sso:ProvisionPermissionSet',
        input: { InstanceArn, PermissionSetArn, TargetType: 'ALL_PROVISIONED_ACCOUNTS' },
      },
      whereOf(run, actor),
    );
    return [
      `${had.length === 0 ? 'The accounts that have the permission set' : had.join(', ')} may still have the earlier policy. This run changed the permission set’s policy at ${new Date(put.intent.at).toISOString()}, and has not updated the accounts since. By hand: ${command}`,
    ];
  });
