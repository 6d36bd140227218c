import { expect, test } from 'vitest';
import { samePolicy } from '../../../src/model/policy/policy-difference.ts';
import { fits, meet } from '../../../src/model/policy/wildcards.ts';

/** Every pattern of up to so many of these letters. */
function patterns(letters: string, most: number): readonly string[] {
  let last = [''];
  const all = [...last];
  for (let n = 0; n < most; n++) {
    last = last.flatMap((one) => [...letters].map((letter) => `${one}${letter}`));
    all.push(...last);
  }
  return all;
}
const texts = patterns('ab', 4);
const textsOf = new Map(
  patterns('ab*?', 3).map((pattern) => {
    const form = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
    return [pattern, new Set(texts.filter((text) => form.test(text)))] as const;
  }),
);

test('two patterns meet where a text is one of both, and only there', () => {
  for (const [a, inA] of textsOf)
    for (const [b, inB] of textsOf) {
      // A text that both have is no longer than their letters together, and has none that neither of them names.
      const longer =
        a.includes('*') && b.includes('*') && [...`${a}${b}`].filter((one) => one !== '*').length > 4;
      const shared = [...inA].some((text) => inB.has(text));
      if (shared || !longer) expect([a, b, meet(a, b)]).toEqual([a, b, shared]);
    }
});

test('a pattern that another fits has all of its texts', () => {
  for (const [a, inA] of textsOf)
    for (const [b, inB] of textsOf) {
      if (fits(a, b)) for (const text of inB) expect([a, b, inA.has(text)]).toEqual([a, b, true]);
      if (!/[*?]/.test(b) && b.length < 4) expect([a, b, fits(a, b)]).toEqual([a, b, inA.has(b)]);
    }
});

test('no pattern of a policy can run away, whatever AWS holds', () => {
  const runaway = (end: string, member: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', [member]: [`${'*a'.repeat(12)}${end}`], Resource: `${'*a'.repeat(12)}${end}` },
      ],
    });
  const long = (member: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', [member]: 'a'.repeat(40), Resource: 'a'.repeat(40) }],
    });
  for (const member of ['Action', 'NotAction'])
    for (const other of ['Action', 'NotAction']) {
      expect(samePolicy(runaway('b', member), long(other))).toBe(false);
      expect(samePolicy(runaway('b', member), runaway('c', other))).toBe(false);
    }
});
