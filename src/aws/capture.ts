import { parseXML } from '@aws-sdk/xml-builder';
import type { Answered, Told } from '../model/exchange/exchange.ts';
import { isObject } from '../model/exchange/shapes.ts';
import type { Service } from '../model/operations/sdk.ts';
import { isRead, isWrite, type Operation } from '../model/operations.ts';
import type { Middleware } from './operations.ts';
import { wholeBody } from './whole-answer.ts';

/**
 * Hands on every answer of a service as it came, before the SDK leaves out what it does not know. It sits in the clients
 * that the runbook’s own operations go through, and lets whatever else pass: sessions are had through clients of the SDK's
 * own, where it never is.
 */
export const capture =
  (service: Service, at: Answered['at'], tell: Told): Middleware =>
  (next, { commandName = '' }) =>
  async (args) => {
    const given = await next(args);
    const operation = `${service}:${commandName.replace(/Command$/, '')}`;
    const { response } = given as { readonly response?: Response };
    if (!response || !isOurs(operation)) return given;
    const bytes = await wholeBody(response);
    if (!bytes) return given;
    const { statusCode: status, headers = {} } = response;
    const text = Buffer.from(bytes).toString();
    const xml = service === 'iam' || service === 'sts';
    const read = xml ? ofXml(text, status) : ofJson(text, status, headers['x-amzn-errortype']);
    tell({ operation, input: args.input, at, status, speaks: xml ? 'xml' : 'json', ...read });
    return given;
  };

interface Response {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  body?: unknown;
}
type Read = Pick<Answered, 'error' | 'body'>;

const isOurs = (operation: string): operation is Operation =>
  isRead(operation) || isWrite(operation as Operation);

function parsed(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The name without its namespace before it and the address behind it: `com.amazonaws.sso#ConflictException:http://…`. */
const bare = (type: string): string => type.replace(/^.*#/, '').replace(/:.*$/s, '');

function ofJson(text: string, status: number, header: string | undefined): Read {
  const body = text === '' ? {} : parsed(JSON.parse, text);
  if (status < 400 || !isObject(body)) return { body };
  const named = [header, body.__type, body.code].find((one) => typeof one === 'string' && one !== '');
  return named === undefined ? { body: undefined } : { body, error: bare(String(named)) };
}

function ofXml(text: string, status: number): Read {
  const [root] = Object.entries(Object(parsed(parseXML, text)) as object);
  const [name = '', inside] = root ?? [];
  if (!isObject(inside)) return { body: undefined };
  if (status >= 400) {
    const { Code, Type: _, ...members } = isObject(inside.Error) ? inside.Error : {};
    return typeof Code === 'string' ? { body: members, error: Code } : { body: undefined };
  }
  return { body: inside[name.replace(/Response$/, 'Result')] };
}
