import { expect, test } from 'vitest';
import { type Reader, RequestRejected, unwatched } from '../../src/model/reader.ts';
import { findUsers } from '../../steps/lookups/principals.ts';

interface Person {
  readonly UserId: string;
  readonly UserName: string;
  readonly email: string;
}
type Finding = Parameters<typeof findUsers>[0];

/** An identity store as AWS answers for it: user names and e-mail addresses are unique, each among its own kind. */
function store(people: readonly Person[]) {
  const asked: string[] = [];
  const found = (person: Person | undefined): Person => {
    if (person) return person;
    throw new RequestRejected('ResourceNotFoundException', 'USER not found.');
  };
  const aws = {
    read: async (operation: string, input: Readonly<Record<string, unknown>>) => {
      if (operation === 'identitystore:DescribeUser')
        return found(people.find(({ UserId }) => UserId === input.UserId));
      const { UniqueAttribute } = input.AlternateIdentifier as {
        readonly UniqueAttribute: Readonly<Record<'AttributePath' | 'AttributeValue', string>>;
      };
      const { AttributePath, AttributeValue } = UniqueAttribute;
      asked.push(`${AttributePath} ${AttributeValue}`);
      const member = AttributePath === 'userName' ? 'UserName' : 'email';
      return found(people.find((one) => one[member] === AttributeValue));
    },
    pages: async function* () {
      yield { Users: people.map(({ UserId, UserName }) => ({ UserId, UserName })) };
    },
    search: unwatched(),
  };
  return { aws: aws as unknown as Reader<never> as Finding, asked };
}
const ann = { UserId: 'u-1', UserName: 'ann', email: 'office@example.com' };
const bea = { UserId: 'u-2', UserName: 'office@example.com', email: 'bea@example.com' };

test.each([[[ann, bea]], [[bea, ann]]])(
  'one person’s user name is another’s e-mail address: both are found, the one with that user name first',
  async (people) => {
    const { aws, asked } = store(people);
    const users = await findUsers(aws, 'd-1', 'office@example.com');
    expect(users.map(({ UserId }) => UserId)).toEqual(['u-2', 'u-1']);
    expect(asked).toEqual(['userName office@example.com', 'emails.value office@example.com']);
  },
);

test('a user name that is no address is not looked for among the addresses once it is found', async () => {
  const { aws, asked } = store([ann, bea, { UserId: 'u-3', UserName: 'cleo', email: 'ann' }]);
  expect(await findUsers(aws, 'd-1', 'ann')).toEqual([ann]);
  expect(asked).toEqual(['userName ann']);
});

test('one whose user name and address are the same is one person', async () => {
  const own = { UserId: 'u-4', UserName: 'dee@example.com', email: 'dee@example.com' };
  expect(await findUsers(store([own]).aws, 'd-1', own.email)).toEqual([own]);
});

test('nobody is found by another spelling, and an address finds who has it', async () => {
  expect(await findUsers(store([ann, bea]).aws, 'd-1', 'eve')).toEqual([]);
  expect(await findUsers(store([ann, bea]).aws, 'd-1', 'bea@example.com')).toEqual([bea]);
});
