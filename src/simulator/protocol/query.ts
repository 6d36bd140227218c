import { models, type QueryService, type ServiceModel, shapeNamed } from './model.ts';
import { Refusal } from './refusal.ts';

// AWS Query, as STS and IAM speak it: parameters in, XML out.

/** The version of the API that a request has to name (service models of sts and iam). */
export const versions: Readonly<Record<QueryService, string>> = { sts: '2011-06-15', iam: '2010-05-08' };
const namespace = (service: QueryService): string =>
  `https://${service}.amazonaws.com/doc/${versions[service]}/`;

/**
 * An operation's input, taken from the parameters and typed by the service's model. Throws `Refusal` where a number is
 * none.
 */
export function inputFromQuery(
  service: QueryService,
  operation: string,
  parameters: URLSearchParams,
): unknown {
  const shape = models[service].operations[operation]?.input;
  return shape === undefined ? {} : read(models[service], shape, parameters, '');
}

/** `PolicyArns.member.1.arn=…` as nested data, typed by the model. */
function read(model: ServiceModel, name: string, parameters: URLSearchParams, prefix: string): unknown {
  const shape = shapeNamed(model, name);
  const below = (start: string): boolean => [...parameters.keys()].some((key) => key.startsWith(`${start}.`));
  const at = (key: string): string => (prefix === '' ? key : `${prefix}.${key}`);
  if (shape.type === 'structure')
    return Object.fromEntries(
      Object.entries(shape.members ?? {})
        .filter(([key]) => parameters.has(at(key)) || below(at(key)))
        .map(([key, member]) => [key, read(model, member, parameters, at(key))]),
    );
  if (shape.type === 'list') {
    const items: unknown[] = [];
    for (let n = 1; parameters.has(at(`member.${n}`)) || below(at(`member.${n}`)); n++)
      items.push(read(model, shape.member ?? '', parameters, at(`member.${n}`)));
    return items;
  }
  const text = parameters.get(prefix) ?? '';
  if (shape.type !== 'integer') return text;
  if (!/^-?\d+$/.test(text)) throw new Refusal('MalformedInput', `'${text}' at '${prefix}' is no integer.`);
  return Number(text);
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']|[^\t\n\r -\ud7ff\ue000-\ufffd]/gu, (c) =>
    /[&<>"']/.test(c) || (c.codePointAt(0) ?? 0) > 0xffff ? `&#${c.codePointAt(0)};` : '\ufffd',
  );
function xml(value: unknown): string {
  if (value instanceof Date) return `${value.toISOString().slice(0, 19)}Z`;
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `<${key}>${xml(item)}</${key}>`)
    .join('');
}

/** An answer as XML: the result, and the request's id. Members that are `undefined` are left out. */
export const xmlAnswer = (
  service: QueryService,
  operation: string,
  output: unknown,
  requestId: string,
): string =>
  `<${operation}Response xmlns="${namespace(service)}"><${operation}Result>${xml(output)}</${operation}Result>` +
  `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;

/** A refusal as XML. `status`: HTTP; below 500 the sender is at fault. */
export const xmlRefusal = (
  service: QueryService,
  { code, message, status }: { readonly code: string; readonly message: string; readonly status: number },
  requestId: string,
): string =>
  `<ErrorResponse xmlns="${namespace(service)}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
  `<Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
