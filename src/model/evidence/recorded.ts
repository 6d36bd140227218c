/**
 * What may be written down of an operation's input or answer: by member, and in lists of each item. `true`: a text, a
 * number, a flag or a time, or a list of them. What is not named is not written down, whatever it is.
 */
export type Kept = true | { readonly [member: string]: Kept };

/** A value that is known only after an earlier change (`Deferred`): it names that change, and holds nothing. */
const isAfter = (value: object): boolean => '$after' in value;
const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !isAfter(value);

/** As much of a value as may be written down. */
export function keptOf(value: unknown, kept: Kept): unknown {
  if (Array.isArray(value)) return value.map((one) => keptOf(one, kept)).filter((one) => one !== undefined);
  if (!isMembers(value)) return kept === true ? value : undefined;
  if (kept === true) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, one]) => {
      const inside = Object.hasOwn(kept, member) ? keptOf(one, kept[member] ?? {}) : undefined;
      return inside === undefined ? [] : [[member, inside]];
    }),
  );
}

/** The first member of a value that may not be written down, as a path; undefined where there is none. */
export function beyond(value: unknown, kept: Kept, at = ''): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((one) => beyond(one, kept, at)).find((one) => one !== undefined);
  if (!isMembers(value)) return kept === true ? undefined : at;
  if (kept === true) return at;
  for (const [member, one] of Object.entries(value)) {
    const path = at === '' ? member : `${at}.${member}`;
    const found = Object.hasOwn(kept, member) ? beyond(one, kept[member] ?? {}, path) : path;
    if (found !== undefined) return found;
  }
  return undefined;
}
