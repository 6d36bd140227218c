import { expect, test } from 'vitest';
import { simulated } from './simulated.ts';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: Readonly<Record<string, string & number>>;
}
/** The sign-in service of a simulator, asked as any client asks it: JSON, unsigned. */
async function service() {
  const { url, pass, ledger } = await simulated('fresh');
  const ask = async (path: string, body: object): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    return {
      status: answer.status,
      type: answer.headers.get('x-amzn-errortype'),
      body: (await answer.json()) as Answer['body'],
    };
  };
  const order = async (body: object): Promise<Response> =>
    fetch(`${url}/_faults`, { method: 'POST', body: JSON.stringify(body) });
  const client = (await ask('/client/register', { clientName: 'a test', clientType: 'public' })).body;
  const { clientId, clientSecret } = client;
  const begin = (more: object = {}) =>
    ask('/device_authorization', {
      ...{ clientId, clientSecret, startUrl: 'https://d-1.awsapps.com/start' },
      ...more,
    });
  const poll = (deviceCode: string | undefined) =>
    ask('/token', {
      ...{ clientId, clientSecret, deviceCode },
      grantType: 'urn:ietf:params:oauth:grant-type:device_code',
    });
  return { url, pass, ledger, ask, order, begin, poll };
}

test.each([
  ['authorization_pending', 400, 'AuthorizationPendingException'],
  ['slow_down', 400, 'SlowDownException'],
  ['access_denied', 400, 'AccessDeniedException'],
  ['expired_token', 400, 'ExpiredTokenException'],
  ['invalid_grant', 400, 'InvalidGrantException'],
  ['unauthorized_client', 400, 'UnauthorizedClientException'],
  ['invalid_client', 401, 'InvalidClientException'],
  ['server_error', 500, 'InternalServerException'],
])('ordered: %s, as the sign-in service says it, once, and then the token', async (error, status, type) => {
  const { begin, poll, order } = await service();
  const { deviceCode } = (await begin()).body;
  await order({ fault: 'sign-in-answers', error });
  expect(await poll(deviceCode)).toMatchObject({ status, type, body: { error } });
  expect(await poll(deviceCode)).toMatchObject({
    status: 200,
    body: { tokenType: 'Bearer', expiresIn: 3600 },
  });
});

test('codes differ, and the page that people are sent to can be ordered', async () => {
  const { begin, order, url } = await service();
  const one = (await begin()).body;
  expect(one.userCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
  expect(one.verificationUriComplete).toBe(`${url}/_device?user_code=${one.userCode}`);
  await order({ fault: 'sign-in-page', page: 'https://elsewhere.example.com/' });
  const other = (await begin()).body;
  expect(other.userCode).not.toBe(one.userCode);
  expect(other.verificationUri).toBe('https://elsewhere.example.com/');
});

test('refused: a code that ran out, a client of nobody’s, a start that says not where', async () => {
  const { begin, poll, pass, ask } = await service();
  const { deviceCode } = (await begin()).body;
  pass(600_000);
  expect(await poll(deviceCode)).toMatchObject({ type: 'ExpiredTokenException' });
  expect(await begin({ clientSecret: 'other' })).toMatchObject({ type: 'InvalidClientException' });
  expect(await begin({ startUrl: '' })).toMatchObject({ type: 'InvalidRequestException' });
  expect(await ask('/client/register', {})).toMatchObject({ type: 'InvalidRequestException' });
});

test('its faults strike nothing of AWS’s, and AWS’s nothing of it', async () => {
  const { begin, poll, order } = await service();
  expect(await (await order({ fault: 'sign-in-answers', operation: 'sso:ListInstances' })).json()).toEqual({
    message:
      'The sign-in service has no operation “sso:ListInstances”. It has sso-oauth:RegisterClient, sso-oauth:StartDeviceAuthorization, sso-oauth:CreateToken',
  });
  expect(await (await order({ fault: 'sign-in-answers', error: 'nonsense' })).json()).toMatchObject({
    message: expect.stringMatching(/^error must be one of authorization_pending, /),
  });
  await order({ fault: 'throttle-burst' });
  const { deviceCode } = (await begin()).body;
  expect((await poll(deviceCode)).status).toBe(200);
});
