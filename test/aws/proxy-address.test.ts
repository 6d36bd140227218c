import { createServer } from 'node:http';
import { connect as dial } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { network } from '../../src/aws/checkup/surroundings.ts';
import { connect } from '../../src/aws/client.ts';
import { LocalConfigError } from '../../src/aws/settings/local-config-error.ts';
import { describeProxy, isDirect, proxyIn } from '../../src/aws/settings/proxy.ts';
import { CredentialsError } from '../../src/model/reader.ts';
import { environment, thrown } from './hostile.ts';

const secret = /2024|Winter|W1nter|jdoe|CORP/i;

/** What cannot be what was meant: a password that ends the host, slashes that turn a scheme into one, no host at all. */
const refused = [
  'http://jdoe:2024#Winter!@proxy:8080',
  'http://jdoe:2024?Winter@proxy:8080',
  'http://jdoe:2024/Winter@proxy:8080',
  'http://jdoe:2024\\Winter@proxy:8080',
  'http://CORP\\jdoe:Winter@proxy:8080',
  'CORP\\jdoe:Winter@proxy:8080',
  'jdoe:2024#Winter@proxy:8080',
  'http://jdoe:2024%Winter@proxy:8080',
  'http://jdoe:Winter%@proxy:8080',
  'http://jdoe%zz:Winter@proxy:8080',
  'http://jdoe:Win\tter@proxy:8080',
  'http://jdoe:Win\nter@proxy:8080',
  'http://jdoe:Winter2024',
  'http://jdoe:2024Winter@',
  'http://jdoe:Winter%40proxy:8080',
  'http://jdoe:Winter@pro xy:8080',
  'http://jdoe:Winter@[proxy]:8080',
  'http://jdoe:Winter@proxy:80a',
  'http://jdoe:Winter@proxy:99999',
  'http://jdoe:Winter@:8080',
  'http://jdoe:Winter@2024:8080',
  'https//jdoe:Winter@proxy:8080',
  'https//proxy',
  'http//proxy:8080',
  'http:/proxy',
  'http:/proxy:8080',
  'http:proxy:8080',
  'http:\\\\proxy:8080',
  'http:///proxy:8080',
  'http:////proxy',
  '//proxy:8080',
  '://proxy',
  'http://',
  'http://proxy/wpad.dat',
  'http://http://proxy:8080',
  'jdoe:Winter://proxy:8080',
  'http://jdoe@Winter:2024:proxy',
];
test.each(refused)('%j is refused, and none of it repeated', async (text) => {
  for (const variable of ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']) {
    const error = await thrown((async () => proxyIn({ [variable]: text }))());
    expect(error).toBeInstanceOf(LocalConfigError);
    const { message, remedy, stack } = error as LocalConfigError;
    expect(message).toContain(`${variable} is not the address of a proxy`);
    expect(remedy).toContain('write # as %23, \\ as %5C, % as %25');
    expect(`${message} ${remedy} ${stack}`).not.toMatch(secret);
    const checks = JSON.stringify(await network({ [variable]: text }));
    expect(checks).toContain('"fails"');
    expect(checks).not.toMatch(secret);
    expect(describeProxy({ [variable]: text })).toBe('');
  }
});

test('calls are refused with it before anything is sent, also to those who ask for stack traces', async () => {
  environment({
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    HTTPS_PROXY: 'http://jdoe:2024#Winter!@proxy:8080',
  });
  const aws = connect({
    env: process.env,
    actor: 'management',
    source: { kind: 'environment' },
    region: undefined,
    program: 'p/1',
  });
  const error = await thrown(aws.read('sts:GetCallerIdentity', {}));
  expect(error).toBeInstanceOf(CredentialsError);
  expect(`${(error as CredentialsError).remedy}`).toContain('%23');
  expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toMatch(secret);
});

test.each([
  ['proxy:8080', 'http://proxy:8080', ':'],
  ['  http://proxy:8080/ ', 'http://proxy:8080', ':'],
  ['HTTP://Proxy.Example.COM', 'http://Proxy.Example.COM', ':'],
  ['https://proxy', 'https://proxy', ':'],
  ['10.0.0.1:3128', 'http://10.0.0.1:3128', ':'],
  ['http://[::1]:3129', 'http://[::1]:3129', ':'],
  ['http://[2001:db8::7]', 'http://[2001:db8::7]', ':'],
  ['http://ann:s3@cret@proxy:1', 'http://proxy:1', 'ann:s3@cret'],
  ['http://ann:s3:cret@proxy:1', 'http://proxy:1', 'ann:s3:cret'],
  ['http://ann:[s3]@proxy:1', 'http://proxy:1', 'ann:[s3]'],
  ['http://ann:s3 cret@proxy:1', 'http://proxy:1', 'ann:s3 cret'],
  ['ann:s3cret@proxy:1', 'http://proxy:1', 'ann:s3cret'],
  ['http://ann@corp.test:s3cret@proxy:1', 'http://proxy:1', 'ann@corp.test:s3cret'],
  ['http://CORP%5Cann:%23%3F%2F%5C%40%25%3A@proxy:1', 'http://proxy:1', 'CORP\\ann:#?/\\@%:'],
  ['http://ann@proxy:1', 'http://proxy:1', 'ann:'],
  ['http://pröxy.example:1', 'http://pröxy.example:1', ':'],
])('%s is taken as what was meant', async (text, shown, sent) => {
  const found = proxyIn({ HTTPS_PROXY: text });
  expect(found?.shown).toBe(shown);
  const { user = '', password = '' } = found?.address ?? {};
  expect(`${user}:${password}`).toBe(sent);
  expect(JSON.stringify(await network({ HTTPS_PROXY: text }))).not.toMatch(/s3/);
});

