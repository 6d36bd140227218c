import { isQuery, models, type Service, type ServiceModel, type Shape, shapeNamed } from './model.ts';
import { Refusal } from './refusal.ts';

/** One thing that is wrong with an input, in the words that AWS's front end has for it. */
export interface Finding {
  readonly kind:
    | 'missing'
    | 'pattern'
    | 'too-long'
    | 'too-short'
    | 'too-large'
    | 'too-small'
    | 'enum'
    | 'union'
    | 'list';
  readonly at: string; // InstanceArn, Tags.1.member.Key
  readonly value: unknown; // undefined: not to be told
  readonly constraint: string;
}

type Found = (finding: Finding) => void;
/** In characters, not in halves of them. */
const lengthOf = (text: string): number => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length);
const whole = new Map<string, RegExp | undefined>();

/** The pattern over the whole value, as AWS applies it. A few of AWS's patterns are no JavaScript patterns: those are not applied. */
function wholePattern(pattern: string): RegExp | undefined {
  if (whole.has(pattern)) return whole.get(pattern);
  let made: RegExp | undefined;
  for (const flags of ['u', '']) {
    try {
      made ??= new RegExp(`^(?:${pattern})$`, flags);
    } catch {
      // AWS's patterns are Java's: an escape that Unicode mode refuses may do without it.
    }
  }
  whole.set(pattern, made);
  return made;
}

/** What AWS's parser calls a value that cannot be what it has to be. */
function notOfType(value: unknown, type: string): never {
  const wanted = { string: 'String', integer: 'Integer', boolean: 'Boolean' }[type] ?? type;
  throw new Refusal('SerializationException', `${tokenOf(value)} can not be converted to ${wanted}`);
}
function tokenOf(value: unknown): string {
  if (value === null) return 'NULL_VALUE';
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'object') return 'START_OBJECT';
  if (typeof value === 'boolean') return `${String(value).toUpperCase()}_VALUE`;
  return `${typeof value === 'number' ? 'NUMBER' : 'STRING'}_VALUE`;
}

/** The value with nulls and unknown members left out. Throws a SerializationException where a type is wrong. */
function shaped(model: ServiceModel, name: string, value: unknown): unknown {
  const shape = shapeNamed(model, name);
  const wrong = (): never => notOfType(value, shape.type);
  switch (shape.type) {
    case 'structure':
      return isObject(value) ? membersShaped(model, shape, value) : wrong();
    case 'list':
      return Array.isArray(value)
        ? value.map((item: unknown) => shaped(model, shape.member ?? '', item))
        : wrong();
    case 'map':
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, item]) => [key, shaped(model, shape.value ?? '', item)]),
          )
        : wrong();
    case 'string':
      return typeof value === 'string' ? value : wrong();
    case 'integer':
    case 'long':
      return typeof value === 'number' && Number.isInteger(value) ? value : wrong();
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong();
    default:
      return value;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
function membersShaped(model: ServiceModel, { members = {} }: Shape, value: object): object {
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(members)) {
    const given: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    if (given !== undefined && given !== null) kept[key] = shaped(model, member, given);
  }
  return kept;
}

/**
 * Everything that is wrong with a value of the right types: required members, lengths, patterns, enums, ranges. `name`:
 * of its shape; `at`: where it stands, '' at the top.
 */
export function findingsIn(model: ServiceModel, name: string, value: unknown, at = ''): readonly Finding[] {
  const findings: Finding[] = [];
  look(model, name, value, at, (finding) => findings.push(finding));
  return findings;
}

/** A value, where it stands, and its shape. */
interface Place {
  readonly model: ServiceModel;
  readonly shape: Shape;
  readonly at: string;
}

function look(model: ServiceModel, name: string, value: unknown, at: string, report: Found): void {
  const shape = shapeNamed(model, name);
  const found: Found = (finding) =>
    report(shape.sensitive === true ? { ...finding, value: undefined } : finding);
  const place = { model, shape, at };
  if (typeof value === 'string') lookAtText(place, value, found);
  else if (typeof value === 'number' && shape.type !== 'timestamp') lookAtNumber(place, value, found);
  else if (Array.isArray(value) && shape.type === 'list') {
    lookAtSize(place, value, value.length, found);
    for (const [index, item] of value.entries())
      look(model, shape.member ?? '', item, `${at}.${index + 1}.member`, report);
  } else if (typeof value === 'object' && value !== null && shape.type === 'map') {
    lookAtSize(place, value, Object.keys(value).length, found);
    for (const [key, item] of Object.entries(value))
      look(model, shape.value ?? '', item, `${at === '' ? '' : `${at}.`}${key}.member`, report);
  } else if (typeof value === 'object' && value !== null && shape.type === 'structure')
    lookAtMembers(place, value, found, report);
}

function lookAtSize({ shape: { min, max }, at }: Place, value: unknown, size: number, found: Found): void {
  const said = (more: string, limit: number): string =>
    `Member must have length ${more} than or equal to ${limit}`;
  if (max !== undefined && size > max) found({ kind: 'too-long', at, value, constraint: said('less', max) });
  if (min !== undefined && size < min)
    found({ kind: 'too-short', at, value, constraint: said('greater', min) });
}

