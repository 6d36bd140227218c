import { expect, test } from 'vitest';
import { CredentialsError, OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { eventually } from '../eventually.ts';
import { answering, json, tags, thrown, timeStands, to, write } from './hostile.ts';

/** For an answer that begins and does not end: the socket's own time-out, which no test can let pass. */
const brief = { connect: 60_000, answer: 1_000 };

test.each([
  ['the connection is reset after the request was read', 'broke'],
  ['the connection is closed without an answer', 'broke'],
  ['AWS answers 500', 'HTTP 500'],
  ['AWS answers 503 with a page', 'HTTP 503'],
  ['half of the answer arrives', 'broke'],
  ['no answer arrives', 'no answer in time'],
  ['the answer begins and does not end', 'no answer in time'],
  ['a page of a network answers 200', 'not AWS'],
] as const)('a write is sent once when %s, and the outcome is unclear', async (what, says) => {
  const pass = what === 'no answer arrives' ? timeStands() : undefined;
  const { url, got } = await answering((response) => {
    pass?.();
    if (what.includes('reset')) response.socket?.resetAndDestroy();
    else if (what.includes('closed')) response.destroy();
    else if (what.includes('500')) json(response, 500, { __type: 'InternalServerException', message: 'oh' });
    else if (what.includes('503')) response.writeHead(503).end('<html>Service Unavailable</html>');
    else if (what.includes('half')) {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"PermissionSet":{', () => response.destroy());
    } else if (what.includes('begins')) {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"PermissionSet":{');
    } else if (what.includes('page of'))
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Log in</body></html>');
  });
  const error = await thrown(
    to(url, undefined, what === 'the answer begins and does not end' ? brief : undefined).send(write, tags),
  );
  expect(error).toBeInstanceOf(OutcomeUnknown);
  expect((error as Error).message).toContain('sso:CreatePermissionSet');
  expect((error as Error).message).toContain(says);
  expect((error as Error).message).not.toContain('    at ');
  await eventually(() => expect(got).toHaveLength(1));
});

test('a write that is throttled is refused, and not sent again', async () => {
  const { url, got } = await answering((response) =>
    json(response, 400, { __type: 'ThrottlingException', message: 'Rate exceeded' }),
  );
  const error = await thrown(to(url).send(write, tags));
  expect(error).toBeInstanceOf(RequestRejected);
  expect(error).toMatchObject({ code: 'ThrottlingException', requestId: 'req-1', message: 'Rate exceeded' });
  expect(got).toHaveLength(1);
});

test('a write with an expired session was not done', async () => {
  const { url, got } = await answering((response) =>
    json(response, 400, {
      __type: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    }),
  );
  const error = await thrown(to(url).send(write, tags));
  expect(error).toBeInstanceOf(CredentialsError);
  expect((error as Error).message).toContain('expired');
  expect(got).toHaveLength(1);
});

test('the user agent names program, run and attempt, in characters that it may hold', async () => {
  const { url, got } = await answering((response) => json(response, 200, { PermissionSet: { Name: 'x' } }));
  const reply = await to(url).send(write, { run: '01RUN', attempt: 'assign/create #2 ü' });
  expect(reply).toEqual({ output: { PermissionSet: { Name: 'x' } }, requestId: 'req-1' });
  const agent = got[0]?.headers['user-agent'];
  expect(agent).toContain('cw-runbook/0.1.0');
  expect(agent).toMatch(/ md\/run#01RUN md\/act#assign-create-2-$/);
});

test('no write goes through a reading client', async () => {
  const { url, got } = await answering((response) => json(response, 200, {}));
  const aws = to(url) as unknown as { read(operation: string, input: object): Promise<unknown> };
  await expect(aws.read(write.operation, write.input)).rejects.toThrow(
    'must not go through a reading client',
  );
  expect(got).toEqual([]);
});

test('a way into AWS keeps reading and writing apart after both were used', async () => {
  const { url, got } = await answering((response, { operation }) =>
    operation === 'ListInstances' ? json(response, 200, { Instances: [] }) : json(response, 500, {}),
  );
  const aws = to(url);
  await aws.read('sso:ListInstances', {});
  expect(await thrown(aws.send(write, tags))).toBeInstanceOf(OutcomeUnknown);
  await aws.read('sso:ListInstances', {});
  expect(got.map(({ operation }) => operation)).toEqual([
    'ListInstances',
    'CreatePermissionSet',
    'ListInstances',
  ]);
});
