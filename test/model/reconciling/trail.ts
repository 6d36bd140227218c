import { delivery, type Looked, type Told, type Trail } from '../../../src/model/reconciling/matching.ts';
import type { Sent } from '../../../src/model/reconciling/sent.ts';
import type { TrailEvent } from '../../../src/model/reconciling/trail-event.ts';

export const [mgmt, delegate] = ['111111111111', '222222222222'];
export const began = Date.UTC(2026, 10, 23, 9, 0, 0);
export const later = began + 60 * 60_000;
export const run = '01KAAAAAAAAAAAAAAAAAAAAAAA';
const set = 'arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-1111111111111111';

/** A sending that AWS accepted. */
export const sent = (n: number, more: Partial<Sent> = {}): Sent => ({
  attempt: `permission-set/policy#${n}`,
  mark: `permission-set-policy-${n}`,
  operation: 'sso:PutInlinePolicyToPermissionSet',
  source: 'sso.amazonaws.com',
  name: 'PutInlinePolicyToPermissionSet',
  account: delegate,
  region: 'eu-west-1',
  arn: `arn:aws:sts::${delegate}:assumed-role/admin/op`,
  at: began + n * 1_000,
  requestId: `request-${n}`,
  came: 'accepted',
  ...more,
});
/** Its event. */
export const eventOf = (one: Sent, more: Partial<TrailEvent> = {}): TrailEvent => ({
  id: `event of ${one.attempt}`,
  at: Math.floor(one.at / 1000) * 1000,
  ...{ account: one.account, region: one.region, source: one.source, name: one.name, arn: one.arn },
  ...{ readOnly: false, requestId: one.requestId, run, attempt: one.mark, set },
  ...more,
});
export const told = (all: readonly Sent[], more: Partial<Told> = {}): Told => ({
  ...{ run, sent: all, anchors: [], heads: ['0'.repeat(64)], sets: [set] },
  ...{ from: began, until: began + 10 * 60_000 },
  ...more,
});
export const looked = (more: Partial<Looked> = {}): Looked => ({
  ...{ account: delegate, region: 'eu-west-1', source: 'sso.amazonaws.com' },
  ...{ from: began - delivery, until: later },
  ...more,
});
export const trail = (events: readonly TrailEvent[], more: Partial<Trail> = {}): Trail => ({
  events,
  looked: [looked(), looked({ account: mgmt, region: 'us-east-1', source: 'organizations.amazonaws.com' })],
  ...more,
});