test('lower case counts before upper case, and HTTPS_PROXY before ALL_PROXY', () => {
  const all = { https_proxy: 'a:1', HTTPS_PROXY: 'b:1', all_proxy: 'c:1', ALL_PROXY: 'd:1' };
  for (const [variable, shown] of [
    ['https_proxy', 'http://a:1'],
    ['HTTPS_PROXY', 'http://b:1'],
    ['all_proxy', 'http://c:1'],
    ['ALL_PROXY', 'http://d:1'],
  ] as const) {
    expect(proxyIn(all)).toMatchObject({ variable, shown });
    Reflect.deleteProperty(all, variable);
  }
  expect(proxyIn({ ...all, HTTPS_PROXY: '' })).toBeUndefined();
});

test('an address with a password in NO_PROXY is not shown either', async () => {
  const env = { HTTPS_PROXY: 'proxy:1', NO_PROXY: '.lan, 10.0.0.0/8 http://jdoe:Winter2024@inner, *.x' };
  const [{ found } = { found: '' }] = await network(env);
  expect(found).toContain('directly to what NO_PROXY lists: .lan, 10.0.0.0/8, …, *.x');
  expect(found).not.toMatch(secret);
});

test.each([
  ['amazonaws.com', true],
  ['.amazonaws.com', true],
  ['*.amazonaws.com', true],
  ['inner, .EU-west-1.amazonaws.com', true],
  ['sts.eu-west-1.amazonaws.com', true],
  ['inner sts.eu-west-1.amazonaws.com:443', true],
  ['*', true],
  ['inner, *', true],
  ['*aws.com', true],
  ['.amazonaws.com:443', true],
  ['.amazonaws.com:8443', false],
  ['azonaws.com', false],
  ['ts.eu-west-1.amazonaws.com', false],
  ['sts.eu-west-1.amazonaws.com:8443', false],
  ['us-east-1.amazonaws.com', false],
  ['', false],
])('NO_PROXY=%s: AWS is reached directly: %s', (list, directly) => {
  for (const name of ['NO_PROXY', 'no_proxy'])
    expect(
      isDirect('sts.eu-west-1.amazonaws.com', 443, { HTTPS_PROXY: 'http://proxy:1', [name]: list }),
    ).toBe(directly);
});

test('of both spellings the one in small letters counts, as curl has it', () => {
  const both = (no_proxy: string, NO_PROXY: string) =>
    isDirect('sts.amazonaws.com', 443, { HTTPS_PROXY: 'http://proxy:1', no_proxy, NO_PROXY });
  expect([both('*', 'inner'), both('inner', '*'), both('', '*')]).toEqual([true, false, true]);
});

/** A proxy that notes who comes and where to, and lets nobody through. */
async function turnstile(host: string) {
  const came: { readonly to: string; readonly as: string }[] = [];
  const server = createServer().on('connect', ({ url = '', headers }, socket) => {
    const [, basic = ''] = /^Basic (.*)$/.exec(String(headers['proxy-authorization'] ?? '')) ?? [];
    came.push({ to: url, as: Buffer.from(basic, 'base64').toString() });
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  return { came, port: (server.address() as { readonly port: number }).port };
}
const hasIpv6 = await new Promise<boolean>((resolve) => {
  const socket = dial({ host: '::1', port: 9 });
  socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'));
  socket.on('connect', () => resolve(true));
});

test('a proxy is reached by its IPv6 address, and gets name and password to the byte', async () => {
  for (const [host, literal] of [
    ...(hasIpv6 ? ([['::1', '[::1]']] as const) : []), // some containers have none
    ['127.0.0.1', '127.0.0.1'],
  ] as const) {
    const { came, port } = await turnstile(host);
    environment({
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      HTTPS_PROXY: `http://CORP%5Cann:p%23 @ä:@${literal}:${port}`,
    });
    const aws = connect({
      env: process.env,
      actor: 'management',
      source: { kind: 'environment' },
      region: undefined,
      program: 'p/1',
    });
    const error = (await thrown(aws.read('sts:GetCallerIdentity', {}))) as Error;
    expect(error.message).toContain(`the proxy http://${literal}:${port} (HTTPS_PROXY) does not let through`);
    expect(came[0]).toEqual({ to: 'sts.us-east-1.amazonaws.com:443', as: 'CORP\\ann:p# @ä:' });
  }
});
