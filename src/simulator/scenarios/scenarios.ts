import { crowdOf, setLimit, setsOf } from '../organization/bulk-users.ts';
import { defined } from '../organization/defined.ts';
import { groupsOf, type Source, usersOf } from '../organization/identities.ts';
import { createIds, type Ids } from '../organization/ids.ts';
import { regions } from '../organization/regions.ts';
import { deniedRegionsOf, enabled, instanceOf } from '../organization/scenario-instances.ts';
import { accountInstancesOf, applicationsOf } from '../organization/scenario-members.ts';
import type { Scenario } from '../organization/scenario-names.ts';
import type { Account, Instance, PermissionSet, State, User } from '../organization/state.ts';
import documented from './documented-policy.json' with { type: 'json' };

export { type Scenario, scenarios } from '../organization/scenario-names.ts';

const sso = 'sso.amazonaws.com';
const [management, security, shared, development, production, retired] = [
  'Example Corp Management',
  'Security Tooling',
  'Shared Services',
  'Workloads Dev',
  'Workloads Prod',
  'Old Sandbox',
];
const day = 86_400_000;
/** How many users and permission sets an organization has besides the named ones. */
export interface Size {
  readonly users: number;
  readonly sets: number;
}
const sources: Partial<Record<Scenario, Source>> = {
  'external-idp': 'identity-provider',
  'active-directory': 'active-directory',
};
/** As large as AWS lets an instance be in permission sets, and a large company in people. */
const sizes: Partial<Record<Scenario, Size>> = { large: { users: 10_000, sets: 3_500 } };

export const anotherPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['codewhisperer:*', 's3:ListAllMyBuckets'], Resource: '*' },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:role/codewhisperer-*' },
  ],
});

export function stateOf(scenario: Scenario, seed: string, now: number, given: Partial<Size> = {}): State {
  const counter = { drawn: 0 };
  const ids = createIds(seed, counter);
  const organization = { id: `o-${ids.word(10)}`, root: `r-${ids.word(4)}`, management: ids.digits(12) };
  const size: Size = { users: 0, sets: 0, ...sizes[scenario], ...given };
  const accounts = accountsOf(scenario, organization.management, ids);
  const nextAccount = ids.digits(12);
  const instance = instanceOf(scenario, organization.management, ids, now);
  const denied = deniedRegionsOf(scenario, regions);
  const state: State = {
    simulator: 1,
    scenario,
    seed,
    drawn: 0,
    organization,
    ...defined({ billingOnly: scenario === 'billing-only' ? true : undefined }),
    accounts,
    nextAccount,
    trusted: trustedIn(scenario, instance).map((principal) => ({ principal, since: enabled })),
    delegated: [],
    ...defined({ instance, deniedRegions: denied.length > 0 ? denied : undefined }),
    optedIn: ['eu-south-1', 'me-central-1'].map((region) => ({ region, due: enabled })),
    users: instance === undefined ? [] : usersOf(sources[scenario], ids),
    groups: [],
    sets: [],
    assignments: [],
    requests: [],
  };
  state.groups = groupsOf(sources[scenario], state.users, ids);
  arrange(scenario, state, ids, now);
  const own = accountInstancesOf(scenario, accounts, seed);
  if (own.length > 0) state.accountInstances = own;
  if (instance !== undefined) {
    // AWS's limit counts all of them.
    const more = Math.min(size.sets, setLimit - state.sets.length);
    const sets = setsOf(seed, more, instance.arn, enabled);
    state.sets = [...sets.slice(0, more / 2), ...state.sets, ...sets.slice(more / 2)];
    state.crowd = size.users;
    state.users.push(...crowdOf(seed, size.users, enabled));
  }
  state.applications = applicationsOf(state, enabled);
  state.drawn = counter.drawn;
  return state;
}

