/** Why a key or a token cannot be sent as it stands. None of it is told but the character that does not fit. */
export function unfitKey(text: string): { readonly found: string; readonly remedy: string } | undefined {
  const characters = [...text];
  const at = characters.findIndex((one) => !/^[!-~]$/.test(one));
  const quoted = at < 0 && /^(["'`]).*\1$/.test(text);
  if (at < 0 && !quoted) return undefined;
  return {
    found: quoted
      ? 'is in quotation marks, which do not belong to it'
      : `has a character that cannot be in it: ${nameOf(characters[at] ?? '')}, as number ${at + 1} of ${characters.length}`,
    remedy: quoted ? 'Remove the quotation marks.' : 'Copy it again, without blanks and line ends.',
  };
}

const names: Readonly<Record<string, string>> = {
  ' ': 'a blank',
  '\t': 'a tab',
  '\r': 'a carriage return (U+000D)',
  '\n': 'a line end (U+000A)',
  '\u00a0': 'a no-break space (U+00A0)',
  '\u200b': 'a zero-width space (U+200B)',
  '\ufeff': 'a byte order mark (U+FEFF)',
};
const nameOf = (character: string): string =>
  names[character] ?? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
