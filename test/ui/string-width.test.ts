import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect } from 'vitest';
// The package itself, and not what stands in its place.
import packages from '../../node_modules/string-width/index.js';
import ours from '../../src/ui/terminal/string-width.ts';
import { graphemes } from '../../src/ui/text/graphemes.ts';
import { both, sampled, test } from '../more.ts';

const pieces = [
  ...[
    'a',
    ' ',
    'é',
    'e\u0301',
    '古',
    'ｱ',
    'ｶﾞ',
    'が',
    '\u200d',
    '\ufe0f',
    '\u20e3',
    '1',
    '#',
    '👩',
    '👩‍🚀',
    '🇩🇪',
    '🇩',
    '✓',
    '❯',
  ],
  ...[
    '한',
    '\u1100',
    '\u1161',
    '\u11a8',
    '\u1160',
    '\ua960',
    '\ud7b0',
    'क',
    'ि',
    'नि',
    'ก',
    'ำ',
    '\u0600',
    '\ud800',
    '\u00ad',
  ],
  ...[
    '\u001b[31m',
    '\u001b[0m',
    '\t',
    '\u0007',
    '❤',
    '❤️',
    '☎',
    '👍🏽',
    '‼',
    '©',
    '…',
    '·',
    '─',
    '\u{e0067}',
    '👨‍👩‍👧',
    '⁉️',
    '㊙',
    '\u3099',
  ],
];
both.each(sampled([1, 2, 3, 4], 4))('every text is as wide as the package says (seed %i)', (seed) => {
  const random = xoroshiro128plus(seed);
  const below = (n: number): number => (random.next() >>> 0) % n;
  const other: string[] = [];
  for (let n = 0; n < 4_000; n++) {
    const text = Array.from({ length: 1 + below(6) }, () =>
      below(8) === 0 ? String.fromCodePoint(0x20 + below(0x20_000)) : (pieces[below(pieces.length)] ?? ''),
    ).join('');
    if (ours(text) !== packages(text))
      other.push(`${JSON.stringify(text)}: ${ours(text)}, not ${packages(text)}`);
  }
  expect(other).toEqual([]);
});
test.each([0, 1, 2, 3])(
  'a long text is as wide as its letters, wherever it is cut to be gone through (%i)',
  (before) => {
    for (const letter of ['👍🏽', '👨‍👩‍👧', '🇩🇪', 'e\u0301', '古'])
      for (const count of [31, 32, 33, 64, 300]) {
        const text = `${' '.repeat(before)}${letter.repeat(count)}`;
        expect([...graphemes(text)]).toEqual([...Array(before).fill(' '), ...Array(count).fill(letter)]);
        expect(ours(text)).toBe(packages(text));
      }
  },
);
test('a text that was measured is as wide the next time, and what is no text is nothing', () => {
  expect([ours('古い'), ours('古い'), ours(''), ours(undefined as unknown as string)]).toEqual([4, 4, 0, 0]);
});
