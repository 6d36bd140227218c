import { graphemes } from '../text/graphemes.ts';

/** A line of text being typed. `at`: the cursor, in characters as a reader counts them. */
export interface TextBox {
  readonly characters: readonly string[];
  readonly at: number;
}
const split = (text: string): readonly string[] => [...graphemes(text)];
export const textBox = (text = ''): TextBox => {
  const characters = split(text);
  return { characters, at: characters.length };
};
export const textIn = ({ characters }: TextBox): string => characters.join('');

const isBlank = (character: string): boolean => /^\s/.test(character);
/** Where the word before the cursor begins. */
function wordBefore(characters: readonly string[], at: number): number {
  let from = at;
  while (from > 0 && isBlank(characters[from - 1] ?? '')) from--;
  while (from > 0 && !isBlank(characters[from - 1] ?? '')) from--;
  return from;
}

/** What the keyboard does to it. Undefined: not a key for a text. */
export function edit(box: TextBox, key: string, input: string): TextBox | undefined {
  const { characters, at } = box;
  const [before, behind] = [characters.slice(0, at), characters.slice(at)];
  switch (key) {
    case 'left':
      return { characters, at: Math.max(0, at - 1) };
    case 'right':
      return { characters, at: Math.min(characters.length, at + 1) };
    case 'word-left':
      return { characters, at: wordBefore(characters, at) };
    case 'word-right': {
      const next = behind.findIndex((one, n) => isBlank(one) && !isBlank(behind[n - 1] ?? ' '));
      return { characters, at: next < 0 ? characters.length : at + next };
    }
    case 'home':
    case 'ctrl-a':
      return { characters, at: 0 };
    case 'end':
    case 'ctrl-e':
      return { characters, at: characters.length };
    case 'backspace':
      return at === 0 ? box : { characters: [...before.slice(0, -1), ...behind], at: at - 1 };
    case 'delete':
      return { characters: [...before, ...behind.slice(1)], at };
    case 'ctrl-u':
      return { characters: behind, at: 0 };
    case 'ctrl-k':
      return { characters: before, at };
    case 'ctrl-w': {
      const from = wordBefore(characters, at);
      return { characters: [...characters.slice(0, from), ...behind], at: from };
    }
    case 'text':
      return insert(box, input);
    default:
      return undefined;
  }
}

/** The same box as it is drawn where nobody is to read it. */
export const masked = ({ characters, at }: TextBox): TextBox => ({
  characters: characters.map(() => '*'),
  at,
});

/** Typed or pasted: line breaks and control characters are left out. */
export function insert({ characters, at }: TextBox, text: string): TextBox {
  // What belongs to the character before it becomes one with it: an accent, the rest of an emoji.
  const from = Math.max(0, at - 1);
  const before = characters.slice(0, from);
  const added = split((characters[at - 1] ?? '') + text.replace(/[\p{Cc}\u2028\u2029]+/gu, ''));
  return {
    characters: [...before, ...added, ...characters.slice(at)],
    at: from + added.length,
  };
}
