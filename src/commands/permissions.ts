import { steps } from '../../steps/index.ts';
import type { Actor } from '../model/call.ts';
import { actorName } from '../model/identity.ts';
import { permissionsOf } from '../model/permissions.ts';
import { type ExitCode, exitCodes } from './exit.ts';

export interface PermissionsOptions {
  readonly actor?: Actor;
  readonly undo?: boolean;
}
/** Prints the least IAM policy of one actor as JSON, or of both under their names. */
export function permissions({ actor, undo = false }: PermissionsOptions): ExitCode {
  const printed = actor
    ? policyOf(actor, undo)
    : Object.fromEntries(
        (['management', 'delegated-administrator'] as const).map((one) => [
          actorName(one),
          policyOf(one, undo),
        ]),
      );
  process.stdout.write(`${JSON.stringify(printed, undefined, 2)}\n`);
  return exitCodes.done;
}

function policyOf(actor: Actor, undo: boolean): object {
  const { reads, writes } = permissionsOf(steps, actor, { undo });
  const statement = (Sid: string, Action: readonly string[]) =>
    Action.length === 0 ? [] : [{ Sid, Effect: 'Allow', Action, Resource: '*' }];
  return {
    Version: '2012-10-17',
    Statement: [...statement('CwRunbookLooks', reads), ...statement('CwRunbookChanges', writes)],
  };
}
