import { isNotLetIn } from '../../src/model/access/access-denied-hints.ts';
import { type Goal, unknown, wrong } from '../../src/model/plan.ts';
import { type Reader, type Seen, see, unlessRefused } from '../../src/model/reader.ts';
import type { Situation } from '../../src/model/step.ts';
import { delegatesOf } from './accounts.ts';

// AWS shows the organization's instance of IAM Identity Center to every account of the organization. What only its
// administrators may ask is the evidence that somebody is one of them.

const says = 'These credentials administer IAM Identity Center';
const waits = 'After a registration this may take a few minutes';

/** Asks what only administrators may ask, in the home Region. */
export const admission = (
  aws: Reader<'sso:ListPermissionSets'>,
  { arn, region }: { readonly arn: string; readonly region: string },
): Promise<Seen<unknown>> =>
  unlessRefused(aws.in(region).read('sso:ListPermissionSets', { InstanceArn: arn, MaxResults: 1 }));

/** The account that is to be the delegated administrator, and whether AWS treats it as one. */
export function admissionGoal(
  admitted: Seen<unknown>,
  { id, goal, account, met }: { id: string; goal: string; account: string; met: Goal<never> },
): Goal<never> {
  if ('seen' in admitted) return met;
  const { refused } = admitted;
  return isNotLetIn(refused)
    ? unknown(
        id,
        goal,
        `AWS does not let account ${account} administer IAM Identity Center yet (${refused}). ${waits}`,
        { firm: true, soon: true },
      )
    : unknown(id, goal, refused, { firm: true });
}

/** An account that was refused what administrators may ask. `delegates`: who is registered, if it may ask that. */
export interface Stranger {
  readonly account: string;
  readonly refused: string;
  readonly delegates: Seen<readonly string[]>;
}
export async function strangerOf(
  aws: Reader<'sts:GetCallerIdentity' | 'organizations:ListDelegatedAdministrators'>,
  refused: string,
): Promise<Stranger> {
  const { Account: account = '' } = await aws.read('sts:GetCallerIdentity', {});
  return { account, refused, delegates: await see(delegatesOf(aws)) };
}

/** It is not the delegated administrator; or AWS does not act on its registration yet. Where nobody can tell, both is said. */
export function strangerGoal(
  { account, refused, delegates }: Stranger,
  management: string,
  { registered, delegate }: Pick<Situation, 'registered' | 'delegate'>,
): Goal<never> {
  const id = 'administrator';
  const not = `account ${account} is not the delegated administrator for IAM Identity Center`;
  const known =
    'seen' in delegates
      ? delegates.seen.includes(account)
      : delegate?.account === account && delegate.recent === true;
  if (known)
    return unknown(
      id,
      says,
      `account ${account} is registered as delegated administrator, and AWS does not let it in yet (${refused}). ${waits}`,
      { firm: true, soon: true },
    );
  if ('seen' in delegates) {
    const [other] = delegates.seen;
    return wrong(
      id,
      says,
      `${not}: ${other === undefined ? 'no account is registered' : `that is account ${other}`} (${refused})`,
      `Use credentials of ${other === undefined ? '' : `account ${other}, or of `}the management account ${management}.`,
    );
  }
  const since =
    registered?.account === account
      ? `${not} now, or not yet: this run registered it on ${new Date(registered.at).toISOString().slice(0, 10)}, and it may have been deregistered since`
      : `${not}, or it was registered only just now and AWS does not act on it yet`;
  return wrong(
    id,
    says,
    `${since}. These credentials cannot look up which of the two it is (${delegates.refused}; ${refused})`,
    `Use credentials of the management account ${management} or of the delegated administrator. If account ${account} was registered just now, check again in a few minutes; else ask the administrators of the management account.`,
  );
}
