import type { Key } from 'ink';

/** A key by the name that the table of keys uses. 'text' for whatever is typed. */
export function keyName(input: string, key: Key): string {
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return key.ctrl || key.meta ? 'word-left' : 'left';
  if (key.rightArrow) return key.ctrl || key.meta ? 'word-right' : 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.tab) return 'tab';
  if (key.backspace) return key.meta ? 'ctrl-w' : 'backspace';
  if (key.delete) return 'delete';
  if (key.ctrl) return `ctrl-${input.toLowerCase()}`;
  if (key.meta && /^[bf]$/i.test(input)) return /b/i.test(input) ? 'word-left' : 'word-right';
  if (key.meta || key.super || key.hyper) return 'other';
  if (input === ' ') return 'space';
  return [...input].length === 1 ? input : 'text';
}

/** Keys of a line editor as they stand among letters that came in one piece. */
const control: Readonly<Record<string, string>> = {
  '\u0001': 'ctrl-a',
  '\u0005': 'ctrl-e',
  '\u000b': 'ctrl-k',
  '\u0015': 'ctrl-u',
  '\u0017': 'ctrl-w',
  '\r': 'enter',
  '\n': 'enter',
};
/** One of the characters that came in one piece, as a key. */
export const strokeOf = (one: string): readonly [string, string] => {
  const key = control[one];
  return key === undefined ? [one === ' ' ? 'space' : one, one] : [key, ''];
};
