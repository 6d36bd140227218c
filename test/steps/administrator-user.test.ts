import { describe, expect, test } from 'vitest';
import { administratorUser } from '../../steps/administrator-user.ts';
import type { Holder } from '../../steps/permission-sets/holders.ts';
import { at, DELEGATE, DEV, delegate, goals, instance, MGMT, organization } from './plans.ts';

type State = Parameters<typeof administratorUser.plan>[0];
type One = State['found'][number];
const plan = (answers: Readonly<Record<string, string>>, one: Partial<One> = {}, external?: string) =>
  administratorUser.plan(
    { found: answers.user ? [{ value: answers.user, ...one }] : [], external },
    at(answers, { organization, instance, delegate, identity: { portal: 'https://x' } }),
  );
const user = (more: object = {}): Partial<One> => ({
  user: { UserId: 'u-1', UserName: 'ada', IdentityStoreId: 'd-1', UserStatus: 'ENABLED', ...more },
});
const person = { userName: 'eve', givenName: 'Eve', familyName: 'Example', email: 'eve@example.com' };

test('one who exists is found, and given by id', () => {
  expect(goals(plan({}))).toEqual(['user: open user']);
  const found = plan({ user: 'ada' }, user());
  expect([goals(found), found.gives]).toEqual([
    ['user:ada: met', 'power: met'],
    { principals: [{ type: 'USER', id: 'u-1', name: 'ada' }] },
  ]);
  expect(plan({ user: 'ada' }, user({ ExternalIds: [{ Id: 'x', Issuer: 'y' }] })).notes).toHaveLength(1);
});

test('one who is disabled, and one whom nobody knows, are wrong', () => {
  expect(goals(plan({ user: 'ada' }, user({ UserStatus: 'DISABLED' })))).toEqual(['user:ada: wrong']);
  expect(goals(plan({ user: 'Ada' }))).toEqual(['user:Ada: wrong']);
});

test('a new one: asked for, piece by piece, then created', () => {
  const answers: Record<string, string> = { user: 'new:' };
  expect(goals(plan(answers))).toEqual(['user: open directory']);
  answers.directory = 'here';
  for (const [question, answer] of Object.entries(person)) {
    expect(goals(plan(answers))).toEqual([`user: open ${question}`]);
    answers[question] = answer;
  }
  const planned = plan(answers);
  expect(goals(planned)).toEqual(['user: identitystore:CreateUser', 'power: met', 'password: warning']);
  expect(planned.goals[0]).toMatchObject({
    call: {
      input: {
        UserName: 'eve',
        DisplayName: 'Eve Example',
        Name: { GivenName: 'Eve', FamilyName: 'Example' },
      },
    },
  });
  expect(planned.gives).toEqual({
    principals: [
      {
        type: 'USER',
        id: { $after: 'user', path: 'UserId' },
        name: 'eve',
        display: 'Eve Example',
        email: 'eve@example.com',
      },
    ],
  });
});

test('a directory that others fill is never written to', () => {
  const elsewhere = { user: 'new:', directory: 'elsewhere' };
  expect(goals(plan(elsewhere))).toEqual(['user: by-hand', 'name: open userName']);
  expect(goals(plan({ ...elsewhere, userName: 'eve' }))).toEqual(['user: by-hand']);
  expect(goals(plan({ ...elsewhere, ...person }))).toEqual(['user: by-hand']);
  // What AWS shows counts more than what was answered.
  expect(goals(plan({ user: 'new:', directory: 'here', ...person }, {}, 'sync'))).toEqual(['user: by-hand']);
});

test('once the new one is there, they are found by name', () => {
  expect(
    goals(plan({ user: 'new:', directory: 'elsewhere', userName: 'eve' }, user({ UserName: 'eve' }))),
  ).toEqual(['user: met', 'power: met']);
});

describe('who has the set already', () => {
  const holder = { account: DEV, place: 'Dev', type: 'USER', id: 'u-1', name: 'ada' } as const;
  const asked = (holders: readonly Holder[], answers: Readonly<Record<string, string>> = {}) =>
    administratorUser.plan(
      { found: [], external: undefined, holders: { seen: holders } },
      at(answers, { organization, instance, delegate, identity: { portal: 'https://x' } }),
    );
  test('is asked first: keep them, or add somebody', () => {
    expect(goals(asked([]))).toEqual(['user: open user']);
    const first = asked([holder]);
    expect([goals(first), first.notes]).toEqual([
      ['user: open already'],
      [`ada has CodeWhisperer_administrator in Dev (${DEV}).`],
    ]);
    expect(goals(asked([holder], { already: 'add' }))).toEqual(['user: open user']);
  });
  test('whoever is kept is given with where, and nobody else', () => {
    const group = { ...holder, type: 'GROUP', id: 'g-1', name: 'Crew', account: DELEGATE } as const;
    const kept = asked([holder, { ...holder, account: DELEGATE }, group], { already: 'keep' });
    expect(goals(kept)).toEqual(['user:ada: met', 'group:Crew: met', 'power: met']);
    expect(kept.gives).toMatchObject({
      principals: [
        { type: 'USER', id: 'u-1', name: 'ada' },
        { type: 'GROUP', id: 'g-1', name: 'Crew' },
      ],
      kept: { length: 3 },
    });
  });
  test('what is assigned in the management account alone is shown, and not offered to be kept', () => {
    const there = asked([{ ...holder, account: MGMT, place: 'Root' }]);
    expect([goals(there), there.notes?.length]).toEqual([['user: open user'], 1]);
  });
  test('that it could not be looked up is said, and stops nothing', () => {
    const plan = administratorUser.plan(
      { found: [], external: undefined, holders: { refused: 'AccessDeniedException: no' } },
      at({}, { organization, instance, delegate, identity: { portal: 'https://x' } }),
    );
    expect([goals(plan), plan.notes?.join()]).toEqual([
      ['user: open user'],
      expect.stringContaining('could not be checked: AccessDenied'),
    ]);
  });
});
