import type { Actor } from '../src/model/call.ts';
import { permissionsOf } from '../src/model/permissions.ts';
import { type Preflight, preflight, type preflightCalls } from '../src/model/preflight.ts';
import type { Reader } from '../src/model/reader.ts';

/** Whether an actor may do all that the runbook may need of it, as far as AWS lets that be simulated. */
export async function permissionsFor(
  aws: Reader<(typeof preflightCalls)[number]>,
  actor: Actor,
  { organization, management }: { readonly organization: string; readonly management: string },
  { arn, region, store }: { readonly arn: string; readonly region: string; readonly store: string },
): Promise<Preflight> {
  // Asked for when it is needed: the table of contents imports the steps, and a step asks here.
  const { steps } = await import('./index.ts');
  const { reads, writes, spare } = permissionsOf(steps, actor);
  const actions = [...reads, ...writes, ...spare].filter((action) => !action.startsWith('iam:'));
  const binding = { organization, instance: arn, region, accounts: { management } };
  return preflight(aws, actions, { binding, input: { IdentityStoreId: store } });
}
