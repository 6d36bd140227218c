import { typeOf } from './differences.ts';
import type { Difference, Exchange } from './exchange.ts';
import {
  isObject,
  memberIn,
  modelOf,
  type ServiceShapes,
  type Shape,
  type Shapes,
  shapeIn,
} from './shapes.ts';

/** How a member stands in all the places where it may be. */
interface Seen {
  readonly types: Set<string>;
  readonly values: Set<string>; // of an enum
  times: number;
  of: number; // how many objects could have had it
}
type Presence = Map<string, Seen>;

/**
 * Where AWS's answer differs from the simulator's to the same question: members that one of them has and the other
 * never, of another type, or with values of an enum of which none is the same; and answers where the other refuses.
 * Both are recorded exchanges. What the model does not know at all is `differencesFromModel`'s.
 */
export function differencesFromSimulator(
  shapes: Shapes,
  aws: Exchange,
  simulated: Exchange,
): readonly Difference[] {
  const ends = [outcomeOf(aws), outcomeOf(simulated)] as const;
  if (ends[0] !== ends[1])
    return [{ from: 'simulator', at: '', is: 'error', expected: ends[1], found: ends[0] }];
  const { model, known } = modelOf(shapes, aws.operation);
  if (aws.error && simulated.error) {
    const members: Shape = { type: 'structure', members: model?.errors[aws.error.name]?.members ?? {} };
    return between(
      presenceIn(model, members, aws.error.members),
      presenceIn(model, members, simulated.error.members),
    );
  }
  const shape = shapeIn(model, known?.output);
  if (shape === undefined) return [];
  return between(presenceIn(model, shape, aws.answer), presenceIn(model, shape, simulated.answer));
}

const outcomeOf = ({ error, unreadable }: Exchange): string =>
  error ? error.name : unreadable ? `HTTP ${unreadable.status}` : 'an answer';

function between(real: Presence, simulated: Presence): readonly Difference[] {
  const found: Difference[] = [];
  const tell = (at: string, is: Difference['is'], expected: string, seen: string): void => {
    found.push({ from: 'simulator', at, is, expected, found: seen });
  };
  for (const at of new Set([...simulated.keys(), ...real.keys()])) {
    const [theirs, ours] = [real.get(at), simulated.get(at)];
    if (paging.has(at)) continue; // how much there is differs, and says nothing
    if (!theirs || !ours) continue; // there was no place where the other one could have had it
    if (theirs.times === 0 && ours.times > 0 && ours.times === ours.of)
      tell(at, 'missing', 'always there', 'absent');
    else if (ours.times === 0 && theirs.times > 0) tell(at, 'new', 'absent', [...theirs.types].join(', '));
    else if (theirs.times > 0 && ours.times > 0) {
      if (!meet(theirs.types, ours.types))
        tell(at, 'type', [...ours.types].join(', '), [...theirs.types].join(', '));
      if (theirs.values.size > 0 && ours.values.size > 0 && !meet(theirs.values, ours.values))
        tell(at, 'value', [...ours.values].join(', '), [...theirs.values].join(', '));
    }
  }
  return found;
}
const paging: ReadonlySet<string> = new Set(['NextToken', 'Marker', 'IsTruncated']);
const meet = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].some((one) => others.has(one));

/** Every member that the model knows, at every place where the answer has an object that may have it. */
function presenceIn(model: ServiceShapes | undefined, shape: Shape, value: unknown): Presence {
  const all: Presence = new Map();
  const look = (at: string, of: Shape, item: unknown): void => {
    if (Array.isArray(item) && of.type === 'list') {
      const inner = shapeIn(model, of.member);
      if (inner) for (const one of item) look(`${at}[]`, inner, one);
    } else if (isObject(item) && of.type === 'structure')
      for (const key of Object.keys(of.members ?? {}))
        lookAtMember(at === '' ? key : `${at}.${key}`, memberIn(of, key), item, key);
  };
  const lookAtMember = (
    place: string,
    name: string | undefined,
    item: Readonly<Record<string, unknown>>,
    key: string,
  ): void => {
    const seen = all.get(place) ?? { types: new Set(), values: new Set(), times: 0, of: 0 };
    all.set(place, seen);
    seen.of += 1;
    if (!Object.hasOwn(item, key)) return;
    seen.times += 1;
    const member = item[key];
    seen.types.add(typeOf(member));
    const inner = shapeIn(model, name);
    if (inner?.enum && typeof member === 'string') seen.values.add(member);
    if (inner) look(place, inner, member);
  };
  look('', shape, value);
  return all;
}
