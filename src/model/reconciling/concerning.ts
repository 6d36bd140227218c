import type { Told } from './matching.ts';

/**
 * Whether the event in a `CloudTrailEvent` may have to do with a run, told without reading it: most are other people's. In
 * one that has, the run's id, the id of a request or the ARN of one of its permission sets stands as a text, which only an
 * escape could hide. Where it cannot be told, it may.
 */
export function concerning({ run, sent, anchors, sets }: Told): (text: string) => boolean {
  const requests = new Set([...sent, ...anchors].map(({ requestId }) => requestId));
  requests.delete('');
  const [names, own] = [[run, ...sets], [...requests]];
  if (![...names, ...own].every(isPlain)) return () => true;
  const ends = names.map((name) => name.slice(name.lastIndexOf('/') + 1)); // they are found faster
  return (text) =>
    hidesLetters.test(text) || ends.some((name) => text.includes(name)) || namesRequest(text, requests);
}
/** Letters that JSON writes in one way, but for `\u` and `\/`. */
const isPlain = (name: string): boolean => /^[ !#-[\]-~]+$/.test(name);
const hidesLetters = /\\[u/]/;

/**
 * At any depth, in each place: of members of the same name the last counts, and which it is only a reader can tell. Its
 * rarest letter is looked for first: there are a hundred thousand of these texts.
 */
const member = 'questID"';
function namesRequest(text: string, requests: ReadonlySet<string>): boolean {
  for (let at = text.indexOf(member); at !== -1; at = text.indexOf(member, at)) {
    at += member.length;
    if (!text.startsWith(':"', at)) return true; // set out in another way
    at += 2;
    if (requests.has(text.slice(at, text.indexOf('"', at)))) return true;
  }
  return false;
}
