import type { Reader, Seen } from '../../src/model/reader.ts';
import { OutcomeUnknown, see, unlessRefused } from '../../src/model/reader.ts';
import { defined } from '../../src/model/text/defined.ts';
import { enabledByDefault } from '../../src/model/text/regions.ts';

/** The organization's instance, as it was found. */
export interface Instance {
  readonly arn: string;
  readonly store: string;
  readonly region: string; // its primary one
  readonly created: string; // ISO 8601, or '' where AWS does not tell
  readonly status: string | undefined;
  readonly reason: string | undefined;
  readonly additional: readonly { readonly region: string; readonly status: string }[];
  readonly from: string | undefined; // the Region that the search began with
}
type Aws = Reader<
  'account:ListRegions' | 'account:GetRegionOptStatus' | 'sso:ListInstances' | 'sso:DescribeInstance'
>;

/** `silent`: it gave no answer, and may give one later. */
interface Closed {
  readonly region: string;
  readonly why: string;
  readonly silent?: true;
}
/** So many looks in a row without an answer of the likeliest Region are only looked again; then the others are asked too. */
const patient = 3;

/** Asks where it most likely is, then the Regions that are enabled by default, then the opt-in Regions that are on. */
export async function search(aws: Aws, management: string, first: string | undefined) {
  const closed: Closed[] = [];
  const asked: string[] = [];
  const others = new Map<string, { readonly account: string; readonly region: string }>();
  /** The organization's instance among those of a Region; what else it answers is kept. */
  const take = (region: string, seen: Awaited<ReturnType<typeof instances>>): Instance | undefined => {
    if ('refused' in seen) {
      closed.push({ region, why: seen.refused, ...defined({ silent: seen.silent ? true : undefined }) });
      return undefined;
    }
    let found: Instance | undefined;
    for (const one of seen.seen) {
      const { InstanceArn: arn, IdentityStoreId: store, OwnerAccountId: owner = 'unknown' } = one;
      // An account instance is its own account's, wherever it is.
      if (owner !== management) others.set(`${owner} ${region}`, { account: owner, region });
      else if (arn && store) found ??= instanceFrom(one, arn, store, region, first);
    }
    return found;
  };
  const lookIn = async (wanted: readonly string[]): Promise<Instance | undefined> => {
    const fresh = [...new Set(wanted)].filter((region) => !asked.includes(region));
    const all = asked.length + fresh.length;
    // A few at a time: AWS allows 20 calls a second.
    for (let n = 0; n < fresh.length; n += 6) {
      const some = fresh.slice(n, n + 6);
      aws.search.onProgress(
        `asking ${some.join(', ')} for IAM Identity Center (${asked.length + 1}–${asked.length + some.length} of ${all} Regions)`,
      );
      asked.push(...some);
      const answers = await Promise.all(
        some.map(async (region) => ({ region, seen: await instances(aws, region) })),
      );
      const found = answers.map(({ region, seen }) => take(region, seen)).find((one) => one !== undefined);
      if (found) return found;
    }
    return undefined;
  };
  const all = async () => {
    const [usual, opted] = await Promise.all([regions(aws, 'ENABLED_BY_DEFAULT'), regions(aws, 'ENABLED')]);
    // Those that everybody has are known; which others an account has opted into, AWS alone tells.
    if ('refused' in opted)
      closed.push({
        region: 'the opt-in Regions',
        why: `which of them are enabled is unknown: ${opted.refused}`,
        ...defined({ silent: opted.silent ? true : undefined }),
      });
    return [...('seen' in usual ? usual.seen : enabledByDefault), ...('seen' in opted ? opted.seen : [])];
  };
  let instance = first ? await lookIn([first]) : undefined;
  if (!instance && first) waitFor(aws, first, closed);
  instance ??= await lookIn(await all());
  return { instance, closed, asked, others: [...others.values()] };
}

/**
 * Where the likeliest Region gave no answer it is asked again before any other, as everything that decides is: throws
 * `OutcomeUnknown`. Where it goes on so, its name may be wrong, or the way to it barred: then the others are asked.
 */
function waitFor({ search: kept }: Aws, first: string, closed: readonly Closed[]): void {
  const key = `no answer ${first}`;
  const [silent] = closed.filter((one) => one.silent);
  const times = Number(kept.known.get(key) ?? 0) + 1;
  kept.known.set(key, silent && times <= patient ? String(times) : '0');
  if (silent && times <= patient) throw new OutcomeUnknown(silent.why);
}

const instanceFrom = (
  one: Listed,
  arn: string,
  store: string,
  seenIn: string,
  from: string | undefined,
): Instance => {
  const region = one.PrimaryRegion ?? seenIn;
  return {
    ...{ arn, store, region, from },
    created: one.CreatedDate?.toISOString() ?? '',
    status: one.Status,
    reason: one.StatusReason,
    additional: (one.Regions ?? []).flatMap(({ RegionName, Status = '' }) =>
      RegionName === undefined || RegionName === region ? [] : [{ region: RegionName, status: Status }],
    ),
  };
};

type Listed = {
  OwnerAccountId?: string;
  InstanceArn?: string;
  IdentityStoreId?: string;
  PrimaryRegion?: string;
  CreatedDate?: Date;
  Status?: string;
  StatusReason?: string;
  Regions?: readonly { readonly RegionName?: string; readonly Status?: string }[];
};
async function instances(aws: Aws, region: string): Promise<Seen<readonly Listed[]>> {
  const all: Listed[] = [];
  const listing = async () => {
    for await (const page of aws.in(region).pages('sso:ListInstances', {}))
      all.push(...((page.Instances ?? []) as Listed[]));
    return all;
  };
  return see(listing());
}

async function regions(aws: Aws, status: 'ENABLED_BY_DEFAULT' | 'ENABLED'): Promise<Seen<readonly string[]>> {
  const listing = async () => {
    const all: string[] = [];
    for await (const page of aws.pages('account:ListRegions', { RegionOptStatusContains: [status] }))
      all.push(...(page.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? []));
    return all;
  };
  return unlessRefused(listing());
}
