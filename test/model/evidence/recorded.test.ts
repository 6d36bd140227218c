import { expect, test } from 'vitest';
import { beyond, keptOf } from '../../../src/model/evidence/recorded.ts';
import { writes } from '../../../src/model/operations.ts';

const kept = { Name: true, Tags: { Key: true }, PermissionSet: { PermissionSetArn: true } } as const;

test('what is not named is left out, however deep, and whatever it is', () => {
  const answer = {
    Name: 'a',
    Secret: 'canary',
    Tags: [{ Key: 'k', Value: 'canary' }, { Value: 'canary' }],
    PermissionSet: { PermissionSetArn: 'arn', Token: { deep: 'canary' } },
    Created: new Date(0),
  };
  expect(keptOf(answer, kept)).toEqual({
    Name: 'a',
    Tags: [{ Key: 'k' }, {}],
    PermissionSet: { PermissionSetArn: 'arn' },
  });
});

test('an object in the place of a text is left out', () => {
  expect(keptOf({ Name: { canary: 'x' } }, kept)).toEqual({});
});

test('a time is kept as it is', () => {
  expect(keptOf({ Name: new Date(0) }, kept)).toEqual({ Name: new Date(0) });
});

test.each<[string, unknown, string | undefined]>([
  ['all of it is named', { Name: 'a', Tags: [{ Key: 'k' }] }, undefined],
  ['one that is known later', { Name: { $after: 'set', path: 'x' } }, undefined],
  ['one at the top', { Name: 'a', Password: 'x' }, 'Password'],
  ['one in a list', { Tags: [{ Key: 'k' }, { Value: 'v' }] }, 'Tags.Value'],
  ['a name of the language', { constructor: 'x' }, 'constructor'],
  ['an object where a text is', { Name: { inside: 'x' } }, 'Name'],
])('the first member that may not be written down is named: %s', (_, value, path) => {
  expect(beyond(value, kept)).toBe(path);
});

test.each(Object.entries(writes))('%s names what may be kept of both', (_, { records, key }) => {
  for (const member of key) expect(Object.keys(records.input)).toContain(member);
  expect(records.output).toBeDefined();
});
