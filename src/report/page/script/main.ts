import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type About, verdictOn } from './verdict.ts';

// Runs in the page of an HTML export. It verifies the journal that is embedded there, and says what it found; it loads and
// sends nothing. A browser gives no SHA-256 of its own to every page that is opened from a disk, so it brings one along.

/** As much of a browser as is used. */
interface Place {
  textContent: string | null;
  className: string;
}
declare const document: { getElementById(id: string): Place | null };

const textIn = (id: string): string => document.getElementById(id)?.textContent ?? '';
const hash = (data: Uint8Array | string): string =>
  bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
/** What somebody has damaged is no value. */
function valueIn(id: string): unknown {
  try {
    return JSON.parse(textIn(id));
  } catch {
    return undefined;
  }
}
const { is, says, more } = verdictOn(
  valueIn('journal'),
  valueIn('about') as About | undefined,
  `${textIn('top')}\n${textIn('record')}`,
  hash,
);
const place = document.getElementById('verification');
if (place) place.className = is;
for (const [id, text] of [
  ['verdict', says],
  ['meaning', more],
] as const) {
  const one = document.getElementById(id);
  if (one) one.textContent = text;
}
