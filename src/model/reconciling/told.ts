import type { Event } from '../event.ts';
import { management } from '../identity.ts';
import type { Run } from '../run.ts';
import { enabledByDefault } from '../text/regions.ts';
import { type Anchor, delivery, history, type Told } from './matching.ts';
import { sentBy, trailRegionOf } from './sent.ts';

/** A journal's side of it. `heads`: the SHA-256 of each of its lines, the header's first. */
export function toldBy(run: Run, events: readonly Event[], heads: readonly string[]): Told {
  const sent = sentBy(run);
  const { ahead, behind } = apartIn(events);
  return {
    ...{ run: run.id, sent, heads, anchors: anchorsIn(events) },
    sets: [...new Set(run.attempts.flatMap(({ intent, output }) => setsIn([intent.call.input, output])))],
    from: (sent[0]?.at ?? 0) - behind,
    until: (events.at(-1)?.at ?? 0) + ahead,
  };
}
/** How far AWS's clock was seen ahead of the journal's, and behind it, at most. Milliseconds. */
function apartIn(events: readonly Event[]): { readonly ahead: number; readonly behind: number } {
  let [ahead, behind] = [0, 0];
  for (const event of events)
    if ('clock' in event && event.clock !== undefined) {
      ahead = Math.max(ahead, event.clock);
      behind = Math.max(behind, -event.clock);
    }
  return { ahead, behind };
}
const global = 'us-east-1';
const setsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.includes(':permissionSet/') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(setsIn) : [];
};
/** The hashes that AWS was told, each by whoever was the actor then, where STS was asked (`regionOf` in src/aws/client.ts). */
function anchorsIn(events: readonly Event[]): readonly Anchor[] {
  let home: string | undefined;
  const acting = new Map<string, { readonly account: string; readonly region?: string }>();
  return events.flatMap((event): readonly Anchor[] => {
    if (event.type === 'identified') acting.set(event.actor, event);
    if (event.type === 'bound') home = event.binding.region ?? home;
    if (event.type !== 'anchored') return [];
    const { record, head, actor, requestId, at } = event;
    const { account = '', region: own } = acting.get(actor) ?? {};
    const asked = home ?? own ?? global;
    const region = enabledByDefault.includes(asked) ? asked : global;
    return [{ record, head, requestId, at, region, account }];
  });
}

/** Events to be looked up: those of one service in an account and a Region. */
export interface Wanted {
  readonly account: string;
  readonly region: string;
  readonly source: string;
  /** Where there are too many of the service, these are asked for one by one. */
  readonly names: readonly string[];
  readonly from: number;
  readonly until?: number;
  /** Not the whole service: only these operations. */
  readonly only?: true;
}
/** Operations that change a permission set, or who has it, and are not among those that the runbook sends. */
const besides: Readonly<Record<string, readonly string[]>> = {
  sso: [
    'UpdatePermissionSet',
    'AttachManagedPolicyToPermissionSet',
    'DetachManagedPolicyFromPermissionSet',
    'AttachCustomerManagedPolicyReferenceToPermissionSet',
    'DetachCustomerManagedPolicyReferenceFromPermissionSet',
    'PutPermissionsBoundaryToPermissionSet',
    'DeletePermissionsBoundaryFromPermissionSet',
    'TagResource',
    'UntagResource',
  ],
};
/** Two clocks may be so far apart before AWS refuses what is signed. */
const skew = delivery;

/**
 * What has to be looked up for a run: in each account that acted, the services that it may have changed; and the requests
 * that carried hashes, around the times at which they were sent. `operations`: those that can be sent; `now`: ms since 1970.
 */
export function wantedFor(
  { sent, anchors }: Told,
  { run, events, operations, now }: Looking,
): readonly Wanted[] {
  const from = Math.max((events[0]?.at ?? now) - skew, now - history);
  const home = run.binding.region;
  const acted = new Map(
    events.flatMap((event) => (event.type === 'identified' ? [[event.account, event.actor]] : [])),
  );
  for (const { intent } of run.attempts) acted.set(intent.account, intent.actor);
  const wanted = new Map<string, Wanted>();
  const want = (account: string, region: string, service: string): void => {
    const names = [
      ...operations.flatMap((one) => (one.startsWith(`${service}:`) ? [one.slice(service.length + 1)] : [])),
      ...(besides[service] ?? []),
    ];
    const source = `${service}.amazonaws.com`;
    wanted.set(`${account} ${region} ${source}`, { account, region, source, names, from });
  };
  for (const one of sent) want(one.account, one.region, one.operation.split(':')[0] ?? '');
  for (const [account, actor] of acted) {
    if (actor === management) want(account, trailRegionOf('organizations', home), 'organizations');
    if (home === undefined) continue;
    want(account, home, 'sso');
    want(account, home, 'identitystore');
  }
  return [...wanted.values(), ...aroundAnchors(anchors, now, apartIn(events))];
}
interface Looking {
  readonly run: Run;
  readonly events: readonly Event[];
  readonly operations: readonly string[];
  readonly now: number;
}

/**
 * Everybody asks who they are: so these are looked for in the minutes around each, by AWS's clock, or in one stretch where
 * those meet.
 */
function aroundAnchors(
  anchors: readonly Anchor[],
  now: number,
  { ahead, behind }: ReturnType<typeof apartIn>,
): readonly Wanted[] {
  const around = 5 * 60_000;
  const found: (Wanted & { readonly until: number })[] = [];
  for (const { account, region, at } of anchors.toSorted((a, b) => a.at - b.at)) {
    if (at < now - history) continue;
    const [from, until] = [at - around - behind, at + around + ahead];
    const last = found.findLast((one) => one.account === account && one.region === region);
    if (last && last.until >= from) {
      found[found.indexOf(last)] = { ...last, until };
      continue;
    }
    const source = 'sts.amazonaws.com';
    const names = ['GetCallerIdentity'];
    found.push({ account, region, source, names, from, until, only: true });
  }
  return found;
}
