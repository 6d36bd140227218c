import { unlessAbsent } from '../../src/model/access/absence.ts';
import { isKnown, type Known } from '../../src/model/call.ts';
import type { Change, Goal, Plan } from '../../src/model/plan.ts';
import { change, met, warning } from '../../src/model/plan.ts';
import { mostAtOnce } from '../../src/model/question.ts';
import type { Reader } from '../../src/model/reader.ts';
import { see } from '../../src/model/reader.ts';
import { type AppliedChange, wasThere } from '../../src/model/step.ts';
import type { NamedAccount } from '../lookups/account-words.ts';
import type { Principal } from '../lookups/principals.ts';
import { neededThere } from '../permission-sets/needed-policies.ts';
import { isAssignment } from './is-assignment.ts';

export const assigningCalls = [
  'sso:ListAccountsForProvisionedPermissionSet',
  'sso:ListAccountAssignments',
  'sso:CreateAccountAssignment',
  'sso:DeleteAccountAssignment',
  'identitystore:DescribeUser',
  'identitystore:DescribeGroup',
] as const;
/** Whether somebody who is assigned is still there. */
export const assigningInforms = ['identitystore:DescribeUser', 'identitystore:DescribeGroup'] as const;
export type Looking = Reader<
  Exclude<(typeof assigningCalls)[number], `sso:${'Create' | 'Delete'}AccountAssignment`>
>;

/** An account by its id, and what it is called. */
export type Place = NamedAccount;
/** What an assignment says before it is made. */
export const assigning = (who: string, where: string, set: string): string =>
  `Assign ${who} to ${where} with ${set}`;
export const placeSaid = ({ id, name }: Place): string => (name === id ? id : `${name} (${id})`);

export interface Row {
  readonly account: string;
  readonly type: string;
  readonly id: string;
}
/** Who has the set in some accounts. `gone`: those of whom the identity store knows nothing any more. */
export interface Assigned {
  readonly rows: readonly Row[];
  readonly gone: readonly Row[];
}
export const nobody: Assigned = { rows: [], gone: [] };
export interface Where {
  readonly instance: { readonly arn: string; readonly store: string };
  readonly set: { readonly arn: Known<string>; readonly name: string; readonly needs?: readonly string[] };
  readonly principals: readonly Principal[];
}

/** Looks who has the set in these accounts. */
export async function observeAssigned(
  aws: Looking,
  { instance, set, principals }: Where,
  accounts: readonly string[],
): Promise<Assigned> {
  const PermissionSetArn = set.arn;
  if (!isKnown(PermissionSetArn)) return nobody;
  const which = { InstanceArn: instance.arn, PermissionSetArn };
  const rows: Row[] = [];
  const asked = await inForce(aws, which, accounts);
  for (let n = 0; n < asked.length; n += together) {
    const some = asked.slice(n, n + together).map((account) => rowsIn(aws, { ...which, AccountId: account }));
    rows.push(...(await Promise.all(some)).flat());
  }
  const strangers = rows.filter(({ id }) => !principals.some((one) => one.id === id));
  return { rows, gone: await goneOf(aws, instance.store, strangers) };
}
/** Listings that are asked for at once: AWS answers 20 requests a second, of everybody together. */
const together = 5;

/** Of many accounts, only those in which the set is in force can have an assignment: one listing tells. */
async function inForce(
  aws: Looking,
  which: { readonly InstanceArn: string; readonly PermissionSetArn: string },
  accounts: readonly string[],
): Promise<readonly string[]> {
  if (accounts.length <= together) return accounts;
  const all = new Set<string>();
  for await (const page of aws.pages('sso:ListAccountsForProvisionedPermissionSet', which))
    for (const id of page.AccountIds ?? []) all.add(id);
  return accounts.filter((id) => all.has(id));
}

export async function rowsIn(
  aws: Looking,
  which: { readonly InstanceArn: string; readonly PermissionSetArn: string; readonly AccountId: string },
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const page of aws.pages('sso:ListAccountAssignments', which))
    for (const { PrincipalId, PrincipalType } of page.AccountAssignments ?? [])
      if (PrincipalId) rows.push({ account: which.AccountId, type: PrincipalType ?? '', id: PrincipalId });
  return rows;
}

/** Who was deleted, or made anew under another id, still stands in the list. So many are looked at. */
const lookedAt = 50;
export async function goneOf(
  aws: Looking,
  IdentityStoreId: string,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const gone = new Set<string>();
  for (const [id, { type }] of [...new Map(rows.map((row) => [row.id, row]))].slice(0, lookedAt)) {
    const read: Promise<unknown> =
      type === 'GROUP'
        ? unlessAbsent('GROUP', aws.read('identitystore:DescribeGroup', { IdentityStoreId, GroupId: id }))
        : unlessAbsent('USER', aws.read('identitystore:DescribeUser', { IdentityStoreId, UserId: id }));
    const found = await see(read);
    if ('seen' in found && found.seen === undefined) gone.add(id);
  }
  return rows.filter(({ id }) => gone.has(id));
}

