import { models, type ServiceModel } from '../../src/simulator/protocol/model.ts';
import { type Exchange, type Members, partsOf, type RecordedError } from './exchange.ts';

// Where the simulator's answer is not as the recorded one: in members, their types, or words. Ids, names and dates differ.

/** Members whose words count, whatever else an answer holds: why, and how an asynchronous request stands. */
const words = /(^|\.)(FailureReason|Reason|ResourceType|\w+Status\.Status)$/;

export interface Simulated {
  readonly status: number;
  readonly answer?: Members;
  readonly error?: RecordedError;
}

/** In the same situation: everything counts. */
export function differences(real: Exchange, simulated: Simulated): readonly string[] {
  if (real.error === undefined && simulated.error === undefined)
    return shape(real.answer, simulated.answer, '', real.abridged === true);
  if (real.error === undefined || simulated.error === undefined)
    return [`AWS: ${outcome(real)}, simulator: ${outcome(simulated)}`];
  const { name, status, message, members } = real.error;
  const other = simulated.error;
  const found = [
    ...(name === other.name ? [] : [`error ${name}, simulator: ${other.name}`]),
    ...(status === other.status ? [] : [`HTTP ${status}, simulator: ${other.status}`]),
    ...shape(members, other.members, 'error', real.abridged === true),
  ];
  const [ours, theirs] = [templateOf(other.message ?? ''), templateOf(message ?? '')];
  const alike = message === undefined || (real.abridged ? ours.startsWith(theirs) : ours === theirs);
  return alike ? found : [...found, `“${theirs}”, simulator: “${ours}”`];
}
/**
 * In another situation: what is there differs, so that only this counts: members that neither AWS's model nor the simulator
 * has, other types, and errors that the model does not have.
 */
export function unknownIn(real: Exchange, simulated: Simulated): readonly string[] {
  const [service, operation] = partsOf(real);
  const model = models[service];
  if (real.error !== undefined) {
    const { name } = real.error;
    const known = Object.entries(model.errors).some(([key, { code }]) => key === name || code === name);
    return known || common.test(name) ? [] : [`error ${name}: AWS’s model does not have it`];
  }
  const found = unknown(model, model.operations[operation]?.output ?? '', real.answer, simulated.answer, '');
  return [...new Set(found)];
}
/** What any service can answer with (“Common errors” in the API references), as far as it concerns us. */
const common =
  /^(AccessDenied|Throttling|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|Validation|InternalFailure)/;

function unknown(
  model: ServiceModel,
  name: string,
  real: unknown,
  simulated: unknown,
  at: string,
): readonly string[] {
  const shape = model.shapes[name];
  if (Array.isArray(real)) {
    const ours: unknown = Array.isArray(simulated) ? simulated[0] : undefined;
    return real.flatMap((item) => unknown(model, shape?.member ?? '', item, ours, `${at}[]`));
  }
  if (isObject(real))
    return Object.entries(real).flatMap(([key, item]) => {
      const place = at === '' ? key : `${at}.${key}`;
      const ours = isObject(simulated) ? simulated[key] : undefined;
      const member = shape?.members?.[key];
      if (member === undefined && ours === undefined && shape?.type !== 'map')
        return [`${place}: neither AWS’s model nor the simulator has it`];
      return unknown(model, member ?? shape?.value ?? '', item, ours, place);
    });
  if (simulated === undefined || real === null || typeOf(real) === typeOf(simulated)) return [];
  return [`${at}: ${typeOf(real)}, simulator: ${typeOf(simulated)}`];
}

const outcome = ({ error }: Pick<Simulated, 'error'>): string => error?.name ?? 'an answer';

function shape(real: unknown, simulated: unknown, at: string, abridged: boolean): readonly string[] {
  const [type, other] = [typeOf(real), typeOf(simulated)];
  if (type !== other) return [`${at}: ${type}, simulator: ${other}`];
  if (Array.isArray(real) && Array.isArray(simulated)) {
    const [first, ours] = [real[0] as unknown, simulated[0] as unknown];
    return first === undefined && ours === undefined ? [] : shape(first, ours, `${at}[]`, abridged);
  }
  if (isObject(real) && isObject(simulated)) {
    const names = new Set([...Object.keys(real), ...Object.keys(simulated)]);
    return [...names].flatMap((name) => {
      const place = at === '' ? name : `${at}.${name}`;
      if (!Object.hasOwn(real, name)) return abridged ? [] : [`${place}: absent, the simulator has it`];
      if (!Object.hasOwn(simulated, name)) return [`${place}: the simulator leaves it out`];
      const [value, ours] = [real[name], simulated[name]];
      if (!words.test(place) || typeof value !== 'string' || typeof ours !== 'string')
        return shape(value, ours, place, abridged);
      const [text, said] = [templateOf(value), templateOf(ours)];
      return text === said ? [] : [`${place}: “${text}”, simulator: “${said}”`];
    });
  }
  return [];
}
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

const ids: readonly (readonly [id: RegExp, stands: string])[] = [
  [/value=[^}]*/g, 'value=…'],
  [/([0-9a-f]{10}-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{id}'],
  [/\b(ssoins|ps|apl)-[0-9a-f]{16}/g, '$1-{}'],
  [/\bd-[0-9a-f]{10}\b/g, 'd-{}'],
  [/AWSSSO_[0-9a-f]{16}_/g, 'AWSSSO_{}_'],
  [/\b\d{12}\b/g, '{account}'],
  [/:(user|assumed-role)\/[\w+=,.@/-]+/g, ':{caller}'],
  [/:sts::|:iam::/g, ':iam::'],
];
/** AWS's words with what differs taken out. Sentences about several things, in whichever order. */
const templateOf = (message: string): string =>
  ids
    .reduce((text, [id, stands]) => text.replace(id, stands), message)
    .split(/, (?=User: )|(?<=detected): |; (?=Value )/)
    .sort()
    .join(' / ');
