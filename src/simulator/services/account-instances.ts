import { createIds } from '../organization/ids.ts';
import { plain } from '../organization/people.ts';
import { enabled } from '../organization/scenario-instances.ts';
import type { Scenario } from '../organization/scenario-names.ts';
import type { Account, AccountInstance, User } from '../organization/state.ts';
import type { Context } from './context.ts';

// Instances that member accounts have for themselves: an identity store of its own, and no permission sets. Source: IAM
// Identity Center user guide, "Account instances of IAM Identity Center".

/** Those of the caller's account in this Region: nobody else is shown them. */
export const ownInstances = ({ state, caller, region }: Context): readonly AccountInstance[] =>
  (state.accountInstances ?? []).filter((one) => one.owner === caller.account.id && one.region === region);
export const ownInstance = (at: Context, arn: string): AccountInstance | undefined =>
  ownInstances(at).find((one) => one.arn === arn);

/** Beside the organization's, and in another Region. */
export function accountInstancesOf(
  scenario: Scenario,
  accounts: readonly Account[],
  seed: string,
): readonly AccountInstance[] {
  if (scenario !== 'account-instance') return [];
  const ids = createIds(`${seed} account instances`, { drawn: 0 });
  return accounts.flatMap(({ id, name }) =>
    name === 'Shared Services'
      ? ['us-east-1', 'eu-west-1'].map((region) => ({
          owner: id,
          name: `shared-services-${region}`,
          arn: `arn:aws:sso:::instance/ssoins-${ids.hex(16)}`,
          store: `d-${ids.hex(10)}`,
          region,
          created: enabled,
          tags: [],
          users: members.map(([given, family]): User => {
            const userName = plain(given, family);
            const display = `${given} ${family}`;
            const email = `${userName}@example.com`;
            const by = `arn:aws:iam::${id}:user/runbook-operator`;
            const stands = { status: 'ENABLED' as const, created: enabled, by };
            return { id: ids.uuid(), userName, given, family, display, email, ...stands };
          }),
        }))
      : [],
  );
}
/** Jane Doe is in the organization's directory too, as another user: whoever looks in the wrong one finds somebody. */
const members = [
  ['Alejandro', 'Rosalez'],
  ['Jane', 'Doe'],
  ['Martha', 'Rivera'],
] as const;
