import type { Actor } from '../call.ts';
import { type CredentialLifetime, management } from '../identity.ts';
import type { Run } from '../run.ts';
import { defined } from '../text/defined.ts';

/** Who acts in a run, for whoever draws it. */
export interface IdentityCard {
  readonly actor: Actor;
  /** It acts in the step that is worked on, or is asked for. */
  readonly acts: boolean;
  readonly is: 'at-hand' | 'not-at-hand' | 'not-accepted';
  readonly account?: string;
  readonly name?: string; // of the account, as AWS lists it, once it was seen
  readonly arn?: string;
  readonly region?: string; // IAM Identity Center's; until that is found, the one that is configured for the credentials
  readonly lasts?: CredentialLifetime;
}
/** Whose credentials the operator is asked for, or is to accept: as much of them as is known. */
export interface Asked {
  readonly actor: Actor;
  readonly account?: string;
  readonly arn?: string;
  readonly region?: string;
  readonly lasts?: CredentialLifetime;
}
/** What this process knows of credentials. `atHand`: those it has met; undefined where it meets none itself. */
export interface Known {
  readonly lasting?: Readonly<Record<Actor, CredentialLifetime>>;
  readonly atHand?: readonly Actor[] | undefined;
}

/**
 * The identities that were accepted and are at hand, and the one that is asked for: at most one for each actor, the
 * management account's first. `acts`: whose turn it is where nobody is asked for.
 */
export function identityCards(
  { identities, binding, names }: Run,
  { lasting = {}, atHand = Object.keys(identities) }: Known,
  acts: Actor,
  asked?: Asked,
): readonly IdentityCard[] {
  const cardOf = ({ actor, account, arn, region, lasts }: Asked, is: IdentityCard['is']): IdentityCard => {
    const name = account === undefined ? undefined : names[account];
    const where = binding.region ?? region;
    return {
      ...{ actor, is, acts: actor === (asked?.actor ?? acts) },
      ...defined({ account, arn, name, region: where, lasts }),
    };
  };
  const others = [...Object.keys(identities), ...(asked ? [asked.actor] : [])];
  return [...new Set([management, ...others])].flatMap((actor) => {
    const identity = identities[actor];
    const mine = asked?.actor === actor ? asked : undefined;
    if (mine?.arn !== undefined) return cardOf(mine, 'not-accepted');
    if (identity && atHand.includes(actor)) {
      const lasts = lasting[actor];
      return cardOf({ actor, ...identity, ...defined({ lasts }) }, 'at-hand');
    }
    return mine ? cardOf({ ...identity, ...mine }, identity ? 'not-at-hand' : 'not-accepted') : [];
  });
}

/** How long credentials still last, in a few words. `short`: less than ten minutes, or over. */
export interface TimeLeft {
  readonly text: string;
  readonly short: boolean;
}
/** Undefined where they have no end, and where nothing is known. `now`: milliseconds since 1970. */
export function timeLeft(lasts: CredentialLifetime | undefined, now: number): TimeLeft | undefined {
  if (lasts?.is === 'unknown') return { text: 'end not known', short: false };
  if (lasts?.is === 'auto-refreshed') return { text: 'renews itself', short: false };
  if (lasts?.is !== 'until') return undefined;
  const minutes = Math.floor((lasts.until - now) / 60_000);
  const short = minutes < 10;
  if (lasts.until <= now) return { text: 'expired', short };
  if (minutes < 1) return { text: 'under 1 min left', short };
  return { text: minutes < 120 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h left`, short };
}
