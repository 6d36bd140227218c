// Stands in for the AWS CLI's `aws sso login --profile P`: reads the profile, asks the sign-in service for a token by the
// device flow, and writes it where the CLI writes it. Knows nothing else.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const [group, command, flag, profile] = process.argv.slice(2);
if (group === '--version') {
  process.stdout.write(`aws-cli/${process.env.STAND_IN_IS_OLD ? '1.44.2' : '2.32.1'} Python/3.13.9 Linux\n`);
  process.exit(0);
}
if (group !== 'sso' || command !== 'login' || flag !== '--profile')
  throw new Error(`the stand-in does not know aws ${process.argv.slice(2).join(' ')}`);
if (process.env.STAND_IN_FAILS) {
  process.stderr.write('The browser was closed.\n');
  process.exit(255);
}
if (process.env.STAND_IN_IS_OLD) {
  // Version 1 of the AWS CLI, which knows the service sso and no log-in.
  process.stderr.write(
    `usage: aws [options] <command> <subcommand>\naws: error: argument operation: Invalid choice, valid choices are:\n\n${'get-role-credentials | list-accounts\n'.repeat(99)}help\n`,
  );
  process.exit(2);
}
const sections = {};
let section;
for (const line of readFileSync(process.env.AWS_CONFIG_FILE, 'utf8').split('\n')) {
  const [, name] = /^\[(.*)\]$/.exec(line) ?? [];
  if (name !== undefined) sections[name] = section = {};
  const [, key, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
  if (key !== undefined) section[key] = value;
}
const session = sections[`profile ${profile}`].sso_session;
const { sso_start_url: startUrl, sso_region: region } = sections[`sso-session ${session}`];
const service = process.env.AWS_ENDPOINT_URL_SSO_OIDC ?? process.env.AWS_ENDPOINT_URL;
const ask = async (path, body) => {
  const answer = await fetch(`${service}${path}`, { method: 'POST', body: JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(told)}`);
  return told;
};
const client = await ask('/client/register', { clientName: 'stand-in', clientType: 'public' });
const { clientId, clientSecret } = client;
const device = await ask('/device_authorization', { clientId, clientSecret, startUrl });
process.stdout.write(`Go to ${device.verificationUriComplete} and enter ${device.userCode}\n`);
const token = await ask('/token', {
  clientId,
  clientSecret,
  grantType: 'urn:ietf:params:oauth:grant-type:device_code',
  deviceCode: device.deviceCode,
});
const lasts = Number(process.env.STAND_IN_LASTS ?? token.expiresIn); // seconds
const folder = join(homedir(), '.aws', 'sso', 'cache');
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, `${createHash('sha1').update(session).digest('hex')}.json`),
  JSON.stringify({
    startUrl,
    region,
    accessToken: token.accessToken,
    expiresAt: new Date(Date.now() + lasts * 1000).toISOString().replace(/\.\d+Z/, 'Z'),
    clientId,
    clientSecret,
    registrationExpiresAt: new Date(client.clientSecretExpiresAt * 1000).toISOString().replace(/\.\d+Z/, 'Z'),
    refreshToken: token.refreshToken,
  }),
  { mode: 0o600 },
);
process.stdout.write('Successfully logged into Start URL.\n');
