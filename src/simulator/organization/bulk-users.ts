import { hash } from './ids.ts';
import { people, plain } from './people.ts';
import type { PermissionSet, User } from './state.ts';

// A large organization: its users and permission sets are made from the seed and a number, so that a hundred thousand
// users take no place in the state file, and a moment to make.

/** Permission sets per instance (IAM Identity Center user guide, quotas). */
export const setLimit = 3_500;

const made = new WeakSet<User>();
/** Whether a user is made anew whenever the organization is loaded, and so left out of the state file. */
export const isOfCrowd = (user: User): boolean => made.has(user);

const uuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

/**
 * `count` users: anneliese.brandt.1 … Every twentieth is disabled. The same seed gives the same users. `created`:
 * milliseconds since 1970.
 */
export const crowdOf = (seed: string, count: number, created: number): User[] =>
  Array.from({ length: count }, (_, index): User => {
    const n = index + 1;
    const hex = hash(`${seed} user ${n}`).toString('hex');
    const [given = '', family = ''] = people[Number.parseInt(hex.slice(0, 4), 16) % people.length] ?? [];
    const userName = `${plain(given, family)}.${n}`;
    const user: User = {
      id: uuid(hex),
      userName,
      given,
      family,
      display: `${given} ${family} ${n}`,
      email: `${userName}@example.com`,
      status: n % 20 === 0 ? 'DISABLED' : 'ENABLED',
      created,
      by: uuid(hex.slice(32)),
    };
    made.add(user);
    return user;
  });

/**
 * `count` permission sets: Team-0001-ReadOnly … They come in no particular order. `instance`: its ARN; `created`:
 * milliseconds since 1970.
 */
export const setsOf = (seed: string, count: number, instance: string, created: number): PermissionSet[] =>
  Array.from({ length: count }, (_, index): PermissionSet => {
    const kind = ['ReadOnly', 'PowerUser', 'Billing', 'Support'][index % 4] ?? '';
    return {
      arn: `${instance.replace(':instance/', ':permissionSet/')}/ps-${hash(`${seed} set ${index}`).toString('hex').slice(0, 16)}`,
      name: `Team-${String(index + 1).padStart(4, '0')}-${kind}`,
      created,
      session: 'PT1H',
      managed: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      customer: [],
      tags: [],
      version: 1,
      provisioned: {},
    };
  });
