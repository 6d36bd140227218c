const letters = new Intl.Segmenter();
/** In Node 20 each step through a text takes the longer the longer all of it is: it is gone through in parts. */
const part = 128;

/** The characters of a text, as a reader counts them. */
export function* graphemes(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const segments = [...letters.segment(text.slice(at, at + part))];
    // The last one may go on in the next part.
    if (at + part < text.length && segments.length > 1) segments.pop();
    for (const { segment } of segments) {
      yield segment;
      at += segment.length;
    }
  }
}
