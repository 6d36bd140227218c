import type { CreateInstanceCommandInput } from '@aws-sdk/client-sso-admin';
import type { AccountInstance } from '../organization/state.ts';
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
