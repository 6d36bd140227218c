import { describe, expect, test } from 'vitest';
import { grantsMore, policyDifferences, samePolicy } from '../../../src/model/policy/policy-difference.ts';
import { describeDifference, differenceInShort } from '../../../src/model/policy/policy-words.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  readonly Sid?: string;
}
const policy = (...Statement: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  more: Partial<Statement> = {},
): Statement => ({ Effect: 'Allow', Action, Resource, ...more });
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const none = policy();

describe('in words', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['nothing', policy(allow('a:X')), policy(allow('A:x')), []],
    ['an action', policy(allow('a:X')), policy(allow(['a:X', 'b:Y'])), ['Allows b:Y on every resource']],
    ['some of one service', none, policy(allow(['a:Z', 'a:X'])), ['Allows a: X, Z on every resource']],
    [
      'some of several',
      '',
      policy(allow(['b:Y', 'a:X'])),
      ['Allows b:Y on every resource', 'Allows a:X on every resource'],
    ],
    ['all gone', policy(allow('a:X')), '', ['No longer allows a:X on every resource']],
    [
      'a resource narrowed',
      policy(allow('a:X')),
      policy(allow('a:X', 'arn:r')),
      ['Narrows a:X on arn:r; before on every resource'],
    ],
    [
      'a resource widened',
      policy(allow('a:X', 'arn:r')),
      policy(allow('a:X', 'arn:*')),
      ['Widens a:X on arn:*; before on arn:r'],
    ],
    [
      'one resource instead of another',
      policy(allow('a:X', 'arn:r')),
      policy(allow('a:X', 'arn:s')),
      ['Changes a:X on arn:s; before on arn:r'],
    ],
    [
      'a condition',
      policy(allow('a:X')),
      policy(allow('a:X', '*', mfa)),
      [
        'Narrows a:X on every resource, if aws:MultiFactorAuthPresent is true (Bool); before on every resource',
      ],
    ],
    [
      'a condition less',
      policy(allow('a:X', '*', mfa)),
      policy(allow('a:X')),
      [
        'Widens a:X on every resource; before on every resource, if aws:MultiFactorAuthPresent is true (Bool)',
      ],
    ],
    [
      'a star instead of names',
      policy(allow(['a:X', 'a:Y'])),
      policy(allow('a:*')),
      ['Allows a:* (of it there was a:X, a:Y) on every resource'],
    ],
    [
      'names instead of a star',
      policy(allow('a:*')),
      policy(allow(['a:X', 'a:Y'])),
      ['No longer allows a:* (of it stays a:X, a:Y) on every resource'],
    ],
    [
      'a denial',
      policy(allow('*')),
      policy(allow('*'), { Effect: 'Deny', Action: 'a:X', Resource: '*' }),
      ['Denies a:X on every resource'],
    ],
    [
      'a denial less',
      policy({ Effect: 'Deny', NotAction: ['b:Y', 'a:X'], NotResource: 'arn:r' }),
      none,
      ['No longer denies every action but a:X, b:Y on everything but arn:r'],
    ],
    ['everything', none, policy(allow('*')), ['Allows every action on every resource']],
  ])('%s', (_, before, after, says) => {
    expect(describeDifference(before, after)).toEqual(says);
  });

  test('what cannot be read is said, and never taken for harmless', () => {
    for (const broken of ['nonsense', '[]', '{"Statement":[null]}']) {
      expect(describeDifference(none, broken)).toEqual([expect.stringContaining('cannot be compared')]);
      expect(differenceInShort(none, broken)).toBe('cannot be compared');
      expect(grantsMore(policy(allow('*')), broken)).toBe(true);
      expect(samePolicy(none, broken)).toBe(false);
    }
  });

  test('in short', () => {
    const [before, after] = [policy(allow(['a:X', 'a:Y'])), policy(allow(['a:Z', 'b:Z', 'a:Y'], '*'))];
    expect(differenceInShort(before, after)).toBe('adds 2 actions, drops 1');
    expect(differenceInShort(before, before)).toBe('means the same');
    const denies = policy(allow(['a:X', 'a:Y']), { Effect: 'Deny', Action: 'c:*', Resource: '*' });
    expect(differenceInShort(before, denies)).toBe('changes 1 denial');
  });
});

/** A small generator of policies, the same each time: actions, resources and conditions that overlap often. */
function generator(seed: number): { readonly below: (n: number) => number } {
  let state = seed;
  return {
    below: (n) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    },
  };
}
const actions = ['a:X', 'a:Y', 'A:x', 'a:*', 'a:?', 'b:Y', 'b:*', '*', '*:Y'];
// Two of them differ in case alone: IAM compares resources letter by letter.
const resources = ['*', 'arn:r', 'arn:s', 'arn:*', 'arn:?', 'arn:rR', 'arn:r*', 'arn:R*', 'arn:Rr'];
const conditions = [
  undefined,
  undefined,
  { Bool: { mfa: 'true' } },
  { Bool: { mfa: ['true'] }, StringEquals: { tag: ['p', 'q'] } },
];
function anyPolicy(seed: number): { readonly text: string; readonly statements: readonly Statement[] } {
  const { below } = generator(seed);
  const some = (all: readonly string[]): readonly string[] =>
    [...Array(1 + below(2))].map(() => all[below(all.length)] ?? '');
  const statements = [...Array(1 + below(3))].map((): Statement => {
    const Condition = conditions[below(conditions.length)];
    return {
      Effect: below(4) === 0 ? 'Deny' : 'Allow',
      ...(below(5) === 0 ? { NotAction: some(actions) } : { Action: some(actions) }),
      ...(below(5) === 0 ? { NotResource: some(resources) } : { Resource: some(resources) }),
      ...(Condition ? { Condition } : {}),
    };
  });
  return { text: policy(...statements), statements };
}

