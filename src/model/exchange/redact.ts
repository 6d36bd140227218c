import { createPlaceholders, type Placeholders } from './placeholders.ts';
import { reasonKept } from './sentences.ts';
import { isObject, type Json, memberIn, type ServiceShapes, type Shape, shapeIn } from './shapes.ts';

// What may be kept of a value is decided by AWS’s model of it, and where the model is silent by its type alone. Names are
// kept of members that the model has, or that stand where only AWS puts members.

/** For values of which only the type is kept. */
const stands = {
  text: '(text)',
  number: 0,
  known: 1, // a number whose member the model knows
  time: 1_700_000_000,
  fineTime: 1_700_000_000.123, // given with fractions of a second
  isoTime: '2023-11-14T22:13:20Z',
  enum: 'UNKNOWN_VALUE', // not in the model’s enum
} as const;
/** Deeper than any of AWS’s answers: what lies below is not looked at. */
const deepest = 24;

/** A value as a record holds it. `name`: of its shape in the model; undefined where the model does not know it. */
export function redacted(
  model: ServiceShapes | undefined,
  name: string | undefined,
  value: unknown,
  stand: Placeholders = createPlaceholders(),
  depth = 0,
): Json {
  const shape = shapeIn(model, name);
  if (shape === undefined || shape.type === 'document' || depth > deepest)
    return typeOnly(model, value, depth);
  if (value === null || value === undefined) return null;
  return keptOf(model, shape, value, stand, depth) ?? typeOnly(model, value, depth);
}

/** What is kept of a value of the type that its shape has; undefined where it is of another. */
function keptOf(
  model: ServiceShapes | undefined,
  shape: Shape,
  value: unknown,
  stand: Placeholders,
  depth: number,
): Json | undefined {
  switch (shape.type) {
    case 'structure':
      return isObject(value) ? membersKept(model, shape, value, stand, depth) : undefined;
    case 'list':
      return Array.isArray(value)
        ? value.map((item: unknown) => redacted(model, shape.member, item, stand, depth + 1))
        : undefined;
    case 'map':
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, item]) => [
              stand.name(key),
              redacted(model, shape.value, item, stand, depth + 1),
            ]),
          )
        : undefined;
    case 'string':
      return typeof value === 'string' ? textKept(shape, value, stand) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'timestamp':
      return timeKept(value);
    default:
      return typeof value === 'number' ? stands.known : undefined;
  }
}
function timeKept(value: unknown): Json | undefined {
  if (value instanceof Date) return stands.isoTime;
  if (typeof value === 'number') return Number.isInteger(value) ? stands.time : stands.fineTime;
  return typeof value === 'string' && isTime.test(value) ? stands.isoTime : undefined;
}
const isTime = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;

/** The members of a structure: of one that the model does not have, its name and its type. */
export function membersKept(
  model: ServiceShapes | undefined,
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  stand: Placeholders,
  depth = 0,
): { readonly [name: string]: Json } {
  let strange = 0;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => {
        const known = memberIn(shape, key);
        const reason =
          known !== undefined && typeof item === 'string' && shapeIn(model, known)?.enum === undefined
            ? reasonKept(key, item, stand)
            : undefined;
        if (reason !== undefined) return [key, reason];
        if (known !== undefined) return [key, redacted(model, known, item, stand, depth + 1)];
        return [isName(key) ? key : `Member${++strange}`, typeOnly(model, item, depth + 1)];
      }),
  );
}
/** Whether a text can be the name of a member, so that it may be kept: letters and digits, 64 at most. */
export const isName = (text: string): boolean => /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(text);

function textKept(shape: Shape, value: string, stand: Placeholders): string {
  if (shape.enum) return shape.enum.includes(value) ? value : stands.enum;
  if (value === '') return '';
  return shape.sensitive && !value.includes('@') ? stand.name(value) : stand.text(value);
}

/**
 * What is kept of a value that the model does not know. An object in it may be a map, whose keys somebody chose: of these
 * only such stay as are members somewhere in the model of the service.
 */
function typeOnly(model: ServiceShapes | undefined, value: unknown, depth: number): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return stands.text;
  if (typeof value === 'number') return stands.number;
  if (typeof value === 'boolean') return false;
  if (depth > deepest) return {};
  if (Array.isArray(value)) return value.map((item: unknown) => typeOnly(model, item, depth + 1));
  let strange = 0;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      namesIn(model).has(key) ? key : `Member${++strange}`,
      typeOnly(model, item, depth + 1),
    ]),
  );
}

const names = new WeakMap<ServiceShapes, ReadonlySet<string>>();
function namesIn(model: ServiceShapes | undefined): ReadonlySet<string> {
  if (model === undefined) return new Set();
  const known =
    names.get(model) ??
    new Set(Object.values(model.shapes).flatMap((shape) => Object.keys(shape?.members ?? {})));
  names.set(model, known);
  return known;
}
