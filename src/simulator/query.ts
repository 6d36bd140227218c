import { models, shapeNamed } from './model.ts';
import { Refusal } from './refusal.ts';

// AWS Query, as STS speaks it: parameters in, XML out.

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

export function inputFromQuery(operation: string, parameters: URLSearchParams): unknown {
  const shape = models.sts.operations[operation]?.input;
  return shape === undefined ? {} : read(shape, parameters, '');
}

/** `PolicyArns.member.1.arn=…` as nested data, typed by the model. */
function read(name: string, parameters: URLSearchParams, prefix: string): unknown {
  const shape = shapeNamed(models.sts, name);
  const below = (start: string): boolean => [...parameters.keys()].some((key) => key.startsWith(`${start}.`));
  const at = (key: string): string => (prefix === '' ? key : `${prefix}.${key}`);
  if (shape.type === 'structure')
    return Object.fromEntries(
      Object.entries(shape.members ?? {})
        .filter(([key]) => parameters.has(at(key)) || below(at(key)))
        .map(([key, member]) => [key, read(member, parameters, at(key))]),
    );
  if (shape.type === 'list') {
    const items: unknown[] = [];
    for (let n = 1; parameters.has(at(`member.${n}`)) || below(at(`member.${n}`)); n++)
      items.push(read(shape.member ?? '', parameters, at(`member.${n}`)));
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
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `<${key}>${xml(item)}</${key}>`)
    .join('');
}

export const xmlAnswer = (operation: string, output: unknown, requestId: string): string =>
  `<${operation}Response xmlns="${namespace}"><${operation}Result>${xml(output)}</${operation}Result>` +
  `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;

export const xmlRefusal = (code: string, message: string, requestId: string, status: number): string =>
  `<ErrorResponse xmlns="${namespace}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
  `<Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
