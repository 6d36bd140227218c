import { expect, test } from 'vitest';
import { edit, insert, type TextBox, textBox, textIn } from '../../src/ui/input/text-box.ts';

const after = (text: string, ...keys: readonly string[]): string =>
  textIn(
    keys.reduce<TextBox>(
      (box, key) => (key.length === 1 ? edit(box, 'text', key) : edit(box, key, '')) ?? box,
      textBox(text),
    ),
  );

test.each([
  ['abc', ['backspace'], 'ab'],
  ['abc', ['home', 'delete'], 'bc'],
  ['abc', ['left', 'X'], 'abXc'],
  ['abc', ['ctrl-a', 'X'], 'Xabc'],
  ['abc', ['home', 'end', 'X'], 'abcX'],
  ['one two ', ['ctrl-w'], 'one '],
  ['one two', ['left', 'left', 'ctrl-k'], 'one t'],
  ['one two', ['left', 'ctrl-u'], 'o'],
  ['one two  ', ['ctrl-w'], 'one '],
  ['one two', ['word-left', 'X'], 'one Xtwo'],
  ['one two', ['word-left', 'word-left', 'X'], 'Xone two'],
  ['one two', ['home', 'word-right', 'X'], 'oneX two'],
  ['one two', ['home', 'word-right', 'word-right', 'X'], 'one twoX'],
  ['e', ['\u0301', 'backspace'], ''],
  ['', ['backspace', 'left', 'delete'], ''],
  ['🏳️‍🌈é', ['backspace', 'backspace'], ''],
])('%j, %j: %j', (text, keys, wanted) => {
  expect(after(text, ...keys)).toBe(wanted);
});

test('what is pasted loses its line breaks and control characters', () => {
  expect(textIn(insert(textBox('a'), 'b\r\nc\u001b[2Jd\u0007'))).toBe('abc[2Jd');
});
