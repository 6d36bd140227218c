import { once } from '../../model/text/memoize.ts';

/** Texts of letters and of the screen's own signs: each is a character and one column, and most of what is shown. */
export const narrow =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2500-\u257f✓✗❯⟪⟫○●]*$/;
/** Made when the first text asks for it: that takes longer than a frame. */
const letters = once(() => new Intl.Segmenter());
/** In Node 20 each step through a text takes the longer the longer all of it is: it is gone through in parts. */
const part = 128;

/** The characters of a text, as a reader counts them. */
export function* graphemes(text: string): Generator<string> {
  if (narrow.test(text)) return void (yield* text);
  for (let at = 0; at < text.length; ) {
    // Not within a character of two halves: the second one would part what stands before it from itself.
    const end = at + part + (/[\ud800-\udbff]/.test(text[at + part - 1] ?? '') ? 1 : 0);
    const segments = [...letters().segment(text.slice(at, end))];
    // The last one may go on in the next part.
    if (end < text.length && segments.length > 1) segments.pop();
    for (const { segment } of segments) {
      yield segment;
      at += segment.length;
    }
  }
}
