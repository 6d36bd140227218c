import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sizeOf } from '../../src/model/policy/policy.ts';
import { samePolicy } from '../../src/model/policy/policy-difference.ts';
import { inlinePolicyFrom } from '../../src/simulator/services/inline-policy.ts';
import {
  documentedPolicy,
  isWider,
  knownPolicy,
  offeredPolicies,
  remarksOn,
  shortDifference,
} from '../../steps/policies/index.ts';

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

const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
const parsed = (id: string): Policy => JSON.parse(offeredPolicies.find((one) => one.id === id)?.text ?? '');

/** Of each text as its source printed it, the members sorted: made from the sources, not from the files here. */
test.each([
  ['documented', 'ed5888efa3a47af07b5618692299f6c9757c4bb6dba92fc9818820ff93485580', 11, 42],
  ['legacy-profile-2026', 'a112893926d6e17062b34cdf23ae94566a416817d0a14e731f84951552b66dc4', 11, 43],
  ['amazon-q-developer-2026', '203f497e47594db3afcc8e8395a54e4f9f156a55e3ef7eb4d773e577dc151a67', 13, 58],
])('%s is its source’s, to the letter', (id, hash, statements, actions) => {
  expect(hashOf(parsed(id))).toBe(hash);
  expect(parsed(id).Statement).toHaveLength(statements);
  expect(new Set(parsed(id).Statement.flatMap(({ Action }) => Action)).size).toBe(actions);
});

test('with customizations, each holds all of it and what the guide adds, to the letter', () => {
  for (const id of ['documented', 'legacy-profile-2026', 'amazon-q-developer-2026']) {
    const { Statement, ...head } = parsed(`${id}+customizations`);
    const own = parsed(id).Statement;
    expect({ ...head, Statement: Statement.slice(0, own.length) }).toEqual(parsed(id));
    expect(hashOf({ ...head, Statement: Statement.slice(own.length) })).toBe(
      '6279ac4d87267922c9f8ff6f1b0c49627e701ad0c904c8aa2ab8edf831fa74e4',
    );
  }
});

test.each(offeredPolicies)(
  '$id is sent minified, below AWS’s quotas, is valid, and says where it is from',
  (one) => {
    expect(one.text).toBe(JSON.stringify(JSON.parse(one.text)));
    expect(sizeOf(one.text)).toEqual({
      statements: parsed(one.id).Statement.length,
      characters: expect.any(Number),
    });
    // Quotas of IAM Identity Center: non-white-space bytes, and bytes.
    expect(sizeOf(one.text).characters).toBeLessThan(10_240);
    expect(Buffer.byteLength(one.text)).toBeLessThan(32_768);
    expect(inlinePolicyFrom(one.text)).toBe(one.text);
    expect(one.label.length).toBeLessThanOrEqual(46);
    expect(one.source).toMatch(/20\d\d.*https:\/\//);
    expect(knownPolicy(JSON.stringify(JSON.parse(one.text), null, 2))).toBe(one);
  },
);

test('the size is counted without white space', () => {
  expect(sizeOf(text).characters).toBe(sizeOf(documentedPolicy.text).characters);
});

test('all but the document’s own allow more than it prints, and each says what', () => {
  expect(offeredPolicies.filter((one) => !isWider(one))).toEqual([documentedPolicy]);
  expect(offeredPolicies.map((one) => shortDifference(one))).toEqual([
    'means the same',
    'adds 18 actions',
    'adds 1 action, narrows 1',
    'adds 19 actions, narrows 1',
    'adds 31 actions, narrows 1, drops 15',
    'adds 48 actions, narrows 1, drops 15',
    'adds 34 actions, narrows 1, drops 15',
  ]);
});

test('Kiro’s policy is Amazon Q Developer’s with three actions more, as the page of its date prints it', () => {
  const actions = (id: string) => parsed(id).Statement.flatMap(({ Action }) => Action);
  const before = actions('amazon-q-developer-2026');
  expect(actions('kiro-2025-12').filter((action) => !before.includes(action))).toEqual([
    'sso-directory:DescribeUser',
    'user-subscriptions:SetOverageConfig',
    'q:UpdateAssignment',
  ]);
  expect(before.filter((action) => !actions('kiro-2025-12').includes(action))).toEqual([]);
});

test('what a reviewer asks about is named', () => {
  const remarks = (id: string): string =>
    remarksOn(offeredPolicies.find((one) => one.id === id)?.text ?? '').join('\n');
  expect(remarks('documented')).toMatch(/iam:CreateServiceLinkedRole[\s\S]*kms:/);
  expect(remarks('documented+customizations')).toMatch(/s3:GetObject\*/);
  expect(remarks('legacy-profile-2026')).not.toMatch(/iam:CreateServiceLinkedRole/);
  expect(remarks('amazon-q-developer-2026')).toMatch(
    /organizations:DisableAWSServiceAccess[\s\S]*sso:CreateInstance/,
  );
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
  expect(samePolicy(same, documentedPolicy.text)).toBe(true);
  expect(samePolicy(documentedPolicy.text, same)).toBe(true);
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
  expect(samePolicy(else_, documentedPolicy.text)).toBe(false);
  expect(samePolicy(documentedPolicy.text, else_)).toBe(false);
});

test('resources are compared letter by letter', () => {
  const on = (Resource: string) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'a:b', Resource }] });
  expect(samePolicy(on('arn:x'), on('arn:X'))).toBe(false);
});
