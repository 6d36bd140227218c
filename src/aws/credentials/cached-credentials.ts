import type { ProvidedCredentials } from './credential-lifetime.ts';
import type { Provider } from './credentials.ts';

/** Credentials are renewed so long before they end, where they last longer than twice that. */
const early = 5 * 60_000;
/** After a renewal that failed what is in hand has to do, for so long. */
const pause = 30_000;

/**
 * The one set of credentials that all clients of a connection use, and which it is. Each client of the SDK would keep its own, taken at
 * its own time: then who was asked about last need not be who sends. `told`: called with each set that is taken up.
 */
export function cachedCredentials(
  find: Provider,
  onRefresh: (given: ProvidedCredentials) => Promise<void>,
): Provider & { readonly inUse: () => object | undefined } {
  let held: { readonly given: ProvidedCredentials; readonly since: number } | undefined;
  let failed = 0;
  let finding: Promise<ProvidedCredentials> | undefined;

  const renew = async (asked: object | undefined): Promise<ProvidedCredentials> => {
    try {
      const given = (await find(asked)) as ProvidedCredentials;
      held = { given, since: Date.now() };
      await onRefresh(given);
      return given;
    } catch (error) {
      failed = Date.now();
      if (held && leftOf(held.given) > 0) return held.given;
      held = undefined;
      throw error;
    }
  };
  /** The set that is given at once, where there is one that need not be renewed. */
  const atOnce = (): ProvidedCredentials | undefined => {
    if (!held || leftOf(held.given) <= 0) return undefined;
    return isDue(held) && Date.now() - failed > pause ? undefined : held.given;
  };
  const provider: Provider = async (asked) => {
    const forced = (asked as { readonly forceRefresh?: boolean } | undefined)?.forceRefresh === true;
    const given = forced ? undefined : atOnce();
    if (given) return given;
    finding ??= renew(asked).finally(() => {
      finding = undefined;
    });
    return finding;
  };
  // `memoized`: so that no client keeps a set of its own.
  return Object.assign(provider, { memoized: true, inUse: () => (finding ? undefined : atOnce()) });
}

const leftOf = ({ expiration }: ProvidedCredentials): number =>
  expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - Date.now();
const isDue = ({
  given,
  since,
}: {
  readonly given: ProvidedCredentials;
  readonly since: number;
}): boolean => {
  const lasts =
    given.expiration === undefined ? Number.POSITIVE_INFINITY : given.expiration.getTime() - since;
  return leftOf(given) < Math.min(early, lasts / 2);
};
