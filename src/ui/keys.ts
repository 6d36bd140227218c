import type { Key } from 'ink';

/** A key by the name that the table of keys uses. 'text' for whatever is typed. */
export function keyName(input: string, key: Key): string {
  if (key.return) return 'enter';
  if (key.escape) return 'escape';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.tab) return 'tab';
  if (key.backspace) return 'backspace';
  if (key.delete) return 'delete';
  if (key.ctrl) return `ctrl-${input.toLowerCase()}`;
  if (key.meta || key.super || key.hyper) return 'other';
  if (input === ' ') return 'space';
  return [...input].length === 1 ? input : 'text';
}
