/** Keys that cannot work as they stand: their beginning tells of which kind they are. `word`: how the token is called there. */
export function unfitKeys(
  id: string,
  token: string | undefined,
  word: string,
): { readonly found: string; readonly remedy: string } | undefined {
  if (/^ASIA/.test(id) && !token)
    return {
      found: `the key id begins with ASIA: it is of a session, and ${word} is not set`,
      remedy: `Copy the third line, too: ${word}.`,
    };
  if (/^AKIA/.test(id) && token)
    return {
      found: `the key id begins with AKIA: it lasts, and has no session; ${word} is of another key`,
      remedy: `Remove ${word}.`,
    };
  return undefined;
}
