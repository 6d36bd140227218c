import { unlessAbsent } from '../../src/model/access/absence.ts';
import type { Plan } from '../../src/model/plan.ts';
import { change, met, warning } from '../../src/model/plan.ts';
import { reversing } from '../../src/model/progress/reverse.ts';
import type { Reader } from '../../src/model/reader.ts';
import { type AppliedChange, goalOf, newest, type Refusal } from '../../src/model/step.ts';
import { defined } from '../../src/model/text/defined.ts';
import { asCommand } from '../../src/model/text/own-commands.ts';
import { describeShared, isNameOf, type NamedAccount, wordsForAccount } from '../lookups/account-words.ts';
import { accountsOf } from '../lookups/accounts.ts';
import {
  called,
  goneOf,
  type Looking,
  type Place,
  placeSaid,
  type Row,
  rowsIn,
  type Where,
} from './assignments.ts';

type Input = Extract<AppliedChange['call'], { readonly operation: 'sso:CreateAccountAssignment' }>['input'];
/** An assignment that this run made, as it is now. */
export interface Taken {
  readonly one: AppliedChange;
  readonly input: Input;
  readonly place: Place;
  readonly assigned: boolean;
  /** The user or group was deleted since: nobody can sign in with what is left. */
  readonly gone?: true;
  /** All of the organization: a word that is typed must not name another of them. */
  readonly accounts?: readonly NamedAccount[];
}
/** Looks what has become of the assignments that this run made. */
export async function observeMade(
  aws: Reader<
    | 'organizations:ListAccounts'
    | 'sso:ListAccountAssignments'
    | 'identitystore:DescribeUser'
    | 'identitystore:DescribeGroup'
  >,
  made: readonly AppliedChange[],
  store: string,
): Promise<readonly Taken[]> {
  const accounts = await accountsOf(aws);
  const mine = newest(made).flatMap((one) =>
    one.call.operation === 'sso:CreateAccountAssignment' ? [{ one, input: one.call.input }] : [],
  );
  const listed = new Map<string, Promise<readonly Row[]>>();
  const all: Taken[] = [];
  for (const { one, input } of mine) {
    const { InstanceArn, TargetId, PermissionSetArn, PrincipalId, PrincipalType } = input;
    const key = `${TargetId} ${PermissionSetArn}`;
    // Without its permission set there is no assignment.
    const rows =
      listed.get(key) ??
      unlessAbsent(
        'what was asked for',
        rowsIn(aws as Looking, { InstanceArn, AccountId: TargetId, PermissionSetArn }),
      ).then((found) => found ?? []);
    listed.set(key, rows);
    const there = (await rows).some(({ id, type }) => id === PrincipalId && type === PrincipalType);
    const { name = TargetId, shared } = accounts.find(({ id }) => id === TargetId) ?? {};
    const place = { id: TargetId, name, ...defined({ shared }) };
    all.push({ one, input, place, assigned: there, accounts });
  }
  const rowsLeft = all.flatMap(({ input, assigned }) =>
    assigned ? [{ account: input.TargetId, type: input.PrincipalType, id: input.PrincipalId }] : [],
  );
  const gone = await goneOf(aws as Looking, store, rowsLeft);
  return all.map((one) =>
    one.assigned && gone.some(({ id }) => id === one.input.PrincipalId) ? { ...one, gone: true } : one,
  );
}

/** Taking them back. They are confirmed together: by the account’s name, or by the set’s where there are several accounts. */
export function unassigned(
  all: readonly Taken[],
  { set, principals }: { readonly set: { readonly name: string } } & Pick<Where, 'principals'>,
  link: string,
  gaveUp: readonly Refusal[] = [],
): Plan<unknown, 'sso:DeleteAccountAssignment'> {
  const left = new Map(all.flatMap(({ place, assigned }) => (assigned ? [[place.id, place]] : [])));
  const [only] = left.values();
  const [first] = all;
  const misread = left.size > 1 && isNameOf(set.name, first?.accounts ?? []);
  // The last part of a set's ARN is its id.
  const words = misread && first ? [first.input.PermissionSetArn.split('/').at(-1) ?? ''] : [set.name];
  const typed = left.size === 1 && only ? wordsForAccount(only) : words;
  const why =
    left.size === 1 && only
      ? describeShared(only)
      : misread
        ? [
            `An account is called “${set.name}” as well. So the id of the permission set is asked for: ${words.join()}.`,
          ]
        : [];
  // Of many what follows is said once: it is the same for each.
  const several = all.filter(({ assigned }) => assigned).length > 4;
  return {
    goals: all.map(({ one, input, place, assigned, gone }) => {
      const back = reversing({ call: { operation: 'sso:CreateAccountAssignment', input } });
      const known = principals.find(({ id }) => id === input.PrincipalId);
      const who = known ? called(known) : `${input.PrincipalType.toLowerCase()} ${input.PrincipalId}`;
      if (!assigned)
        return met(
          goalOf(one),
          `${who} is not assigned to ${placeSaid(place)}`,
          'The assignment no longer exists',
        );
      const stuck = gone && gaveUp.find(({ change: id }) => id === goalOf(one));
      if (stuck)
        return warning(
          goalOf(one),
          `${who} is not assigned to ${placeSaid(place)}`,
          `${who} no longer exists, so nobody can sign in with the assignment. AWS still lists it, and did not delete it: ${stuck.why}. It is left: by hand, ${asCommand('aws sso-admin delete-account-assignment')} with principal id ${input.PrincipalId}, or AWS Support`,
        );
      return change(
        goalOf(one),
        known
          ? `Remove ${who}${who.endsWith('s') ? '’' : '’s'} assignment to ${placeSaid(place)} with ${set.name}`
          : `Remove what this run did: ${one.says}`,
        back.operation,
        back.input,
        {
          risk: 'dangerous',
          typed,
          batch: 'unassign',
          assigns: { who, where: placeSaid(place), set: set.name },
          console: `IAM Identity Center › AWS accounts › ${place.name} › Users and groups › ${known?.name ?? who} › Remove access`,
          link,
          decisive: [
            gone
              ? `${who} no longer exists: nobody can sign in with it. The assignment is removed by its id, ${input.PrincipalId}.`
              : several
                ? 'They lose that access to these accounts, and are no longer CodeWhisperer administrators there.'
                : input.PrincipalType === 'GROUP'
                  ? `Nobody in ${who} can enter ${place.name} with ${set.name}, unless they have it some other way.`
                  : `${who} can no longer enter ${place.name} with ${set.name}, and is no longer CodeWhisperer administrator there.`,
            ...why,
          ],
        },
      );
    }),
  };
}
