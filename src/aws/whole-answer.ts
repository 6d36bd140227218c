import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Operation } from '../model/operations.ts';
import type { Limit } from '../model/reader.ts';
import { answerShapes } from './answer-shapes.ts';
import type { Middleware } from './operations.ts';

/** What came as the body of an answer. `why`: it is none of AWS's form, whatever the SDK makes of it. */
export interface Body {
  why?: string;
  instead?: object; // what whoever asked has read of it already
}
interface Response {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  body?: unknown;
}
/** So much shows how an answer begins. */
const enough = 4_096;

/**
 * Looks how the body of an answer begins, before the SDK reads it. The SDK takes a list, a number, nothing and any XML for
 * an answer without members: for a write that would be success, for a list that it is empty.
 */
export const watchBody =
  (operation: Operation, body: Body, skim?: Limit['skim']): Middleware =>
  (next) =>
  async (args) => {
    delete body.why; // another try
    delete body.instead;
    const given = await next(args);
    const { response } = given as { readonly response?: Response };
    const bytes = response && (await wholeBody(response));
    if (!response || !bytes) return given;
    const head = Buffer.from(bytes.subarray(0, enough)).toString('latin1');
    const why = wrongWith(operation, response, head.trimStart());
    if (why !== undefined) body.why = why;
    else if (response.statusCode === 200) skimmed(response, bytes, body, skim);
    return given;
  };

/** What was read of it is not taken apart once more by the SDK, which gets an answer without members. */
function skimmed(response: Response, bytes: Uint8Array, body: Body, skim: Limit['skim']): void {
  const instead = skim?.(bytes);
  if (instead === undefined) return;
  body.instead = instead;
  response.body = Buffer.from('{}');
}

/**
 * The bytes of an answer, once all of them have come; it has them from then on in the place of what they came through, and
 * the SDK takes them as they are. Undefined where it has no body. Throws what broke it off.
 */
export async function wholeBody(response: { body?: unknown }): Promise<Uint8Array | undefined> {
  const { body } = response;
  if (body instanceof Uint8Array) return body;
  if (!isStream(body)) return undefined;
  const chunks: Buffer[] = [];
  body.on('data', (chunk: Buffer) => chunks.push(chunk));
  await finished(body);
  const bytes = Buffer.concat(chunks);
  response.body = bytes;
  return bytes;
}
const isStream = (body: unknown): body is Readable =>
  typeof body === 'object' && body !== null && 'pipe' in body && typeof body.pipe === 'function';

function wrongWith(
  operation: Operation,
  { statusCode, headers = {} }: Response,
  head: string,
): string | undefined {
  const isError = statusCode >= 300;
  // The name of an error may stand in a header alone.
  if (isError && headers['x-amzn-errortype']) return undefined;
  const [service, name = ''] = operation.split(':');
  if (service === 'sts' || service === 'iam') {
    const wanted = isError ? '(ErrorResponse|Response)' : `${name}Response`;
    const declared = '(<\\?xml[^>]*>\\s*)?(<!--[^>]*-->\\s*)*';
    return new RegExp(`^${declared}<${wanted}[\\s>]`).test(head) ? undefined : `it is ${formOf(head)}`;
  }
  if (head.startsWith('{')) return undefined;
  const isBare = Object.keys(answerShapes[operation]).length === 0;
  return head === '' && !isError && isBare ? undefined : `it is ${formOf(head)}`;
}

function formOf(head: string): string {
  if (head === '') return 'empty';
  if (/^<(!doctype|html)/i.test(head)) return 'a page of HTML';
  if (head.startsWith('<')) return 'XML of another kind';
  if (head.startsWith('{')) return 'JSON';
  if (head.startsWith('[')) return 'a list';
  return /^("|-?\d|true|false|null)/.test(head) ? 'a single value' : 'neither JSON nor XML';
}
