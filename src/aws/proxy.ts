/** Variables that name a proxy. This program connects directly: where the network lets nothing else through, that is why. */
const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/** The variable that names a proxy, where one does. */
export const proxyIn = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  names.find((name) => env[name]);

/** Said after a connection failed. */
export function proxySays(env: NodeJS.ProcessEnv = process.env): string {
  const name = proxyIn(env);
  return name === undefined
    ? ''
    : `. ${name} is set, and this program does not use it: it connects directly. What else stands in the way: cw-runbook doctor`;
}
