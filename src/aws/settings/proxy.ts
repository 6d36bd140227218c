import type { Agent } from 'node:https';
import { isIP } from 'node:net';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { LocalConfigError } from './local-config-error.ts';
import { type ProxyAddress, proxyAddress, shownAddress } from './proxy-address.ts';

/** In the order in which they count for calls over https, as everywhere on Node. The AWS CLI knows the first two. */
const names = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const;

/** A proxy that calls to AWS go through. */
export interface Proxy {
  readonly variable: string; // which names it
  readonly address: ProxyAddress; // may hold a name and a password
  readonly shown: string; // the same without them
}

/**
 * The proxy that the environment names, or undefined. One without a scheme is one of http, as the AWS CLI takes it.
 * Throws `LocalConfigError` for what is no proxy of http or https, and repeats none of it.
 */
export function proxyIn(env: Environment): Proxy | undefined {
  const variable = names.find((name) => env[name]);
  const text = variable && env[variable];
  if (!text) return undefined;
  const address = proxyAddress(text);
  if (!('is' in address)) return { variable, address, shown: shownAddress(address) };
  if (address.is === 'unsupported')
    throw new LocalConfigError(
      `${variable} names a proxy of ${address.scheme}: only those of http and https can be used.`,
      `Set it to ${example}, or remove it.`,
    );
  throw new LocalConfigError(
    `${variable} is not the address of a proxy. It is not shown here, because it may contain a password.`,
    `Set it to ${example}. In the name and the password write # as %23, \\ as %5C, % as %25, / as %2F, ? as %3F, @ as %40, and in the name : as %3A.`,
  );
}
const example = 'http://HOST:PORT, or http://NAME:PASSWORD@HOST:PORT';

/** Why no connection came about through the proxy. Nothing has been sent to AWS then. */
export class ProxyFailed extends Error {
  readonly code: string; // Node's, or 'PROXY': the SDK tells by it what is worth another try
  constructor(message: string, code = 'PROXY') {
    super(message);
    this.name = 'ProxyFailed';
    this.code = code;
  }
}

/**
 * Opens the connections of one client: through the proxy that the environment names, or directly to what NO_PROXY lists
 * and to this machine. Undefined where no proxy is named. Throws `LocalConfigError`, as `proxyIn` does.
 */
export async function agentThrough(keepAlive: boolean, env: Environment): Promise<Agent | undefined> {
  const proxy = proxyIn(env);
  if (!proxy) return undefined;
  const [{ Agent }, { HttpsProxyAgent }] = await Promise.all([import('node:https'), import('hpagent')]);
  const { protocol, host: hostname, port, user, password = '' } = proxy.address;
  const authorization = `Basic ${Buffer.from(`${user ?? ''}:${password}`).toString('base64')}`;
  // hpagent sends the host as the name of the server (SNI), which an address may not be (RFC 6066; Node warns: DEP0123). It
  // does so where the protocol is 'https:', and opens TLS for whatever is not 'http:'. An empty name has Node send none,
  // and check the certificate for the address.
  const byAddress = protocol === 'https:' && isIP(hostname) !== 0;
  const options = {
    ...defined({
      servername: byAddress ? '' : undefined,
      headers: user === undefined ? undefined : { 'proxy-authorization': authorization },
    }),
  };
  const agent = new HttpsProxyAgent({
    keepAlive,
    maxSockets: 50,
    // Node connects to an IPv6 address only without the brackets that a URL's hostname has.
    proxy: { protocol: byAddress ? 'https' : protocol, hostname, port } as URL,
    proxyRequestOptions: options,
  });
  const directly = Agent.prototype.createConnection.bind(agent);
  const through = agent.createConnection.bind(agent);
  agent.createConnection = (to, made) => {
    const host = to.host ?? '';
    return isDirect(host, to.port, env)
      ? directly(to, made)
      : through(to, (error, socket) => made?.(error && failed(error, proxy, host), socket));
  };
  return agent;
}

const loopback = /^(127(\.\d+){3}|localhost|\[?::1\]?)$/;
/**
 * What NO_PROXY lists, as the AWS CLI and curl have it: a name, and all names that end in it; with a port, only that. An
 * IPv6 address is reached directly.
 */
export function isDirect(host: string, port: unknown, env: Environment): boolean {
  if (loopback.test(host) || !URL.canParse(`https://${host}`)) return true;
  const name = host.toLowerCase();
  return (env.no_proxy || env.NO_PROXY || '')
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((one) => one !== '')
    .some((one) => {
      const [, listed = one, only] = /^(.+):(\d+)$/.exec(one) ?? [];
      if (only !== undefined) return [0, Number(port)].includes(Number(only)) && covers(listed, name); // 0: any
      return covers(listed, name) || name.endsWith(`.${one}`);
    });
}
/** `*` and a leading period stand for whatever comes before. */
const covers = (listed: string, name: string): boolean =>
  /^[.*]/.test(listed) ? name.endsWith(listed.replace(/^\*/, '')) : name === listed;

function failed(error: Error & { readonly code?: string }, proxy: Proxy, host: string): ProxyFailed {
  const named = `the proxy ${proxy.shown} (${proxy.variable})`;
  const [, status] = /^Bad response: (\d+)$/.exec(error.message) ?? [];
  if (status === '407')
    return new ProxyFailed(
      `${named} requires a name and a password (HTTP 407). Put them into ${proxy.variable}: http://NAME:PASSWORD@HOST:PORT. If it requires Kerberos or NTLM, this program cannot use it: use a machine with a direct connection`,
    );
  if (status !== undefined)
    return new ProxyFailed(
      `${named} does not let through to ${host} (HTTP ${status}): ask its administrator`,
    );
  return new ProxyFailed(`${named} cannot be reached (${error.code ?? error.message})`, error.code);
}

/** Said after a connection failed, where calls go through a proxy, or one is named that they do not go through. */
export function describeProxy(env: Environment): string {
  try {
    const proxy = proxyIn(env);
    return proxy === undefined
      ? ''
      : `. ${proxy.variable} names a proxy, ${proxy.shown}. What else stands in the way: ${asCommand('cw-runbook doctor')}`;
  } catch {
    return '';
  }
}
