import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { certificateOf } from '../../src/simulator/protocol/certificate.ts';
import { bench } from '../faults/bench.ts';
import { all } from './bench.ts';

const authorization = `Basic ${Buffer.from('ann:s3cr3t words').toString('base64')}`;
/**
 * What stands at the edge of a company's network. AWS's own names lead to the simulator, over TLS; `hosts` is what was
 * asked for. Without the right name and password nothing is let through.
 */
async function edge({ url }: { readonly url: string }, region: string) {
  const { key, cert } = certificateOf(
    'AWS',
    ['', `.${region}`, `.portal.sso.${region}`].map((part) => `*${part}.amazonaws.com`),
  );
  const aws = createTlsServer({ key, cert }, (socket) => {
    const simulator = connect(Number(new URL(url).port), '127.0.0.1');
    socket.pipe(simulator).pipe(socket);
    socket.on('error', () => simulator.destroy());
    simulator.on('error', () => socket.destroy());
  });
  const hosts: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    hosts.push(request.url ?? '');
    socket.on('error', () => socket.destroy());
    if (request.headers['proxy-authorization'] !== authorization)
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const through = connect(portOf(aws), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(through).pipe(socket);
    });
    return through.on('error', () => socket.destroy());
  });
  for (const server of [aws, proxy]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
  }
  return { cert, hosts, port: portOf(proxy) };
}
const portOf = (server: { address(): unknown }): number =>
  (server.address() as { readonly port: number }).port;

async function behind() {
  const at = await bench();
  const { cert, hosts, port } = await edge(at.simulator, at.simulator.region);
  const trusted = join(at.home, 'company.pem');
  await writeFile(trusted, cert);
  const aws = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', NODE_EXTRA_CA_CERTS: trusted };
  const env = { ...aws, HTTPS_PROXY: `http://ann:s3cr3t%20words@127.0.0.1:${port}` };
  return { at, hosts, port, env };
}

test('a whole run through the proxy that HTTPS_PROXY names; its password is written nowhere', async () => {
  const { at, hosts, env } = await behind();
  const ended = await at.run({ env, shipped: true });
  expect(ended, ended.err).toMatchObject({ code: 0, err: '' });
  expect((await at.ledger()).effects.map(({ operation }) => operation)).toEqual(all);
  expect([...new Set(hosts)]).toEqual(
    expect.arrayContaining([
      'sts.us-east-1.amazonaws.com:443',
      'organizations.us-east-1.amazonaws.com:443',
      `sso.${at.simulator.region}.amazonaws.com:443`,
    ]),
  );
  const written = await Promise.all(
    (await readdir(at.state, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
  );
  expect(`${written.join('\n')}${ended.out}`).not.toMatch(/s3cr3t/);
});

test('credentials that are asked for come through the proxy too: a log-in’s, and a role’s', async () => {
  const { at, hosts, env } = await behind();
  await writeFile(
    join(at.home, 'aws', 'config'),
    [
      '[profile role]',
      `region = ${at.simulator.region}`,
      'source_profile = management',
      `role_arn = arn:aws:iam::${at.delegate}:role/OrganizationAccountAccessRole`,
      '',
      '[profile portal]',
      'sso_session = company',
      `sso_account_id = ${at.delegate}`,
      'sso_role_name = AWSAdministratorAccess',
      '',
      '[sso-session company]',
      'sso_start_url = https://company.awsapps.com/start',
      `sso_region = ${at.simulator.region}`,
      '',
    ].join('\n'),
  );
  const cache = join(at.home, '.aws', 'sso', 'cache');
  await mkdir(cache, { recursive: true });
  await writeFile(
    join(cache, `${createHash('sha1').update('company').digest('hex')}.json`),
    JSON.stringify({ accessToken: 'token', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
  );
  for (const profile of ['portal', 'role'])
    await at.start(['doctor', '--profile', profile], { ...env, HOME: at.home }).ended;
  expect(hosts).toContain(`portal.sso.${at.simulator.region}.amazonaws.com:443`);
  expect(hosts).toContain(`sts.${at.simulator.region}.amazonaws.com:443`);
});

test('what the proxy answers is said: a name and a password are wanted; none is there', async () => {
  const { at, env, port } = await behind();
  const nameless = await at.start(['doctor', '--profile', 'management'], {
    ...env,
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
  }).ended;
  expect(nameless.out).toMatch(
    /^fails +network: .*the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) requires a name and a password \(HTTP 407\)/m,
  );
  const nobody = await at.start(['doctor', '--profile', 'management'], {
    ...env,
    HTTPS_PROXY: 'http://ann:s3cr3t@127.0.0.1:9',
  }).ended;
  expect(nobody.out).toMatch(
    /^fails +network: .*the proxy http:\/\/127\.0\.0\.1:9 \(HTTPS_PROXY\) cannot be reached \(ECONNREFUSED\)/m,
  );
  expect(nobody.out).not.toContain('s3cr3t');
  expect([nameless.code, nobody.code]).toEqual([3, 3]);
});

test('a proxy that is none of http is refused before any credentials are used', async () => {
  const { at, env } = await behind();
  const ended = await at.run({
    env: { ...env, HTTPS_PROXY: 'socks5://ann:s3cr3t@127.0.0.1:1080' },
    shipped: true,
  });
  expect(ended.code).toBe(6);
  expect(ended.err).toMatch(/HTTPS_PROXY names a proxy of socks5: only those of http and https can be used/);
  expect(ended.err).not.toContain('s3cr3t');
  expect((await at.ledger()).requests.filter(({ userAgent }) => userAgent.includes('cw-runbook'))).toEqual(
    [],
  );
});
