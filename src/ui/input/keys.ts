import type { Key } from 'ink';

/** Keys that have one name, whatever is held with them. */
const plainKeys = {
  return: 'enter',
  escape: 'escape',
  upArrow: 'up',
  downArrow: 'down',
  pageUp: 'pageup',
  pageDown: 'pagedown',
  home: 'home',
  end: 'end',
  tab: 'tab',
} as const satisfies Partial<Record<keyof Key, string>>;

/** A key by the name that the table of keys uses. 'text' for whatever is typed. */
export function keyName(input: string, key: Key): string {
  const plain = (Object.keys(plainKeys) as (keyof typeof plainKeys)[]).find((name) => key[name]);
  if (plain) return plainKeys[plain];
  const editing = editingKey(key);
  if (editing !== undefined) return editing;
  if (key.ctrl) return `ctrl-${input.toLowerCase()}`;
  if (key.meta && /^[bf]$/i.test(input)) return /b/i.test(input) ? 'word-left' : 'word-right';
  if (key.meta || key.super || key.hyper) return 'other';
  if (input === ' ') return 'space';
  return [...input].length === 1 ? input : 'text';
}
/** Those that move or delete in a line: more of it with Ctrl or Alt. */
function editingKey({ ctrl, meta, ...key }: Key): string | undefined {
  if (key.leftArrow) return ctrl || meta ? 'word-left' : 'left';
  if (key.rightArrow) return ctrl || meta ? 'word-right' : 'right';
  if (key.backspace) return meta ? 'ctrl-w' : 'backspace';
  return key.delete ? 'delete' : undefined;
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
