import { createChain, type Verdict } from './chain.ts';
import type { ChainLine, Sha256 } from './sealed-line.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What a journal proves that is one text: as a page has it. */
export function verdictOnText(journal: string, sha256: Sha256): Verdict {
  const chain = createChain(sha256);
  const lines = journal.split('\n');
  const rest = lines.pop() ?? ''; // what has no newline was not finished
  for (const text of lines) {
    if (/\p{Surrogate}/u.test(text)) chain.refuse('it is not in UTF-8'); // half a character has no bytes
    if (!chain.take(lineOf(encoder.encode(text)))) return chain.end();
  }
  return chain.end(encoder.encode(rest).length);
}
const lineOf = (bytes: Uint8Array): ChainLine => ({
  bytes,
  text: (from, to) => decoder.decode(bytes.subarray(from, to)),
});
