import { expect, onTestFinished, test, vi } from 'vitest';
import { translate } from '../../src/aws/errors.ts';
import { OutcomeUnknown } from '../../src/model/reader.ts';
import { unmarked } from '../../src/model/text/own-commands.ts';

const context = {
  actor: 'management',
  source: { kind: 'environment' },
  operation: 'sso:CreatePermissionSet',
  env: process.env,
} as const;
const withCode = (code: string, message: string): Error => Object.assign(new Error(message), { code });

test.each([
  ['ERR_MODULE_NOT_FOUND', 'Cannot find module'],
  ['ERR_INVALID_ARG_TYPE', 'The argument must be of type string'],
])('%s is this program’s own fault, and stays what it is', (code, message) => {
  const error = withCode(code, message);
  expect(translate(error, context)).toBe(error);
});

test.each([
  ['ERR_STREAM_PREMATURE_CLOSE', 'Premature close', 'no answer that can be used'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Hostname does not match', 'certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', 'certificate'],
  ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN sso.us-east-1.amazonaws.com', 'offline'],
  ['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/', 'no answer that can be used'],
])('%s leaves open what happened', (code, message, says) => {
  const error = translate(withCode(code, message), context);
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect((error as Error).message).toContain(says);
});

test.each([
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND sts.amazonaws.com'],
  ['ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.1:443'],
  ['ECONNRESET', 'socket hang up'],
  ['ETIMEDOUT', 'connect timed out'],
])('%s where a proxy is set: it is named, without its password, and what looks further', (code, message) => {
  const says = (): string => unmarked((translate(withCode(code, message), context) as Error).message);
  for (const name of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(says()).not.toContain('proxy');
  vi.stubEnv('HTTPS_PROXY', 'http://user:hunter2@proxy:3128');
  expect(says()).toMatch(/HTTPS_PROXY names a proxy, http:\/\/proxy:3128\..*cw-runbook doctor$/);
  expect(says()).not.toContain('hunter2');
});

const echo = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.

The Canonical String for this request should have been
'POST
/

host:sts.us-east-1.amazonaws.com
x-amz-date:20261130T025600Z
x-amz-security-token:IQoJb3JpZ2luX2VjTheToken0123456789==

host;x-amz-date;x-amz-security-token
abc'
`;
test.each([
  ['SignatureDoesNotMatch', 403],
  ['InvalidSignatureException', 400],
  ['AccessDeniedException', 400],
  ['InternalFailure', 500],
])('%s: AWS repeats the request with its session token, which is not passed on', (name, httpStatusCode) => {
  const error = Object.assign(new Error(echo), { name, $metadata: { httpStatusCode, requestId: 'r' } });
  const { message } = translate(error, context) as Error;
  expect(message).not.toContain('TheToken');
  expect(message).toContain(httpStatusCode < 500 ? 'The request signature we calculated' : name);
});

test.each([
  'X-Amz-Security-Token: IQoTheToken0123==',
  '{"headers":{"x-amz-security-token":"IQoTheToken0123=="}}',
  'x-amz-security-token=IQoTheToken0123==&x',
  'Authorization: AWS4-HMAC-SHA256 Credential=TheToken/20261130, Signature=TheToken',
])('a header that a server repeats in words of its own is not passed on: %s', (text) => {
  const $metadata = { httpStatusCode: 403, requestId: 'r' };
  const { message } = translate(
    Object.assign(new Error(text), { name: 'BadRequest', $metadata }),
    context,
  ) as Error;
  expect(message).not.toContain('TheToken');
  expect(message).toContain('(not shown)');
});

test.each([400, 503])('HTTP %i with a message without end: it is cut where it enters', (httpStatusCode) => {
  const error = Object.assign(new Error('x'.repeat(300_000)), {
    name: 'ServiceException',
    $metadata: { httpStatusCode, requestId: 'r' },
  });
  const { message } = translate(error, context) as Error;
  expect(message.length).toBeLessThan(2_300);
  expect(message).toContain('it has 300,000 characters');
});

test('a message that is no text is told as it came', () => {
  const error = Object.assign(new Error(), {
    name: 'AccessDeniedException',
    message: { a: 1 },
    $metadata: { httpStatusCode: 400, requestId: 'r' },
  });
  expect((translate(error, context) as Error).message).toBe('{"a":1}');
});
