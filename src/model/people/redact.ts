import type { Event } from '../event.ts';
import type { Step } from '../step.ts';
import { escapeControlChars } from '../text/escape-control-chars.ts';
import { withoutAddresses } from './addresses.ts';
import { asksAboutPeople } from './named.ts';
import { nameInArn, ownWords, personalIn } from './personal.ts';

/** A keyed hash of a text, hexadecimal: the same text has the same one wherever the key is the same. */
export type Keyed = (text: string) => string;

/** What a run, a program or a runbook gives a meaning to: it is no text, whatever somebody is called. */
const structure = new Set([
  ...['type', 'step', 'question', 'operation', 'actor', 'eyes', 'is', 'ended', 'risk', 'kind', 'run'],
  ...['account', 'region', 'endpoint', 'runbook', 'program'],
]);
/** SHA-256 sums of texts with names: who tries names one after the other would find out which it was. `basis` is one cut short. */
const sum = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
/** What says in sentences what was seen, of which nobody may have written down whom it names. */
const sentences: { readonly [T in Event['type']]?: ReadonlySet<string> } = {
  looked: new Set(['found', 'why', 'notes', 'consequences', 'decisive', 'holds', 'mind', 'marked']),
  compared: new Set(['says', 'was', 'now', 'why']),
  reconciled: new Set(['says', 'why', 'others']), // what CloudTrail tells of others
};

/** The same for whoever acts, in what AWS says: the session of a role, and a user, or their device. */
const actor =
  /(:assumed-role\/[^/\s]+\/|:(?:iam|sts)::\d*:(?:user|mfa|federated-user)(?:\/[\w+=,.@-]+)*?\/)([\w+=@-]+(?:[.,][\w+=@-]+)*)(?![\w+=@/-])/g;
/** And for the folder of whoever ran it, in what the system says. */
const homeFolder = /(\/(?:home|Users)\/|\\Users\\)([^/\\\s:"']+)/g;

/** Events with a keyed hash in the place of what people are called in any of them, wherever it stands. */
export const redactPeople = (
  events: readonly Event[],
  steps: readonly Step[],
  keyed: Keyed,
): readonly Event[] => events.map(redactionOf(personalIn(events, steps), steps, keyed));

/**
 * What puts a keyed hash in the place of these names in an event, wherever they stand. The same person has the same hash
 * in all of them, and in every export that is made with the same key. `names`: of `personalIn`, of all events.
 */
export function redactionOf(
  names: ReadonlySet<string>,
  steps: readonly Step[],
  keyed: Keyed,
): (event: Event) => Event {
  const tokenOf = (name: string): string => `redacted-${keyed(key(name)).slice(0, 16)}`;
  const pattern = patternOf(names);
  const hiddenBehind = (_: string, before: string, name: string): string =>
    `${before}${isToken(name) ? name : tokenOf(name)}`;
  const replace = (text: string): string => {
    const parts = nameInArn(text);
    if (parts) return `${parts[0]}${tokenOf(parts[1])}`;
    const known = (pattern ? text.replace(pattern, tokenOf) : text)
      .replace(actor, hiddenBehind)
      .replace(homeFolder, hiddenBehind);
    return withoutAddresses(known, tokenOf).replace(sum, keyed);
  };
  const hidden = (value: unknown): unknown => {
    if (typeof value === 'string') return `text ${tokenOf(value)}`;
    if (Array.isArray(value)) return value.map(hidden);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([member, one]) => [replace(member), hidden(one)]));
  };
  /** `untold`: members with sentences that may name anybody. */
  const redacted = (value: unknown, untold: ReadonlySet<string>, own: readonly string[] = []): unknown => {
    if (typeof value === 'string') return replace(value);
    if (Array.isArray(value)) return value.map((one) => redacted(one, untold));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([member, one]) => [
        /^[A-Za-z-]+$/.test(member) ? member : replace(member),
        typeof one === 'string' && member === 'basis'
          ? keyed(one).slice(0, one.length)
          : own.includes(member) || untold.has(member)
            ? hidden(one)
            : structure.has(member) && typeof one === 'string'
              ? one
              : redacted(one, untold),
      ]),
    );
  };
  const mayName = new Set(steps.flatMap(({ id, calls }) => (asksAboutPeople(calls) ? [id] : [])));
  return (event) => {
    const untold = isTold(event, mayName) ? nothing : sentences[event.type];
    return redacted(event, untold ?? nothing, ownWords[event.type]) as Event;
  };
}
const nothing: ReadonlySet<string> = new Set();
/** Whether it is known whom its sentences name. Earlier versions did not write that down. */
function isTold(event: Event, mayName: ReadonlySet<string>): boolean {
  switch (event.type) {
    case 'looked':
      return event.plan.people !== undefined || !mayName.has(event.step);
    case 'compared':
      return event.people !== undefined;
    default:
      return event.type !== 'reconciled';
  }
}
const isToken = (text: string): boolean => /^redacted-[0-9a-f]{16}$/.test(text);
/** One person, however the name was typed. */
const key = (name: string): string => name.normalize('NFC').toLowerCase();

/** What finds all of them in a text, the longest first. Undefined where there is nobody. */
function patternOf(names: ReadonlySet<string>): RegExp | undefined {
  const forms = [...names].flatMap((name) => [
    ...[name, name.normalize('NFC'), name.normalize('NFD'), escapeControlChars(name)],
    JSON.stringify(name).slice(1, -1),
  ]);
  const all = [...new Set(forms)].filter(Boolean).toSorted((a, b) => b.length - a.length);
  if (all.length === 0) return undefined;
  const escaped = all.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'giu');
}
