import { isIPv4, isIPv6 } from 'node:net';

/** What a variable such as HTTPS_PROXY holds, taken apart. Name and password as they are sent: nothing is escaped. */
export interface ProxyAddress {
  readonly protocol: 'http:' | 'https:';
  readonly host: string; // an IPv6 address without its brackets
  readonly port: string; // '' for the usual one
  readonly user?: string;
  readonly password?: string;
}
/** Why a text is not the address of a proxy. None of it is repeated: it may hold a password, or part of one. */
export type NoAddress =
  | { readonly is: 'malformed' }
  | { readonly is: 'unsupported'; readonly scheme: string };

/**
 * Takes apart NAME:PASSWORD@HOST:PORT, with or without http:// or https://. Stricter than `new URL`, which takes the
 * beginning of a password for the host ('http://jdoe:20#24@proxy'), turns slashes, and drops line ends.
 */
export function proxyAddress(text: string): ProxyAddress | NoAddress {
  const malformed = { is: 'malformed' } as const;
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.trim()) ?? [];
  const protocol = `${scheme.toLowerCase()}:`;
  if (protocol !== 'http:' && protocol !== 'https:')
    return /^socks(4a?|5h?)?:$|^ftp:$/.test(protocol)
      ? { is: 'unsupported', scheme: protocol.slice(0, -1) }
      : malformed;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what `new URL` drops without a word
  if (/[#?\\\u0000-\u001f\u007f]/.test(rest)) return malformed;
  const authority = rest.replace(/\/$/, '');
  if (authority.includes('/')) return malformed;
  const at = authority.lastIndexOf('@');
  const [, host, port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority.slice(at + 1)) ?? [];
  if (host === undefined || !isHost(host) || Number(port) > 65_535 || (port !== '' && Number(port) === 0))
    return malformed;
  const found = { protocol, host: host.replace(/^\[(.*)\]$/, '$1'), port } as const;
  if (at < 0) return found;
  const [, user = '', password] = /^([^:]*)(?::(.*))?$/s.exec(authority.slice(0, at)) ?? [];
  const [name, secret] = [unescaped(user), unescaped(password ?? '')];
  return name === undefined || secret === undefined ? malformed : { ...found, user: name, password: secret };
}

/** A name, or an address in full: '2024' is no host, though `new URL` makes 0.0.7.232 of it. */
const isHost = (host: string): boolean =>
  host.startsWith('[')
    ? isIPv6(host.slice(1, -1))
    : isIPv4(host) || (/^[\p{L}\p{N}]([\p{L}\p{N}._-]*[\p{L}\p{N}])?\.?$/u.test(host) && !endsInNumber(host));
const endsInNumber = (host: string): boolean => /(^|\.)(\d+|0x[0-9a-f]*)\.?$/i.test(host);

/** Undefined where a % is none of an escape: then nobody can tell what was meant. */
function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The address without name and password. */
export const shownAddress = ({ protocol, host, port }: ProxyAddress): string =>
  `${protocol}//${host.includes(':') ? `[${host}]` : host}${port === '' ? '' : `:${port}`}`;