/** What IAM would say, written another way than what is tested: each statement is asked about one request. */
interface Request {
  readonly action: string;
  readonly resource: string;
  readonly mfa: boolean;
  readonly tag: string;
}
const matches = (pattern: string, text: string): boolean =>
  pattern === ''
    ? text === ''
    : pattern[0] === '*'
      ? matches(pattern.slice(1), text) || (text !== '' && matches(pattern, text.slice(1)))
      : text !== '' &&
        (pattern[0] === '?' || pattern[0] === text[0]) &&
        matches(pattern.slice(1), text.slice(1));
const listed = (value: string | readonly string[] = []): readonly string[] => [value].flat();
function applies({ Action, NotAction, Resource, NotResource, Condition }: Statement, at: Request): boolean {
  const action = (pattern: string) => matches(pattern.toLowerCase(), at.action.toLowerCase());
  const resource = (pattern: string) => matches(pattern, at.resource);
  return (
    (NotAction === undefined ? listed(Action).some(action) : !listed(NotAction).some(action)) &&
    (NotResource === undefined ? listed(Resource).some(resource) : !listed(NotResource).some(resource)) &&
    (Condition?.Bool === undefined || at.mfa) &&
    (Condition?.StringEquals === undefined || listed(Condition.StringEquals.tag).includes(at.tag))
  );
}
const allowed = (statements: readonly Statement[], at: Request): boolean =>
  statements.some((one) => one.Effect === 'Allow' && applies(one, at)) &&
  !statements.some((one) => one.Effect === 'Deny' && applies(one, at));
const requests: readonly Request[] = ['a:X', 'a:Y', 'a:ZZ', 'b:Y', 'c:Y', 'c:Z'].flatMap((action) =>
  ['arn:r', 'arn:s', 'arn:Rr', 'arn:rR', 'arn:long', 'other'].flatMap((resource) =>
    [true, false].flatMap((mfa) => ['p', 'x'].map((tag) => ({ action, resource, mfa, tag }))),
  ),
);

describe('laws, for 3,000 pairs of policies', () => {
  const pairs = [...Array(3_000).keys()].map((n) => [anyPolicy(2 * n + 1), anyPolicy(2 * n + 2)] as const);

  test('where it grants no more, nothing is allowed that was not', () => {
    let harmless = 0;
    for (const [a, b] of pairs) {
      if (grantsMore(a.text, b.text)) continue;
      harmless += 1;
      const found = requests.filter((at) => allowed(b.statements, at) && !allowed(a.statements, at));
      expect(found, `${a.text} → ${b.text}`).toEqual([]);
    }
    // The law speaks of something.
    expect(harmless).toBeGreaterThan(100);
  });

  test('a pattern of a resource covers what is written in its own case, and no other', () => {
    for (const [wide, narrow] of [
      ['arn:Dev*', 'arn:dev1'],
      ['arn:dev?', 'arn:Dev1'],
      ['arn:Dev*', 'arn:dev*'],
    ] as const) {
      expect(grantsMore(policy(allow('a:X', wide)), policy(allow('a:X', narrow))), narrow).toBe(true);
      const own = narrow.replace(/dev/i, wide.includes('Dev') ? 'Dev' : 'dev');
      expect(grantsMore(policy(allow('a:X', wide)), policy(allow('a:X', own))), own).toBe(false);
    }
  });

  test('the same policies allow the same', () => {
    let same = 0;
    for (const [a, b] of pairs) {
      if (!samePolicy(a.text, b.text)) continue;
      same += 1;
      for (const at of requests) expect(allowed(a.statements, at)).toBe(allowed(b.statements, at));
    }
    expect(same).toBeGreaterThan(0);
  });

  test('the other way round it says the opposite', () => {
    const opposite = {
      added: 'dropped',
      dropped: 'added',
      narrowed: 'widened',
      widened: 'narrowed',
      moved: 'moved',
    };
    const key = (is: string, effect: string, action: unknown) =>
      `${is} ${effect} ${JSON.stringify(action).toLowerCase()}`;
    for (const [a, b] of pairs) {
      const there = (policyDifferences(a.text, b.text) ?? []).map(({ is, effect, action }) =>
        key(opposite[is], effect, action),
      );
      const back = (policyDifferences(b.text, a.text) ?? []).map(({ is, effect, action }) =>
        key(is, effect, action),
      );
      expect(back.sort()).toEqual(there.sort());
    }
  });

  test('the order of statements, their division, Sids and case make no difference', () => {
    for (const [{ text, statements }] of pairs) {
      const divided = [...statements]
        .reverse()
        .flatMap((one, n) =>
          one.Action === undefined
            ? [one]
            : listed(one.Action).map((Action) => ({ ...one, Sid: `S${n}`, Action: Action.toUpperCase() })),
        );
      expect(policyDifferences(text, policy(...divided))).toEqual([]);
      expect(samePolicy(text, policy(...divided))).toBe(true);
    }
  });
});
