import type { Difference, Exchange } from './exchange.ts';
import { errorIn } from './record.ts';
import {
  isObject,
  memberIn,
  modelOf,
  type ServiceShapes,
  type Shape,
  type Shapes,
  shapeIn,
} from './shapes.ts';

/** Errors that any service of AWS may answer with, and no model lists ("Common errors" in the API references). */
const common =
  /^(AccessDenied(Exception)?|ExpiredToken(Exception)?|IncompleteSignature(Exception)?|InternalFailure|InvalidAction|InvalidClientTokenId|InvalidSignatureException|MissingAuthenticationToken(Exception)?|NotAuthorized|OptInRequired|RequestExpired|RequestLimitExceeded|SerializationException|ServiceUnavailable(Exception)?|SignatureDoesNotMatch|Throttling(Exception)?|TooManyRequestsException|UnknownOperationException|UnrecognizedClientException|ValidationError|ValidationException)$/;

type Report = (difference: Omit<Difference, 'from'>) => void;
/** The types that JSON tells apart. What is absent counts as 'null'. */
export type JsonType = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'null';
/** A value's type as JSON has it. */
export const typeOf = (value: unknown): JsonType => {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
};

/** Where an exchange is not as AWS's own model of the service says. Each difference once, wherever in a list it is. */
export function differencesFromModel(shapes: Shapes, exchange: Exchange): readonly Difference[] {
  const found = new Map<string, Difference>();
  const report: Report = (one) => {
    const key = JSON.stringify([one.at, one.is, one.found]);
    if (!found.has(key)) found.set(key, { from: 'model', ...one });
  };
  const { model, known } = modelOf(shapes, exchange.operation);
  const { answer, error, unreadable } = exchange;
  if (unreadable)
    report({ at: '', is: 'unreadable', expected: 'JSON or XML', found: `HTTP ${unreadable.status}` });
  else if (error) errorAgainst(model, known?.errors ?? [], error, report);
  else if (known?.output !== undefined) against(model, known.output, answer, '', report);
  return [...found.values()];
}

function errorAgainst(
  model: ServiceShapes | undefined,
  listed: readonly string[],
  { name, members }: NonNullable<Exchange['error']>,
  report: Report,
): void {
  const known = errorIn(model, name);
  const names = listed.flatMap((one) => [one, model?.errors[one]?.code]);
  if (!names.includes(name) && !common.test(name))
    report({ at: '', is: 'error', expected: listed.join(', ') || 'no error of its own', found: name });
  const shape: Shape = { type: 'structure', members: known?.members ?? {} };
  membersAgainst(model, shape, members, '', report);
}

function against(
  model: ServiceShapes | undefined,
  name: string,
  value: unknown,
  at: string,
  report: Report,
): void {
  const shape = shapeIn(model, name);
  if (shape === undefined || shape.type === 'document') return;
  const type = typeOf(value);
  const fits = wanted(shape).includes(type);
  if (!fits) {
    report({ at, is: 'type', expected: wanted(shape).join(' or '), found: type });
    return;
  }
  if (shape.enum && typeof value === 'string' && !shape.enum.includes(value))
    report({ at, is: 'value', expected: shape.enum.join(', '), found: 'another value' });
  if (Array.isArray(value))
    for (const item of value) against(model, shape.member ?? '', item, `${at}[]`, report);
  else if (isObject(value) && shape.type === 'map')
    for (const item of Object.values(value)) against(model, shape.value ?? '', item, `${at}{}`, report);
  else if (isObject(value)) membersAgainst(model, shape, value, at, report);
}

function membersAgainst(
  model: ServiceShapes | undefined,
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  at: string,
  report: Report,
): void {
  const inside = at === '' ? '' : `${at}.`;
  for (const [key, item] of Object.entries(value)) {
    const known = memberIn(shape, key);
    if (known === undefined)
      report({ at: `${inside}${key}`, is: 'new', expected: 'no such member', found: typeOf(item) });
    else against(model, known, item, `${inside}${key}`, report);
  }
  for (const key of shape.required ?? [])
    if (!Object.hasOwn(value, key))
      report({ at: `${inside}${key}`, is: 'missing', expected: 'always there', found: 'absent' });
}

/** As what JSON a value of a shape may come. */
function wanted(shape: Shape): readonly JsonType[] {
  switch (shape.type) {
    case 'structure':
    case 'map':
      return ['object'];
    case 'list':
      return ['list'];
    case 'string':
      return ['text'];
    case 'boolean':
      return ['boolean'];
    case 'timestamp':
      return ['number', 'text'];
    default:
      return ['number'];
  }
}
