import { expect, test } from 'vitest';
import { hasDesktop } from '../../src/commands/process/open-page.ts';
import { copying, mostCopied } from '../../src/ui/terminal/clipboard.ts';
import { colorsOf } from '../../src/ui/terminal/terminal.ts';
import { charsetOf, legible } from '../../src/ui/text/charset.ts';
import { plainText, span, type Tone } from '../../src/ui/text/line.ts';
import { styled } from '../../src/ui/text/looks.ts';
import { goalMarks, standingMarks } from '../../src/ui/text/marks.ts';
import { asks, run as usual } from './asks.ts';
import { draw, ready } from './drive.ts';
import { across } from './page.ts';

test('ASCII where it is wished for, where the locale is not UTF-8, and on the console of Linux', () => {
  expect(charsetOf({})).toBe('unicode');
  expect(charsetOf({ LANG: 'de_DE.UTF-8' })).toBe('unicode');
  expect(charsetOf({ LANG: 'C.utf8' })).toBe('unicode');
  expect(charsetOf({ LANG: 'de_DE.UTF-8', LC_ALL: 'C' })).toBe('ascii');
  expect(charsetOf({ LANG: 'de_DE.ISO-8859-1' })).toBe('ascii');
  expect(charsetOf({ LANG: 'en_US.UTF-8', TERM: 'linux' })).toBe('ascii');
  expect(charsetOf({ LANG: 'en_US.UTF-8', CW_RUNBOOK_ASCII: '1' })).toBe('ascii');
  expect(charsetOf({ LANG: 'POSIX', CW_RUNBOOK_ASCII: '0' })).toBe('unicode');
});

test('what ASCII does not have is named, and stays told apart', () => {
  const ascii = (text: string): string => legible(text, 'ascii');
  expect(ascii('Zoë “x” – y…')).toBe('Zo<U+00EB> "x" - y...');
  // Done, to do, open, by hand, blocked, and what is added, taken away or replaced: no two look alike.
  const signs = [...'✓•○»✗?!+-~'].map(ascii);
  expect(new Set(signs).size).toBe(signs.length);
  expect(signs.map(({ length }) => length)).toEqual(signs.map(() => 1));
  expect(ascii('李')).not.toBe(ascii('娟'));
  expect(ascii('\u202e')).toBe('<U+202E>');
});

test('without colours bold, underlined and reversed stay', () => {
  const page = across(80);
  const line = [span(page, 'a', 'bad'), span(page, 'b', 'marked'), span(page, 'c', 'good')];
  expect(styled(line, colorsOf({}))).toBe('\u001b[1;31ma\u001b[0m\u001b[7mb\u001b[0m\u001b[32mc\u001b[0m');
  expect(styled(line, colorsOf({ NO_COLOR: '1' }))).toBe('\u001b[1ma\u001b[0m\u001b[7mb\u001b[0mc');
});

test('of the sixteen colours only those that can be read on light and on dark are written, and no background', () => {
  const tones = Object.keys({
    ...{ plain: 0, strong: 0, dim: 0, good: 0, bad: 0, warn: 0, accent: 0, link: 0, marked: 0, banner: 0 },
  } satisfies Record<Tone, 0>) as Tone[];
  const codes = tones.flatMap((tone) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is written
    [...styled([span(across(80), 'x', tone)], 'sixteen').matchAll(/\u001b\[([\d;]*)m/g)].flatMap(
      ([, code = '']) => code.split(';'),
    ),
  );
  // Red, green, yellow (dark in this set), cyan; bold, dim, underlined, reversed. Neither black nor white, none bright.
  expect(codes.filter((code) => !['0', '1', '2', '4', '7', '31', '32', '33', '36'].includes(code))).toEqual(
    [],
  );
});

test('without colours and without looks every screen says the same', () => {
  for (const [name, { ask, run = usual, rows }] of Object.entries(asks)) {
    const { lines } = draw(ask, run, ready(ask, rows), { columns: 80, rows: 24 });
    for (const line of lines) {
      // The marked line has a sign too.
      if (line.some(({ tone, text }) => tone === 'marked' && text.trim() !== ''))
        expect(plainText(line), name).toContain('❯');
      // A colour is never all that tells a state: there is a sign or a word beside it.
      for (const { tone, text } of line)
        if (['good', 'bad', 'warn'].includes(tone)) expect(text.trim(), name).not.toBe('');
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is written
    expect(lines.map((line) => styled(line, 'none')).join('\n')).not.toMatch(/\u001b\[(?:[\d;]*;)?[349]\dm/);
  }
});

test('every state has a sign of its own, in ASCII too, and a word', () => {
  for (const set of ['unicode', 'ascii'] as const) {
    for (const marks of [goalMarks, standingMarks]) {
      const signs = Object.values(marks).map(({ glyph }) => legible(glyph, set));
      expect(new Set(signs).size, signs.join(' ')).toBe(signs.length);
    }
  }
});

test('the clipboard gets what it takes: not more, and past tmux', () => {
  const inside = (text: string): string => Buffer.from(text).toString('base64');
  expect(copying('aws x', {})).toBe(`\u001b]52;c;${inside('aws x')}\u0007`);
  expect(copying('aws x', { tmux: true })).toContain(
    `\u001bPtmux;\u001b\u001b]52;c;${inside('aws x')}\u0007\u001b\\`,
  );
  expect(copying('x'.repeat(mostCopied), {})).toBeDefined();
  expect(copying('ü'.repeat(mostCopied / 2 + 1), {})).toBeUndefined();
});

test('over SSH, in CloudShell and without a desktop no browser is started', () => {
  expect(hasDesktop({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDesktop({}, 'darwin')).toBe(true);
  expect(hasDesktop({ CW_RUNBOOK_OPEN: '0' }, 'darwin')).toBe(false);
  expect(hasDesktop({}, 'linux')).toBe(false);
  expect(hasDesktop({ SSH_TTY: '/dev/pts/1' }, 'darwin')).toBe(false);
  expect(hasDesktop({ SSH_CONNECTION: 'a', DISPLAY: ':10' }, 'linux')).toBe(false);
  expect(hasDesktop({ AWS_EXECUTION_ENV: 'CloudShell', DISPLAY: ':0' }, 'linux')).toBe(false);
});
