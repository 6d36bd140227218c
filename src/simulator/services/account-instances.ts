import type { CreateInstanceCommandInput } from '@aws-sdk/client-sso-admin';
import { createIds } from '../organization/ids.ts';
import { plain } from '../organization/people.ts';
import { enabled } from '../organization/scenario-instances.ts';
import type { Scenario } from '../organization/scenario-names.ts';
import type { Account, AccountInstance, User } from '../organization/state.ts';
import { refuse } from '../protocol/refusal.ts';
import type { Context, Valid } from './context.ts';

// Instances that member accounts have for themselves: an identity store of its own, and no permission sets. Source: IAM
// Identity Center user guide, "Account instances of IAM Identity Center".

/** The instances of the caller's account in this Region: nobody else is shown them. */
export const ownInstances = ({ state, caller, region }: Context): readonly AccountInstance[] =>
  (state.accountInstances ?? []).filter((one) => one.owner === caller.account.id && one.region === region);
/** One of them by its ARN; undefined where it is another account's, in another Region, or not there. */
export const ownInstance = (at: Context, arn: string): AccountInstance | undefined =>
  ownInstances(at).find((one) => one.arn === arn);

/**
 * `sso:CreateInstance`. An account has one instance at most, and the organization's counts: who is shown it cannot have
 * one. Throws `Refusal`, also to the management account (API reference). The sentences are others'
 * (test/recorded/answers/instances.jsonl).
 */
export function createInstance({ Name = '', Tags = [] }: Valid<CreateInstanceCommandInput>, at: Context) {
  const { caller, ids, now, region, state } = at;
  const owner = caller.account.id;
  if (owner === state.organization.management)
    refuse('ValidationException', 'Organization management account is not allowed to perform the operation.');
  const all = state.accountInstances ?? [];
  if (state.instance !== undefined || all.some((one) => one.owner === owner))
    refuse(
      'ServiceQuotaExceededException',
      `You have exceeded IAM Identity Center quotas. Cannot create more than 1 instance for ${owner}`,
    );
  const tags = Tags.map(({ Key = '', Value = '' }) => ({ Key, Value }));
  const arn = `arn:aws:sso:::instance/ssoins-${ids.hex(16)}`;
  const store = `d-${ids.hex(10)}`;
  state.accountInstances = [...all, { owner, name: Name, arn, store, region, created: now, tags, users: [] }];
  at.effect();
  return { InstanceArn: arn };
}

/** When some accounts made an instance of their own: such instances were there already, the organization's was not yet. */
const before = enabled - 120 * 86_400_000;

/**
 * What accounts have for themselves where the scenario wants it: an instance beside the organization's, and one in
 * another Region. They are older than it: now they could not be made any more.
 */
export function accountInstancesOf(
  scenario: Scenario,
  accounts: readonly Account[],
  seed: string,
): readonly AccountInstance[] {
  if (scenario !== 'account-instance') return [];
  const ids = createIds(`${seed} account instances`, { drawn: 0 });
  return accounts.flatMap(({ id, name }) => {
    const region = homes[name];
    return region === undefined
      ? []
      : {
          owner: id,
          name: name.toLowerCase().replace(' ', '-'),
          arn: `arn:aws:sso:::instance/ssoins-${ids.hex(16)}`,
          store: `d-${ids.hex(10)}`,
          region,
          created: before,
          tags: [],
          users: members.map(([given, family]): User => {
            const userName = plain(given, family);
            const display = `${given} ${family}`;
            const email = `${userName}@example.com`;
            const by = `arn:aws:iam::${id}:user/runbook-operator`;
            const stands = { status: 'ENABLED' as const, created: before, by };
            return { id: ids.uuid(), userName, given, family, display, email, ...stands };
          }),
        };
  });
}
const homes: Readonly<Record<string, string | undefined>> = {
  'Shared Services': 'us-east-1',
  'Workloads Dev': 'eu-west-1',
};
/** Jane Doe is in the organization's directory too, as another user: whoever looks in the wrong one finds somebody. */
const members = [
  ['Alejandro', 'Rosalez'],
  ['Jane', 'Doe'],
  ['Martha', 'Rivera'],
] as const;
