import { type Preflight, preflight, preflightCalls } from '../../src/model/access/preflight.ts';
import type { Reader } from '../../src/model/reader.ts';

/**
 * Whether an actor may do all that the runbook may need of it, as far as AWS lets that be simulated. `optional`: what
 * the steps need that not every run has.
 */
export async function permissionsFor(
  aws: Reader<(typeof preflightCalls)[number]>,
  { organization, management }: { readonly organization: string; readonly management: string },
  { arn, region, store }: { readonly arn: string; readonly region: string; readonly store: string },
  { optional = false }: { readonly optional?: boolean } = {},
): Promise<Preflight> {
  const asks = new Set<string>(preflightCalls); // whether these are allowed shows by itself
  const actions = (aws.needed?.(optional) ?? []).filter((action) => !asks.has(action));
  const binding = { organization, instance: arn, region, accounts: { management } };
  return preflight(aws, actions, { binding, input: { IdentityStoreId: store } });
}
