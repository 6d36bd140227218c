import type { Actor } from '../src/model/call.ts';
import { permissionsOf } from '../src/model/permissions.ts';
import { type Preflight, preflight, preflightCalls } from '../src/model/preflight.ts';
import type { Reader } from '../src/model/reader.ts';

/**
 * Whether an actor may do all that the runbook may need of it, as far as AWS lets that be simulated. `optional`: what
 * the steps need that not every run has.
 */
export async function permissionsFor(
  aws: Reader<(typeof preflightCalls)[number]>,
  actor: Actor,
  { organization, management }: { readonly organization: string; readonly management: string },
  { arn, region, store }: { readonly arn: string; readonly region: string; readonly store: string },
  { optional = false }: { readonly optional?: boolean } = {},
): Promise<Preflight> {
  // Asked for when it is needed: the table of contents imports the steps, and a step asks here.
  const { steps } = await import('./index.ts');
  const asked = optional ? steps.filter(({ wanted }) => wanted !== undefined) : steps;
  const { reads, writes, spare, besides } = permissionsOf(asked, actor, { optional });
  const asks = new Set<string>(preflightCalls); // whether these are allowed shows by itself
  const actions = [...reads, ...writes, ...spare, ...besides].filter((action) => !asks.has(action));
  const binding = { organization, instance: arn, region, accounts: { management } };
  return preflight(aws, actions, { binding, input: { IdentityStoreId: store } });
}
