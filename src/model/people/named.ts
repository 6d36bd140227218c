import { factsOfAny, type Operation } from '../operations.ts';

/** The texts in a value, however deep. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) yield* textsIn(one);
}

/** What a list of members holds, a dot between one and the next; lists are gone into. */
function* at(value: unknown, path: readonly string[]): Generator<unknown> {
  const [member, ...rest] = path;
  if (Array.isArray(value)) for (const one of value) yield* at(one, path);
  else if (member === undefined) yield value;
  else if (typeof value === 'object' && value !== null && Object.hasOwn(value, member))
    yield* at((value as Readonly<Record<string, unknown>>)[member], rest);
}

/** What an answer of AWS, or the input of a call, calls people: by the members that the catalogue names. */
export function* peopleIn(operation: Operation, value: unknown): Generator<string> {
  for (const path of factsOfAny(operation).people)
    for (const found of at(value, path.split('.'))) yield* textsIn(found);
}

/** Whether an answer of one of these questions names people. */
export const asksAboutPeople = (calls: readonly Operation[]): boolean =>
  calls.some((operation) => {
    const facts = factsOfAny(operation);
    return facts.is === 'read' && facts.people.length > 0;
  });

const startLength = 4;
const few = 100;
/** Those of the names that a value's texts hold, in alphabetical order. */
export function namedIn(value: unknown, names: ReadonlySet<string>): readonly string[] {
  if (names.size === 0) return [];
  const text = JSON.stringify(value);
  // A directory has 100,000 people, and a plan names a few of them. To look for a few, the starts are not worth their making.
  const starts =
    names.size <= few
      ? undefined
      : new Set(Array.from({ length: text.length }, (_, n) => text.slice(n, n + startLength)));
  const mayHold = (sought: string): boolean =>
    starts === undefined || sought.length < startLength || starts.has(sought.slice(0, startLength));
  return [...names]
    .filter((name) => {
      const sought = JSON.stringify(name).slice(1, -1);
      return sought !== '' && mayHold(sought) && text.includes(sought);
    })
    .sort();
}
