import type { Answer } from './codec.ts';
import type { Received } from './signature.ts';

// What AWS's front door says before it knows which service is asked. Source: AWS's "Common errors", and what others saw
// of services that speak the same protocols.

const headers = (requestId: string) => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amzn-requestid': requestId,
});

/**
 * The answer to what names no operation of any service: in JSON where it comes as AWS JSON, else a page that is not
 * there.
 */
export function unknownOperation({ method, headers: given }: Received, requestId: string): Answer {
  const isJson = given['content-type']?.startsWith('application/x-amz-json') === true;
  return method === 'POST' && isJson
    ? { status: 400, headers: headers(requestId), body: '{"__type":"UnknownOperationException"}' }
    : {
        status: 404,
        headers: { 'x-amzn-requestid': requestId },
        body: '<UnknownOperationException/>\n',
      };
}

/** The answer to a body that is larger than `receive` takes. */
export const tooLarge = (requestId: string): Answer => ({
  status: 413,
  headers: headers(requestId),
  body: JSON.stringify({
    __type: 'RequestEntityTooLargeException',
    message: 'The request entity is too large.',
  }),
});
