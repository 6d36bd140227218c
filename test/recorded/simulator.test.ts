import { expect, test } from 'vitest';
import { askSimulator } from './ask.ts';
import { differences, unknownIn } from './compare.ts';
import { type Exchange, exchangesIn, recorded, titleOf } from './exchange.ts';
import { situations } from './situations.ts';
import { asUsual, canBeAsked } from './usual.ts';

// The simulator, held against what AWS was recorded to answer: the same members, types, errors and words.

const present = recorded.filter(({ past }) => past === undefined);
const isKnown = ({ situation = '' }: Exchange): boolean => Object.hasOwn(situations, situation);
const rows = present.filter(isKnown);

test.each(rows.map((row) => [titleOf(row), row] as const))('%s', async (_, row) => {
  const asking = await situations[row.situation ?? '']?.(row);
  if (asking === undefined) throw new Error('There is no such situation');
  expect(differences(row, await askSimulator(row, asking))).toEqual([]);
});

// Lines of a file that the program recorded: as they are, of a situation that is not known here.
const compared = async (given: Exchange): Promise<readonly string[]> => {
  const { asking, row } = await asUsual(given);
  return unknownIn(row, await askSimulator(row, asking));
};
const others = present.filter((row) => !isKnown(row) && canBeAsked(row));
test.each([...others, ...exchangesIn(sample(), 'sample')].map((row) => [titleOf(row), row] as const))(
  '%s, in another situation',
  async (_, row) => {
    expect(await compared(row)).toEqual([]);
  },
);

test('what AWS has and nobody knows is told, in whichever situation', async () => {
  const [list, id] = exchangesIn(sample('"Mood":"(text)"', '"OwnerAccountId":111122223333'), 'sample');
  if (!list || !id) throw new Error('The sample has two lines');
  expect(await compared(list)).toEqual([
    'Instances[].OwnerAccountId: number, simulator: string',
    'Instances[].Mood: neither AWS’s model nor the simulator has it',
  ]);
  const role = { RoleName: 'Example1', Arn: 'arn:aws:iam::111122223333:role/Example1', Path: '/', Mood: '' };
  expect(
    await compared({
      exchange: 1,
      operation: 'iam:GetRole',
      request: { RoleName: '' },
      answer: { Role: role },
    }),
  ).toEqual(['Role.Mood: neither AWS’s model nor the simulator has it']);
  const error = { name: 'MoodException', status: 400, members: {} };
  expect(await compared({ ...id, error })).toEqual(['error MoodException: AWS’s model does not have it']);
});

/** Two lines as docs/first-contact.md shows them. */
function sample(more = '"State":{"Name":"(text)"}', owner = '"OwnerAccountId":"111122223333"'): string {
  return `{"exchange":1,"operation":"sso:ListInstances","situation":"management account, delegated, instance","request":{},"answer":{"Instances":[{"InstanceArn":"arn:aws:sso:::instance/ssoins-1234567890ab0001",${owner},"Status":"ACTIVE","CreatedDate":1700000000,${more}}]},"source":"cw-runbook/0.1.0 doctor, 2026-12-01, AWS","differs":[{"from":"model","at":"Instances[].State","is":"new","expected":"no such member","found":"object"}]}
{"exchange":1,"operation":"identitystore:GetUserId","request":{"IdentityStoreId":"d-1234560001","AlternateIdentifier":{"UniqueAttribute":{"AttributePath":"userName","AttributeValue":"(text)"}}},"error":{"name":"ResourceNotFoundException","status":400,"message":"USER not found.","members":{"ResourceType":"USER"}},"source":"cw-runbook/0.1.0 doctor, 2026-12-01, AWS"}
`;
}