/** Trusted access needs all features, so that with consolidated billing only no service has it. */
function trustedIn(scenario: Scenario, instance: Instance | undefined): readonly string[] {
  if (scenario === 'billing-only') return [];
  return ['account.amazonaws.com', 'cloudtrail.amazonaws.com', ...(instance === undefined ? [] : [sso])];
}

function arrange(scenario: Scenario, state: State, ids: Ids, now: number): void {
  const { instance, accounts, users } = state;
  const find = (wanted: string | undefined): Account => {
    const account = accounts.find(({ name }) => name === wanted);
    if (account === undefined) throw new Error(`The scenario ${scenario} has no account ${wanted}`);
    return account;
  };
  const delegate = (account: Account): void => {
    state.delegated.push({ account: account.id, service: sso, since: now - 30 * day });
  };
  const plainSet = (name: string, more: Partial<PermissionSet> = {}): PermissionSet => {
    const set: PermissionSet = {
      arn: `${instance?.arn.replace(':instance/', ':permissionSet/')}/ps-${ids.hex(16)}`,
      name,
      created: now - 90 * day,
      session: 'PT1H',
      managed: [],
      customer: [],
      tags: [],
      version: 1,
      provisioned: {},
      ...more,
    };
    state.sets.push(set);
    return set;
  };
  const assign = (set: PermissionSet, account: Account, user: User | undefined): void => {
    if (user === undefined) return;
    state.assignments.push({ set: set.arn, account: account.id, type: 'USER', principal: user.id });
    set.provisioned[account.id] = set.version;
    const created = now - 20 * day;
    state.requests.push({
      kind: 'create',
      id: ids.uuid(),
      created,
      due: created + 1000,
      applied: true,
      set: set.arn,
      account: account.id,
      type: 'USER',
      principal: user.id,
    });
  };
  if (instance === undefined || !has.sets.has(scenario)) return;

  const delegateTo = scenario === 'other-delegated' ? security : shared;
  delegate(find(delegateTo));
  const user = users.find(({ status }) => status === 'ENABLED');
  const administrators = plainSet('AdministratorAccess', {
    description: 'Everything',
    managed: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    session: 'PT4H',
  });
  plainSet('ViewOnly', { managed: ['arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'] });
  assign(administrators, find(development), users[3]);

  const name = 'CodeWhisperer_administrator';
  const ours = { managed: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], inline: anotherPolicy };
  if (scenario === 'existing-set') plainSet(name, ours);
  if (scenario === 'existing-set-with-admin') assign(plainSet(name, ours), find(development), user);
  if (scenario === 'set-in-management') assign(plainSet(name, ours), find(management), user);
  if (scenario === 'done')
    assign(plainSet(name, { inline: JSON.stringify(documented) }), find(development), user);
}
const has = {
  sets: new Set<Scenario>([
    'delegated',
    'other-delegated',
    'existing-set',
    'existing-set-with-admin',
    'set-in-management',
    'done',
    'account-instance',
    'region-denied',
    'large',
  ]),
};

function accountsOf(scenario: Scenario, managementId: string, ids: Ids): Account[] {
  const names = [management, security, shared, development, production, retired];
  const accounts = names.map(
    (name = ''): Account => ({
      id: name === management ? managementId : ids.digits(12),
      name,
      email: `aws+${name.toLowerCase().replace(/ /g, '-')}@example.com`,
      joined: enabled - ids.below(400) * day,
      method: name === management ? 'INVITED' : 'CREATED',
      state: name === retired ? 'SUSPENDED' : 'ACTIVE',
    }),
  );
  if (scenario === 'large')
    for (let n = 1; n <= 60; n++)
      accounts.push({
        id: ids.digits(12),
        name: `Team ${String(n).padStart(2, '0')}`,
        email: `aws+team-${n}@example.com`,
        joined: enabled,
        method: 'CREATED',
        state: n % 20 === 0 ? 'PENDING_CLOSURE' : 'ACTIVE',
      });
  return scenario === 'single-account'
    ? accounts.filter(({ name }) => name === management)
    : ids.shuffled(accounts);
}
