import { expect, test } from 'vitest';
import { hasDesktop } from '../../src/commands/open-page.ts';
import { charsetOf, legible, setCharset } from '../../src/ui/charset.ts';
import { copying, mostCopied } from '../../src/ui/clipboard.ts';
import { span } from '../../src/ui/line.ts';
import { colorsOf, setColors, styled } from '../../src/ui/looks.ts';

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
  setCharset('ascii');
  try {
    expect(legible('Zoë “x” – y…')).toBe('Zo<U+00EB> "x" - y...');
    expect(legible('李')).not.toBe(legible('娟'));
    expect(legible('\u202e')).toBe('<U+202E>');
  } finally {
    setCharset('unicode');
  }
});

test('without colours bold, underlined and reversed stay', () => {
  const line = [span('a', 'bad'), span('b', 'marked'), span('c', 'good')];
  expect(styled(line)).toBe('\u001b[1;31ma\u001b[0m\u001b[7mb\u001b[0m\u001b[32mc\u001b[0m');
  setColors(colorsOf({ NO_COLOR: '1' }));
  try {
    expect(styled(line)).toBe('\u001b[1ma\u001b[0m\u001b[7mb\u001b[0mc');
  } finally {
    setColors(colorsOf({}));
  }
});

test('the clipboard gets what it takes: not more, and past tmux', () => {
  const inside = (text: string): string => Buffer.from(text).toString('base64');
  expect(copying('aws x', {})).toBe(`\u001b]52;c;${inside('aws x')}\u0007`);
  expect(copying('aws x', { TMUX: '/tmp/t' })).toContain(
    `\u001bPtmux;\u001b\u001b]52;c;${inside('aws x')}\u0007\u001b\\`,
  );
  expect(copying('x'.repeat(mostCopied), {})).toBeDefined();
  expect(copying('ü'.repeat(mostCopied / 2 + 1), {})).toBeUndefined();
});

test('over SSH, in CloudShell and without a desktop no browser is started', () => {
  expect(hasDesktop({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDesktop({}, 'darwin')).toBe(true);
  expect(hasDesktop({}, 'linux')).toBe(false);
  expect(hasDesktop({ SSH_TTY: '/dev/pts/1' }, 'darwin')).toBe(false);
  expect(hasDesktop({ SSH_CONNECTION: 'a', DISPLAY: ':10' }, 'linux')).toBe(false);
  expect(hasDesktop({ AWS_EXECUTION_ENV: 'CloudShell', DISPLAY: ':0' }, 'linux')).toBe(false);
});