function lookAtText(place: Place, value: string, found: Found): void {
  const { shape, at } = place;
  lookAtSize(place, value, lengthOf(value), found);
  if (shape.enum !== undefined && !shape.enum.includes(value))
    found({
      kind: 'enum',
      at,
      value,
      constraint: `Member must satisfy enum value set: [${shape.enum.join(', ')}]`,
    });
  if (shape.pattern !== undefined && wholePattern(shape.pattern)?.test(value) === false)
    found({
      kind: 'pattern',
      at,
      value,
      constraint: `Member must satisfy regular expression pattern: ${shape.pattern}`,
    });
}

function lookAtNumber({ shape: { min, max }, at }: Place, value: number, found: Found): void {
  const said = (more: string, limit: number): string =>
    `Member must have value ${more} than or equal to ${limit}`;
  if (max !== undefined && value > max)
    found({ kind: 'too-large', at, value, constraint: said('less', max) });
  if (min !== undefined && value < min)
    found({ kind: 'too-small', at, value, constraint: said('greater', min) });
}

/** `report`: for what is inside, which may be sensitive or not by itself. */
function lookAtMembers({ model, shape, at }: Place, value: object, found: Found, report: Found): void {
  const inside = at === '' ? '' : `${at}.`;
  for (const key of shape.required ?? [])
    if (!Object.hasOwn(value, key))
      found({ kind: 'missing', at: `${inside}${key}`, value: null, constraint: 'Member must not be null' });
  if (shape.union === true && Object.keys(value).length !== 1)
    found({ kind: 'union', at, value, constraint: 'Member must have exactly one of its members set' });
  for (const [key, member] of Object.entries(shape.members ?? {}))
    if (Object.hasOwn(value, key)) look(model, member, Reflect.get(value, key), `${inside}${key}`, report);
}

/**
 * An operation's input: typed, unknown members left out (AWS ignores them), limits of the service model kept. Throws
 * `Refusal` as the service does: SerializationException for a wrong type; ValidationException (ValidationError at iam
 * and sts), or InvalidInputException at Organizations, for all else.
 */
export function validated(
  service: Service,
  operation: string,
  input: unknown,
): Readonly<Record<string, unknown>> {
  const model = models[service];
  const shape = model.operations[operation]?.input;
  if (shape === undefined) return {};
  const value = shaped(model, shape, input);
  const findings = findingsIn(model, shape, value);
  if (findings.length > 0) throw refusalFor(service, findings);
  return value as Readonly<Record<string, unknown>>;
}

const camel = (at: string): string =>
  at.replace(/(^|\.)([A-Z])/g, (_, dot: string, c: string) => dot + c.toLowerCase());
/** AWS leaves out values of sensitive members, and those that are no single text or number. */
const shown = ({ at, value, kind }: Finding): string => {
  const place = `at '${camel(at)}'`;
  if (kind === 'missing') return `Value null ${place}`;
  const told = value !== undefined && typeof value !== 'object';
  return told ? `Value '${String(value)}' ${place}` : `Value ${place}`;
};

function refusalFor(service: Service, findings: readonly Finding[]): Refusal {
  const [first] = findings;
  if (service === 'organizations' && first !== undefined) {
    const [Reason, message] = inOrganizations[first.kind];
    return new Refusal('InvalidInputException', message, { Reason });
  }
  if (service === 'cloudtrail' && first !== undefined)
    return new Refusal(inCloudTrail(first.at), `${shown(first)}: ${first.constraint}`);
  const plural = findings.length === 1 ? 'error' : 'errors';
  const list = findings.map(
    (finding) => `${shown(finding)} failed to satisfy constraint: ${finding.constraint}`,
  );
  const message = `${findings.length} validation ${plural} detected: ${list.join('; ')}`;
  if (service === 'account')
    return new Refusal('ValidationException', message, {
      reason: 'fieldValidationFailed',
      fieldList: findings.map(({ at, constraint }) => ({ name: at, message: constraint })),
    });
  return new Refusal(isQuery(service) ? 'ValidationError' : 'ValidationException', message);
}

/** CloudTrail has an error for each part of a question (its API reference, LookupEvents); its sentences are not known. */
const inCloudTrail = (at: string): string => {
  if (at.startsWith('LookupAttributes')) return 'InvalidLookupAttributesException';
  return at === 'MaxResults' ? 'InvalidMaxResultsException' : 'InvalidEventCategoryException';
};

/** Organizations names a reason and says one sentence for it (its API reference, InvalidInputException). */
const inOrganizations: Readonly<Record<Finding['kind'], readonly [reason: string, message: string]>> = {
  missing: ['INPUT_REQUIRED', 'You must include a value for all required parameters.'],
  pattern: ['INVALID_PATTERN', 'You provided a value that does not match the required pattern.'],
  'too-long': ['MAX_LENGTH_EXCEEDED', 'You provided a string parameter that is longer than allowed.'],
  'too-short': ['MIN_LENGTH_EXCEEDED', 'You provided a string parameter that is shorter than allowed.'],
  'too-large': [
    'MAX_VALUE_EXCEEDED',
    'You provided a numeric parameter that has a larger value than allowed.',
  ],
  'too-small': [
    'MIN_VALUE_EXCEEDED',
    'You provided a numeric parameter that has a smaller value than allowed.',
  ],
  enum: ['INVALID_ENUM', 'You specified an invalid value.'],
  union: ['INVALID_PATTERN', 'You provided a value that does not match the required pattern.'],
  list: [
    'INVALID_LIST_MEMBER',
    'You provided a list to a parameter that contains at least one invalid value.',
  ],
};
