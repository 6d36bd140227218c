import { pipeline, type Readable, Transform } from 'node:stream';
import type { Operation } from '../model/operations.ts';
import { answerShapes } from './answer-shapes.ts';
import type { Middleware } from './operations.ts';

/** What came as the body of an answer. `why`: it is none of AWS's form, whatever the SDK makes of it. */
export interface Body {
  why?: string;
}
interface Response {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  body?: unknown;
}
/** So much shows how an answer begins. */
const enough = 4_096;

/**
 * Looks how the body of an answer begins, while the SDK reads the same bytes. The SDK takes a list, a number, nothing and
 * any XML for an answer without members: for a write that would be success, for a list that it is empty.
 */
export const watchBody =
  (operation: Operation, body: Body): Middleware =>
  (next) =>
  async (args) => {
    delete body.why; // another try
    const given = await next(args);
    const { response } = given as { readonly response?: Response };
    const from = response?.body;
    if (!response || !isStream(from)) return given;
    let head = '';
    const looked = new Transform({
      transform: (chunk: Buffer, _, done) => {
        if (head.length < enough) head += chunk.toString('latin1');
        done(null, chunk);
      },
      flush: (done) => {
        const why = wrongWith(operation, response, head.trimStart());
        if (why !== undefined) body.why = why;
        done();
      },
    });
    pipeline(from, looked, () => undefined); // what breaks the one breaks the other
    response.body = looked;
    return given;
  };

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
