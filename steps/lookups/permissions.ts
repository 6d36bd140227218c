import type { Ahead } from '../../src/model/step.ts';

/** What the simulation of all that an actor may have to do is about: what the steps before have found. */
export const aheadOf = (
  { organization, management }: { readonly organization: string; readonly management: string },
  { arn, region, store }: { readonly arn: string; readonly region: string; readonly store: string },
): Pick<Ahead, 'binding' | 'input'> => ({
  binding: { organization, instance: arn, region, accounts: { management } },
  input: { IdentityStoreId: store },
});
