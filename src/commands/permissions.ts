import { keyStatement, permissionsOf, rolesOf } from '../model/access/permissions.ts';
import type { Actor } from '../model/call.ts';
import { actorName } from '../model/identity.ts';
import type { Runbook } from '../model/runbook.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';

export interface PermissionsOptions {
  readonly runbook: Runbook;
  readonly actor?: Actor;
  readonly undo?: boolean;
  readonly managementTarget?: boolean; // with the steps that not every run has
  readonly key?: string; // the ARN of the customer-managed key of IAM Identity Center
}
/** Prints the least IAM policy of one actor as JSON, or of all under their names. */
export function permissions({
  runbook,
  actor,
  undo = false,
  managementTarget: optional = false,
  key,
}: PermissionsOptions): ExitCode {
  if (key !== undefined && !/^arn:aws:kms:[a-z0-9*-]+:\d{12}:key\/[\w-]+$/.test(key))
    throw new CliError(
      exitCodes.usage,
      `“${key}” is not the ARN of a key.`,
      'Say it like arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.',
    );
  const printed = actor
    ? policyOf(runbook, actor, { undo, optional }, key)
    : Object.fromEntries(
        runbook.actors.map((one) => [actorName(one), policyOf(runbook, one, { undo, optional }, key)]),
      );
  process.stdout.write(`${JSON.stringify(printed, undefined, 2)}\n`);
  return exitCodes.done;
}

function policyOf(
  { steps }: Runbook,
  actor: Actor,
  more: { readonly undo: boolean; readonly optional: boolean },
  key: string | undefined,
): object {
  const { reads, writes, spare, besides } = permissionsOf(steps, actor, more);
  const statement = (Sid: string, Action: readonly string[], Resource = '*') =>
    Action.length === 0 ? [] : [{ Sid, Effect: 'Allow', Action, Resource }];
  const about = new Map<string, string[]>();
  for (const action of besides) about.set(rolesOf(action), [...(about.get(rolesOf(action)) ?? []), action]);
  return {
    Version: '2012-10-17',
    Statement: [
      ...statement('CwRunbookLooks', reads),
      ...statement('CwRunbookChanges', writes),
      ...statement('CwRunbookCanDoWithout', spare),
      ...statement('CwRunbookReconciles', ['cloudtrail:LookupEvents']),
      ...[...about].flatMap(([resource, actions], n) =>
        statement(`CwRunbookMakesRoles${n + 1}`, actions, resource),
      ),
      ...(key === undefined ? [] : [keyStatement(key)]),
    ],
  };
}
