/** A line of text being typed. `at`: the cursor, in characters as a reader counts them. */
export interface TextBox {
  readonly characters: readonly string[];
  readonly at: number;
}
const split = (text: string): readonly string[] =>
  [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
export const textBox = (text = ''): TextBox => {
  const characters = split(text);
  return { characters, at: characters.length };
};
export const textIn = ({ characters }: TextBox): string => characters.join('');

/** What the keyboard does to it. Undefined: not a key for a text. */
export function edit(box: TextBox, key: string, input: string): TextBox | undefined {
  const { characters, at } = box;
  const [before, behind] = [characters.slice(0, at), characters.slice(at)];
  switch (key) {
    case 'left':
      return { characters, at: Math.max(0, at - 1) };
    case 'right':
      return { characters, at: Math.min(characters.length, at + 1) };
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
      const kept = before.join('').replace(/\S+\s*$/, '');
      return { characters: [...split(kept), ...behind], at: split(kept).length };
    }
    case 'text':
      return insert(box, input);
    default:
      return undefined;
  }
}

/** Typed or pasted: line breaks and control characters are left out. */
export function insert({ characters, at }: TextBox, text: string): TextBox {
  const added = split(text.replace(/[\p{Cc}\u2028\u2029]+/gu, ''));
  return {
    characters: [...characters.slice(0, at), ...added, ...characters.slice(at)],
    at: at + added.length,
  };
}
