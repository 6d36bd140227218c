import type { State } from '../../../src/simulator/organization/state.ts';

/** A word that no text of AWS or of this program has. */
export const canary = 'Zq7Canary';

/** Every text that somebody in an organization can choose has a canary in it. */
export function planted(state: State): State {
  const name = (text: string, n: number): string => `${canary}-${text}-${n}`;
  state.accounts = state.accounts.map((account, n) => ({
    ...account,
    name:
      account.name === 'Shared Services' || account.name === 'Workloads Dev' ? account.name : name('acc', n),
    email: `${name('mail', n)}@${canary}.example`,
  }));
  state.users = state.users.map((user, n) => ({
    ...user,
    userName: name('user', n),
    given: name('given', n),
    family: name('family', n),
    display: name('display', n),
    email: `${name('mail', n)}@${canary}.example`,
    externalId: { Issuer: `https://${canary}.example`, Id: name('ext', n) },
    attributes: { Title: name('title', n), Addresses: [{ Locality: name('city', n) }] },
  }));
  state.groups = state.groups.map((group, n) => ({
    ...group,
    name: name('group', n),
    description: name('about', n),
  }));
  state.sets.push({
    arn: `${state.instance?.arn.replace(':instance/', ':permissionSet/')}/ps-7c7c7c7c7c7c7c7c`,
    name: name('set', 0).slice(0, 32),
    created: Date.UTC(2025, 1, 1),
    description: name('set-about', 0),
    session: 'PT1H30M',
    relay: `https://${canary}.example`,
    inline: JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: canary, Effect: 'Deny' }] }),
    managed: [`arn:aws:iam::aws:policy/${canary}`],
    customer: [{ Name: name('policy', 0), Path: `/${canary}/` }],
    boundary: { CustomerManagedPolicyReference: { Name: canary, Path: `/${canary}/` } },
    tags: [{ Key: name('key', 0), Value: name('value', 0) }],
    version: 1,
    provisioned: {},
  });
  state.applications = (state.applications ?? []).map((application) => ({
    ...application,
    name: `QDevProfile-${canary}`,
    description: canary,
  }));
  return state;
}

/** What of an organization must be in no file: all that tells it from another one. */
export function secretsOf(state: State): readonly string[] {
  const all = new Set<string>([canary, canary.toLowerCase()]);
  const look = (value: unknown): void => {
    if (typeof value === 'string' && tells.test(value)) all.add(value);
    else if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) {
        if (/^\d{12}$/.test(key)) all.add(key);
        look(item);
      }
  };
  look(state);
  return [...all];
}
/** Ids, ARNs of an account or instance, and addresses. Names have their canary. */
const tells =
  /^\d{12}$|^o-|^r-|^d-|ssoins-|ps-|apl-|@|^([0-9a-f]{10}-)?[0-9a-f]{8}-[0-9a-f]{4}-|^Shared Services$|^Workloads Dev$/;