const isThere = ({ rows }: Assigned, { type, id }: Principal, account: string): boolean =>
  rows.some((row) => row.account === account && row.type === type && row.id === id);

/** Lasting: the principal and the account. Whoever is not there yet has no id. */
export const goalIdOf = ({ type, id, name }: Principal, account: string): string =>
  `${type}:${isKnown(id) ? id : name}@${account}`;
export const called = ({ type, name }: Principal): string => (type === 'GROUP' ? `the group ${name}` : name);

/**
 * Few groups may be many people: then whoever sits there types how many they are. It changes as people join, so an
 * answers file need not say it. Where that many were named, it was typed when they were.
 */
export function manyPeople(principals: readonly Principal[]): More {
  const count = principals.reduce((sum, { type, members = 0 }) => sum + (type === 'GROUP' ? members : 1), 0);
  if (count <= mostAtOnce) return {};
  const groups = principals.filter(({ type }) => type === 'GROUP').length;
  const twice = groups > 1 ? ' (a person in two of these groups is counted twice)' : '';
  return {
    typed: [String(count)],
    decisive: groups > 0 ? [`${count} people get access${twice}.`] : [],
  };
}
type More = Partial<Pick<Change, 'risk' | 'typed' | 'decisive' | 'consequences'>>;
/**
 * A goal for each of these people in each of these accounts. `link`: IAM Identity Center's console, where it is
 * administered. `only`: how the one goal of earlier runs was called.
 */
export function assigned(
  seen: Assigned,
  { instance, set, principals }: Where,
  places: readonly Place[],
  link: string,
  more: More = {},
  only?: string,
): readonly Goal<'sso:CreateAccountAssignment'>[] {
  return places.flatMap((place) =>
    principals.map((one): Goal<'sso:CreateAccountAssignment'> => {
      const id = only ?? goalIdOf(one, place.id);
      const where = placeSaid(place);
      if (isThere(seen, one, place.id))
        return met(id, `${called(one)} has ${set.name} in ${where}`, 'AWS lists the assignment');
      const tab = one.type === 'GROUP' ? 'Groups' : 'Users';
      return change(
        id,
        assigning(called(one), where, set.name),
        'sso:CreateAccountAssignment',
        {
          InstanceArn: instance.arn,
          TargetType: 'AWS_ACCOUNT',
          TargetId: place.id,
          PermissionSetArn: set.arn,
          PrincipalType: one.type,
          PrincipalId: one.id,
        },
        {
          batch: 'assign',
          assigns: { who: called(one), where, set: set.name },
          console: `IAM Identity Center › AWS accounts › ${place.name} › Assign users or groups › ${tab} › ${one.name} › Next › ${set.name} › Next › Submit`,
          link,
          ...more,
          decisive: [
            ...(more.decisive ?? []),
            ...(one.type === 'GROUP'
              ? [
                  `Everybody in the group ${one.name} gets it: ${one.members ?? '?'} now, and anyone added later.`,
                ]
              : []),
            ...neededThere(set.needs ?? [], place),
          ],
          consequences: [
            `IAM Identity Center creates a role AWSReservedSSO_${set.name}_… in ${place.name}. This usually takes a few seconds.`,
            ...(more.consequences ?? []),
          ],
        },
      );
    }),
  );
}

/** Assignments that were there before this run. `assignment`: how the one goal of earlier runs was called. */
export const assignmentsBefore = (
  made: readonly AppliedChange[],
  seen: Plan | undefined,
): readonly string[] =>
  wasThere(
    (seen?.goals ?? []).flatMap(({ id }) => (isAssignment(id) ? [id] : [])),
    made,
    seen,
  );

/** What AWS lists and nobody has: said, and counted as nothing. */
export const strays = ({ gone }: Assigned, set: string, places: readonly Place[]): readonly Goal<never>[] =>
  places.flatMap((place) => {
    const ids = gone
      .filter(({ account }) => account === place.id)
      .map(({ type, id }) => `${type.toLowerCase()} ${id}`);
    if (ids.length === 0) return [];
    return [
      warning(
        `gone@${place.id}`,
        `All users and groups with ${set} in ${placeSaid(place)} exist`,
        `assigned to somebody who no longer exists: ${ids.join(', ')}. Deleted, or created again under another id: nobody can sign in with that assignment. Remove it by hand if nobody needs it.`,
      ),
    ];
  });
