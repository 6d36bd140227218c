import type { State } from '../../src/simulator/organization/state.ts';

const sorted = <T>(list: readonly T[]): readonly T[] =>
  [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/**
 * Everything an organization is at the end of a run, as data that is the same after every run that did the same: no
 * times, names in place of ids that AWS gives, and of tags that name the run only that they are there.
 */
export function describe(state: State): object {
  const setName = (arn: string): string => state.sets.find((set) => set.arn === arn)?.name ?? arn;
  const userName = (id: string): string => state.users.find((user) => user.id === id)?.userName ?? id;
  return {
    accounts: sorted(
      state.accounts.map(({ id, name, email, state: stands }) => ({ id, name, email, stands })),
    ),
    trusted: sorted(state.trusted.map(({ principal }) => principal)),
    delegated: sorted(state.delegated.map(({ account, service }) => ({ account, service }))),
    regions: sorted(state.optedIn.map(({ region, account }) => ({ region, account }))),
    users: sorted(state.users.map(({ id: _, created: __, by: ___, ...user }) => user)),
    groups: sorted(
      state.groups.map(({ name, members }) => ({ name, members: members.map(({ user }) => userName(user)) })),
    ),
    sets: sorted(
      state.sets.map(({ arn: _, created: __, tags, ...set }) => ({
        ...set,
        tags: sorted(
          tags.map(({ Key, Value }) => ({ Key, Value: Key.startsWith('cw-runbook:') ? 'this run' : Value })),
        ),
      })),
    ),
    assignments: sorted(
      state.assignments.map(({ set, account, type, principal }) => ({
        set: setName(set),
        account,
        type,
        principal: userName(principal),
      })),
    ),
    unfinished: state.requests.filter(({ applied }) => !applied).length,
  };
}
