/** What can stand before the sign of an address, one after the other. */
const local = /[\p{L}\p{M}\p{N}._%+'*-]+/gu;
const host = /[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+/uy;
const sign = /[@＠]/;
const written = '%40'; // the sign in an address of the web; each of its letters can stand before one, too

/**
 * The rest of the e-mail addresses in a text, which no member has named: a second net, never the first. As one expression it
 * would try each of the letters of a long word as a beginning.
 */
export function withoutAddresses(text: string, instead: (address: string) => string): string {
  if (!sign.test(text) && !text.includes(written)) return text;
  let [left, at] = ['', 0];
  local.lastIndex = 0;
  for (let word = local.exec(text); word; word = local.exec(text)) {
    const end = endOfAddress(text, word[0], local.lastIndex);
    if (end === undefined) continue;
    left += text.slice(at, word.index) + instead(text.slice(word.index, end));
    at = end;
    local.lastIndex = end;
  }
  return left + text.slice(at);
}
/** Of a word that ends there, and what follows it. The last sign counts. */
function endOfAddress(text: string, word: string, end: number): number | undefined {
  if (sign.test(text.charAt(end))) {
    const found = hostFrom(text, end + 1);
    if (found !== undefined) return found;
  }
  for (let at = word.lastIndexOf(written); at > 0; at = word.lastIndexOf(written, at - 1)) {
    const found = hostFrom(text, end - word.length + at + written.length);
    if (found !== undefined) return found;
  }
  return undefined;
}
function hostFrom(text: string, at: number): number | undefined {
  host.lastIndex = at;
  return host.test(text) ? host.lastIndex : undefined;
}
