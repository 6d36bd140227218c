import type { Told } from './matching.ts';

/** A text, or its bytes as they came: of 130 kB nothing is made a text that is only looked through. */
export type Looked = string | Buffer;

/**
 * Whether the event in a `CloudTrailEvent` may have to do with a run, told without reading it: most are other people's. In
 * one that has, the run's id, the id of a request or the ARN of one of its permission sets stands as a text, which only an
 * escape could hide. Where it cannot be told, it may. `quote`: how a quotation mark stands in the
 * text.
 */
export function concerning({ run, sent, anchors, sets }: Told, quote = '"'): (text: Looked) => boolean {
  const requests = new Set([...sent, ...anchors].map(({ requestId }) => requestId));
  requests.delete('');
  const [names, own] = [[run, ...sets], [...requests]];
  if (![...names, ...own].every(isPlain)) return () => true;
  const ends = names.map((name) => name.slice(name.lastIndexOf('/') + 1)); // they are found faster
  return (text) =>
    hidesLetters(text) || ends.some((name) => text.includes(name)) || namesRequest(text, requests, quote);
}
/** Letters that JSON writes in one way, but for `\u` and `\/`. In what is looked for, there is no `/`. */
const isPlain = (name: string): boolean => /^[ !#-[\]-~]+$/.test(name);
const backslash = 0x5c;
function hidesLetters(text: Looked): boolean {
  if (typeof text === 'string') return hidden.test(text);
  for (let at = text.indexOf(code); at !== -1; at = text.indexOf(code, at + 1))
    if (text[at - 1] === backslash) return true;
  return false;
}
const hidden = /\\u00/;
const code = 'u00'; // there are many backslashes

/**
 * At any depth, in each place: of members of the same name the last counts, and which it is only a reader can tell. Its
 * rarest letter is looked for first: there are a hundred thousand of these texts.
 */
const ending = 'questID';
function namesRequest(text: Looked, requests: ReadonlySet<string>, quote: string): boolean {
  const [member, sign] = [`${ending}${quote}`, `:${quote}`];
  for (let at = text.indexOf(member); at !== -1; at = text.indexOf(member, at)) {
    at += member.length;
    if (partOf(text, at, at + sign.length) !== sign) return true; // set out in another way
    at += sign.length;
    if (requests.has(partOf(text, at, text.indexOf(quote, at)))) return true;
  }
  return false;
}
/** What stands from one place of it up to another, byte for byte. */
export const partOf = (text: Looked, from: number, to: number): string =>
  typeof text === 'string' ? text.slice(from, to) : text.toString('latin1', from, to);
