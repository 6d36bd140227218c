import type { State } from '../organization/state.ts';
import type { Caller } from '../protocol/caller.ts';
import type { Asked } from '../protocol/codec.ts';
import { deniedBy } from '../protocol/denials.ts';

/**
 * Throws the `Refusal` of a service control policy that denies Regions, as AWS's example of one does: to member
 * accounts only, and not for the services that are global (AWS Organizations user guide, "Deny access to AWS based on
 * the requested AWS Region"). Else it does nothing.
 */
export function regionAllowed(
  asked: Asked,
  caller: Caller,
  region: string,
  input: unknown,
  { deniedRegions = [], organization }: State,
): void {
  const regional = asked.service === 'sso' || asked.service === 'identitystore';
  if (!regional || caller.account.id === organization.management || !deniedRegions.includes(region)) return;
  throw deniedBy('with an explicit deny in a service control policy')(
    asked,
    caller,
    input,
    organization.management,
  );
}
