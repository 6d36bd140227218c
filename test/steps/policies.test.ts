import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { policyOf, remarksOn } from '../../steps/policies/index.ts';
import { difference, samePolicy, sizeOf } from '../../steps/policy.ts';

const text = readFileSync(
  join(import.meta.dirname, '../../steps/policies/codewhisperer-as-documented.json'),
  'utf8',
);
interface Policy {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
}
const document = JSON.parse(text) as Policy;
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

test('the policy is the document’s, to the letter', () => {
  const hash = createHash('sha256')
    .update(JSON.stringify(sorted(document)))
    .digest('hex');
  expect(hash).toBe('ed5888efa3a47af07b5618692299f6c9757c4bb6dba92fc9818820ff93485580');
  expect(document.Statement).toHaveLength(11);
  expect(document.Statement.flatMap(({ Action }) => Action)).toHaveLength(42);
});

test('it is sent minified, below AWS’s limit, and with customizations it holds all of it and more', () => {
  expect(policyOf(false)).toBe(JSON.stringify(document));
  expect(policyOf(false)).not.toMatch(/\n| {2}/);
  expect(sizeOf(policyOf(false))).toEqual({ statements: 11, characters: expect.any(Number) });
  expect(sizeOf(text).characters).toBe(sizeOf(policyOf(false)).characters);
  for (const customizations of [false, true])
    expect(sizeOf(policyOf(customizations)).characters).toBeLessThan(10_240);
  const { more, less } = difference(policyOf(true), policyOf(false));
  expect([more.length > 0, less]).toEqual([true, []]);
  expect(JSON.parse(policyOf(true)).Statement.slice(0, 11)).toEqual(document.Statement);
});

test('what a reviewer asks about is named', () => {
  expect(remarksOn(policyOf(false)).join(' ')).toMatch(/iam:CreateServiceLinkedRole.*kms:/);
  expect(remarksOn('{"Version":"2012-10-17","Statement":[]}')).toEqual([]);
});

const other = (change: (policy: Policy) => unknown): string => JSON.stringify(change(document));
const map = (change: (one: Policy['Statement'][number]) => unknown): string =>
  other((policy) => ({ ...policy, Statement: policy.Statement.map(change) }));

test.each([
  ['the order of statements', other((p) => ({ ...p, Statement: [...p.Statement].reverse() }))],
  ['the order of actions', map((one) => ({ ...one, Action: [...one.Action].reverse() }))],
  ['the case of actions', map((one) => ({ ...one, Action: one.Action.map((a) => a.toUpperCase()) }))],
  ['an action named twice', map((one) => ({ ...one, Action: [...one.Action, ...one.Action] }))],
  ['a statement named twice', other((p) => ({ ...p, Statement: [...p.Statement, ...p.Statement] }))],
  ['Sids', map((one, n = 0) => ({ Sid: `S${n}`, ...one }))],
  ['the order of members', map(({ Effect, Action, Resource }) => ({ Resource, Action, Effect }))],
  [
    'one as a text instead of a list',
    map((one) => ({ ...one, Resource: one.Resource.length === 1 ? one.Resource[0] : one.Resource })),
  ],
  ['spacing', JSON.stringify(document, null, 4)],
])('%s makes no other policy', (_, same) => {
  expect(samePolicy(same, policyOf(false))).toBe(true);
  expect(samePolicy(policyOf(false), same)).toBe(true);
});

test.each([
  ['an action more', map((one) => ({ ...one, Action: [...one.Action, 's3:*'] }))],
  ['a statement less', other((p) => ({ ...p, Statement: p.Statement.slice(1) }))],
  ['Deny', map((one) => ({ ...one, Effect: 'Deny' }))],
  ['another resource', map((one) => ({ ...one, Resource: ['arn:aws:s3:::x'] }))],
  [
    'a resource in other case',
    map((one) => ({ ...one, Resource: ['arn:aws:s3:::X'] })).replaceAll('::X', '::x'),
  ],
  ['a condition', map((one) => ({ ...one, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))],
  ['NotAction', map(({ Action, ...one }) => ({ ...one, NotAction: Action }))],
  ['another version', other((p) => ({ ...p, Version: '2008-10-17' }))],
  ['no JSON', 'nonsense'],
  ['nothing', ''],
])('%s does', (_, else_) => {
  expect(samePolicy(else_, policyOf(false))).toBe(false);
  expect(samePolicy(policyOf(false), else_)).toBe(false);
});

test('resources are compared letter by letter', () => {
  const on = (Resource: string) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'a:b', Resource }] });
  expect(samePolicy(on('arn:x'), on('arn:X'))).toBe(false);
});

test('the difference names what is more and what is less, and nothing where both mean the same', () => {
  const found = map((one) => ({ ...one, Action: [...one.Action, 's3:GetObject'] }));
  expect(difference(found, policyOf(false)).less).toEqual([]);
  expect(difference(found, policyOf(false)).more[0]).toMatch(/^s3:GetObject on /);
  expect(difference(policyOf(false), found).more).toEqual([]);
  expect(difference(policyOf(false), policyOf(false))).toEqual({ more: [], less: [] });
  const deny = JSON.stringify({
    Statement: { Effect: 'Deny', NotAction: 'a:b', Resource: '*', Condition: { x: 1 } },
  });
  expect(difference(deny, '{"Statement":[]}').more).toEqual(['deny everything but a:b on * if {"x":1}']);
});

test.each([
  ['case', (a: string) => a.toUpperCase()],
  ['two', (a: string) => a],
])('the difference laws: the same in other words (%s) has none', (_, change) => {
  const found = map((one) => ({ ...one, Action: one.Action.map(change).reverse() }));
  expect(samePolicy(found, policyOf(false))).toBe(true);
  expect(difference(found, policyOf(false))).toEqual({ more: [], less: [] });
});
