import { expect, test } from 'vitest';
import type { Reader } from '../../src/model/reader.ts';
import type { Count } from '../../src/model/text/progress-words.ts';
import { administratorUser } from '../../steps/administrator-user.ts';
import { delegatedAccount } from '../../steps/delegated-account.ts';
import { someoneFromOutside } from '../../steps/lookups/identity-source.ts';
import { at, DELEGATE, delegate, goals, instance, MGMT, organization } from './plans.ts';

/** A directory of 500 users; `from` outside comes the one of that number. Counts the pages that are asked for. */
function directory(from?: number) {
  const users = Array.from({ length: 500 }, (_, n) => ({
    UserName: `user.${n}`,
    ...(n === from ? { ExternalIds: [{ Issuer: 'i', Id: 'x' }] } : {}),
  }));
  const seen = { pages: 0, said: [] as string[] };
  const aws = {
    search: {
      known: new Map<string, string>(),
      count: ({ done, what }: Count) => seen.said.push(`${done} ${what}`),
      paced: <T>(ask: () => Promise<T>) => ask(),
    },
    pages: async function* () {
      for (let n = 0; n < users.length; n += 100) {
        seen.pages += 1;
        yield { Users: users.slice(n, n + 100) };
      }
    },
  } as unknown as Reader<'identitystore:ListUsers'>;
  return { aws, seen };
}

test('whether a directory is filled from outside: the first who is ends the search, how far it is is said, and it is asked once', async () => {
  const filled = directory(250);
  expect(await someoneFromOutside(filled.aws, 'd-1')).toBe('user.250');
  expect(filled.seen).toEqual({
    pages: 3,
    said: [...['100 users checked for an external id', '200 users checked for an external id']],
  });
  expect(await someoneFromOutside(filled.aws, 'd-1')).toBe('user.250');
  expect(filled.seen.pages).toBe(3);

  const own = directory();
  expect([await someoneFromOutside(own.aws, 'd-1'), await someoneFromOutside(own.aws, 'd-1')]).toEqual([
    undefined,
    undefined,
  ]);
  expect(own.seen.pages).toBe(5);
});

test('a group from outside: its members are kept there; one of this directory: whoever may edit groups decides', () => {
  const notes = (external: boolean) =>
    administratorUser.plan(
      {
        found: [
          {
            value: 'group:Admins',
            group: { id: 'g-1', name: 'Admins', description: '', external, members: 1, some: ['ada'] },
          },
        ],
        external: undefined,
      },
      at({ user: 'group:Admins' }, { organization, instance, delegate, identity: { portal: 'https://x' } }),
    ).notes;
  expect(notes(true)).toEqual([
    expect.stringContaining('Its members are kept in your identity provider or Active Directory.'),
  ]);
  expect(notes(false)).toEqual([
    expect.stringContaining('Anyone who can edit groups in IAM Identity Center'),
  ]);
});

test('what the identity source means for the account to choose is said before one is registered, not after', () => {
  const accounts = [MGMT, DELEGATE].map((id) => ({ id, name: id, state: 'ACTIVE' }));
  const plan = (answers: object, delegates: readonly string[]) =>
    delegatedAccount.plan(
      { accounts: { seen: accounts }, delegates: { seen: delegates } },
      { ...at(answers, { organization, instance }), eyes: 'management' },
    );
  const says = [
    expect.stringContaining('turn on configurable AD sync before you register'),
    expect.stringMatching(
      /change the identity source.*SCIM tokens.*Only the account that holds the directory/,
    ),
  ];
  expect(plan({}, []).notes).toEqual([
    expect.stringContaining('security or shared-services account'),
    ...says,
  ]);
  expect(plan({ account: DELEGATE }, []).notes).toEqual(says);
  const registered = plan({}, [DELEGATE]);
  expect([goals(registered), registered.notes]).toEqual([['account: met'], []]);
});

test.each([
  ['seen', 'amara', {}],
  ['said by the operator', undefined, { directory: 'elsewhere' }],
])(
  'who comes from outside, as %s, is made there by name; before the name is known it is said what it is for',
  (_, external, answers) => {
    const plan = (userName?: string) =>
      administratorUser.plan(
        { found: [{ value: 'new:', user: undefined }], external },
        at(
          { user: 'new:', ...answers, ...(userName === undefined ? {} : { userName }) },
          { organization, instance, delegate, identity: { portal: 'https://x' } },
        ),
      );
    expect(plan().notes).toEqual([expect.stringContaining('looks for the user name you enter')]);
    expect(plan('ada').goals).toMatchObject([
      { is: 'by-hand', says: expect.stringMatching(/^Create the user ada in your identity provider/) },
    ]);
    expect(plan('ada').notes).toEqual([]);
  },
);
