import type { State } from './state.ts';

/** AWS's Regions of the partition aws. Source: AWS Account Management Reference Guide, "AWS Regions", as of 2026. */
const byDefault: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];
const optIn: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
];

/**
 * How a Region stands in an account (Account Management API reference, GetRegionOptStatus; of its statuses those that
 * occur here).
 */
export type OptStatus = 'ENABLED_BY_DEFAULT' | 'ENABLED' | 'ENABLING' | 'DISABLED';
/** AWS's Regions of the partition aws, in alphabetical order. */
export const regions: readonly string[] = [...byDefault, ...optIn].sort();

/**
 * How a Region stands in an account; `undefined` when there is no such Region. `now`: milliseconds since 1970, for one
 * that is being switched on.
 */
export function optStatus(state: State, account: string, region: string, now: number): OptStatus | undefined {
  if (byDefault.includes(region)) return 'ENABLED_BY_DEFAULT';
  if (!optIn.includes(region)) return undefined;
  const on = state.optedIn.find((one) => one.region === region && (one.account ?? account) === account);
  if (on === undefined) return 'DISABLED';
  return on.due <= now ? 'ENABLED' : 'ENABLING';
}
