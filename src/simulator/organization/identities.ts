import type { Ids } from './ids.ts';
import { people, plain } from './people.ts';
import { enabled } from './scenario-instances.ts';
import type { ExternalId, Group, User } from './state.ts';

// The people and groups of an organization, by where they come from. Certain (IAM Identity Center User Guide): by default
// the sync with Active Directory takes `username` from userPrincipalName, a group's `displayname` from
// sAMAccountName@domain, and the external id of both from objectGUID; SCIM writes external ids. What `Issuer` holds is
// not documented: these are made up. Nothing else in the answers of the identity store tells the sources apart.

/** Undefined: IAM Identity Center's own directory. */
export type Source = 'identity-provider' | 'active-directory';
const domain = 'corp.example.com';
const day = 86_400_000;

/** The users of a new organization, in an order of their own, as a source would have made them. */
export function usersOf(source: Source | undefined, ids: Ids): User[] {
  const prefix = ids.hex(10);
  const by = ids.uuid();
  const users = people.map(([given, family], index): User => {
    const name = plain(given, family);
    const email = `${name}@example.com`;
    return {
      // The older ids carry the identity store's prefix, newer ones do not.
      id: index % 3 === 0 ? `${prefix}-${ids.uuid()}` : ids.uuid(),
      userName: source === 'active-directory' ? `${name}@${domain}` : index % 4 === 0 ? email : name,
      given,
      family,
      display: `${given} ${family}`,
      email,
      ...externalIdOf(source, ids),
      status: given === 'Pat' || given === 'Terry' ? 'DISABLED' : 'ENABLED',
      created: enabled + ids.below(500) * day,
      by,
    };
  });
  return ids.shuffled(users);
}

/**
 * The groups of a new organization, each with every fourth of these users as members. None where there are no users.
 */
export const groupsOf = (source: Source | undefined, users: readonly User[], ids: Ids): Group[] =>
  users.length === 0
    ? []
    : ['Developers', 'Platform Engineering', 'Auditors'].map((name, index) => ({
        id: ids.uuid(),
        name: source === 'active-directory' ? `${name}@${domain}` : name,
        description: `${name} of Example Corp`,
        ...externalIdOf(source, ids),
        members: users
          .filter((_, position) => position % 4 === index)
          .map(({ id }) => ({ id: ids.uuid(), user: id })),
        created: enabled,
        by: users[0]?.by ?? ids.uuid(),
      }));

function externalIdOf(source: Source | undefined, ids: Ids): { externalId?: ExternalId } {
  switch (source) {
    case undefined:
      return {};
    case 'identity-provider':
      return { externalId: { Issuer: 'https://idp.example.com/scim', Id: ids.word(20) } };
    case 'active-directory':
      return { externalId: { Issuer: `ldaps://${domain}`, Id: ids.uuid() } };
  }
}
