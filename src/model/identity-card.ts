import type { Actor } from './call.ts';
import type { Lasting, Source } from './identity.ts';
import type { Run } from './run.ts';

/** Who acts in a run, for whoever draws it. */
export interface IdentityCard {
  readonly actor: Actor;
  /** It acts in the step that is worked on. */
  readonly acts: boolean;
  readonly account: string;
  readonly name?: string; // of the account, as AWS lists it, once it was seen
  readonly arn: string;
  readonly region?: string; // IAM Identity Center's; until that is found, the one that is configured for the credentials
  readonly source: Source;
  readonly lasts?: Lasting;
}

const actors: readonly Actor[] = ['management', 'delegated-administrator'];

/** The identities that were accepted. */
export function identityCards(
  { identities, binding, names }: Run,
  lasting: Readonly<Partial<Record<Actor, Lasting>>>,
  acts: Actor,
): readonly IdentityCard[] {
  return actors.flatMap((actor) => {
    const identity = identities[actor];
    if (!identity) return [];
    const name = names[identity.account];
    const lasts = lasting[actor];
    const region = binding.region ?? identity.region;
    return {
      actor,
      acts: actor === acts,
      account: identity.account,
      arn: identity.arn,
      source: identity.source,
      ...(name === undefined ? {} : { name }),
      ...(region === undefined ? {} : { region }),
      ...(lasts === undefined ? {} : { lasts }),
    };
  });
}

/** The time that credentials still last, in a few words: 'renewed' by themselves; undefined where they have no end. */
export function timeLeft(lasts: Lasting | undefined, now: number): string | undefined {
  if (lasts?.is === 'not-told') return 'end not known';
  if (lasts?.is === 'renewed') return 'renewed';
  if (lasts?.is !== 'until') return undefined;
  const minutes = Math.floor((lasts.until - now) / 60_000);
  if (lasts.until <= now) return 'expired';
  if (minutes < 1) return 'under 1 min left';
  return minutes < 120 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h left`;
}
