import { defined } from './defined.ts';
import type { Ids } from './ids.ts';
import type { Scenario } from './scenario-names.ts';
import type { Instance } from './state.ts';

// Where a scenario's instances of IAM Identity Center are, and how they stand.

/**
 * When the instance was made, in milliseconds since 1970: 2024-06-11, after the day from which 90-day sessions are the
 * default.
 */
export const enabled = Date.UTC(2024, 5, 11, 9, 42, 7);

const homes: Partial<Record<Scenario, string>> = {
  'opt-in-region': 'eu-south-1',
  'other-region': 'eu-central-1',
  'multi-region': 'eu-west-1',
  'region-denied': 'eu-central-1',
};
const without = new Set<Scenario>(['no-instance', 'billing-only']);

/**
 * The organization's instance, where the scenario has one. `management`: the account's id; `now`: milliseconds since
 * 1970.
 */
export function instanceOf(
  scenario: Scenario,
  management: string,
  ids: Ids,
  now: number,
): Instance | undefined {
  if (without.has(scenario)) return undefined;
  return {
    arn: `arn:aws:sso:::instance/ssoins-${ids.hex(16)}`,
    store: `d-${ids.hex(10)}`,
    region: homes[scenario] ?? 'us-east-1',
    created: enabled,
    ...defined({
      key: scenario === 'customer-key' ? `arn:aws:kms:us-east-1:${management}:key/${ids.uuid()}` : undefined,
    }),
    tags: [],
    ...standing(scenario, now),
  };
}

function standing(scenario: Scenario, now: number): Partial<Instance> {
  switch (scenario) {
    case 'multi-region':
      return {
        additional: [
          { region: 'us-east-1', status: 'ACTIVE', added: Date.UTC(2026, 2, 3) },
          { region: 'eu-north-1', status: 'ADDING', added: now },
        ],
      };
    case 'no-permission-sets':
      return { permissionSets: false };
    case 'instance-creating':
      return { status: 'CREATE_IN_PROGRESS', active: now + 20_000 };
    case 'instance-failed':
      return {
        status: 'CREATE_FAILED',
        reason: 'The KMS key policy does not allow IAM Identity Center to use the key.',
      };
    case 'instance-deleting':
      return { status: 'DELETE_IN_PROGRESS' };
    default:
      return {};
  }
}

/** Regions that a service control policy denies to member accounts. The management account is never under one. */
export const deniedRegionsOf = (scenario: Scenario, regions: readonly string[]): readonly string[] =>
  scenario === 'region-denied'
    ? regions.filter((region) => region !== 'eu-central-1' && region !== 'eu-west-1')
    : [];

/** The Region in the operator's profiles. In some scenarios it is not where the instance is. */
export const configuredRegion = (scenario: string, home: string): string =>
  ['other-region', 'multi-region', 'region-denied'].includes(scenario) ? 'us-east-1' : home;
