import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import { expect, test } from 'vitest';
import { live, portal } from '../login/portal.ts';

const who = (profile: string, endpoint: string) => {
  const credentials = fromIni({ profile, ignoreCache: true });
  return new STSClient({ region: 'us-east-1', endpoint, credentials }).send(new GetCallerIdentityCommand({}));
};

test('the portal gives a role’s credentials for a token, and the role has the name that AWS gives it', async () => {
  const at = await portal();
  live(at);
  await at.logIn();
  const { Arn } = await who('management-sso', at.simulator.url);
  const [management] = at.simulator.accounts;
  expect(Arn).toMatch(
    new RegExp(
      `^arn:aws:sts::${management?.id}:assumed-role/AWSReservedSSO_AWSAdministratorAccess_[0-9a-f]{16}/runbook-operator$`,
    ),
  );
});

test('a token that runs out is refreshed by its refresh token, and the new one is kept', async () => {
  const at = await portal();
  live(at);
  await at.logIn(1);
  const before = await at.token();
  await who('management-sso', at.simulator.url);
  const after = await at.token();
  expect(after.accessToken).not.toBe(before.accessToken);
  expect(Date.parse(after.expiresAt)).toBeGreaterThan(Date.now() + 3_000_000);
  expect(await at.asked()).toEqual([
    'sso-oauth:RegisterClient',
    'sso-oauth:StartDeviceAuthorization',
    'sso-oauth:CreateToken',
    'sso-oauth:CreateToken',
    'portal:GetRoleCredentials',
    'sts:GetCallerIdentity',
  ]);
});

test('refused: a token of nobody’s, a role that the user does not have, a client that did not register', async () => {
  const at = await portal();
  await at.logIn();
  const { accessToken } = await at.token();
  const [management] = at.simulator.accounts;
  const ask = async (role: string, token: string) => {
    const address = `${at.simulator.url}/federation/credentials?role_name=${role}&account_id=${management?.id}`;
    const answer = await fetch(address, { headers: { 'x-amz-sso_bearer_token': token } });
    return [answer.status, answer.headers.get('x-amzn-errortype'), await answer.json()];
  };
  expect(await ask('AWSAdministratorAccess', 'no-token')).toEqual([
    401,
    'UnauthorizedException',
    { message: 'Session token not found or invalid' },
  ]);
  expect(await ask('PowerUserAccess', accessToken)).toEqual([
    403,
    'ForbiddenException',
    { message: 'No access' },
  ]);
  const body = JSON.stringify({ clientId: 'a', clientSecret: 'b', grantType: 'refresh_token' });
  const answer = await fetch(`${at.simulator.url}/token`, { method: 'POST', body });
  expect([answer.status, await answer.json()]).toEqual([
    401,
    { error: 'invalid_client', error_description: 'Invalid client provided' },
  ]);
});

test('who has a set by an assignment gets it in that account', async () => {
  const at = await portal({ scenario: 'existing-set-with-admin', seed: 'portal' });
  await at.logIn();
  const { accessToken } = await at.token();
  const set = 'CodeWhisperer_administrator';
  for (const { id } of at.simulator.accounts) {
    const address = `${at.simulator.url}/federation/credentials?role_name=${set}&account_id=${id}`;
    const answer = await fetch(address, { headers: { 'x-amz-sso_bearer_token': accessToken } });
    expect(answer.status).toBe(403); // the operator is not the administrator
  }
});
