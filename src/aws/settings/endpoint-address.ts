import { LocalConfigError } from './local-config-error.ts';

const loopback = /^(127(\.\d+){3}|localhost|\[::1\])$/;
/** A user name, a password, a query, a fragment, or what `new URL` turns into something else. */
const mayBeSecret = /[@?#%\\\s]|\p{Cc}/u;

/**
 * The address of an endpoint, without a slash at its end. `setting`: what it was read from, as it is called there.
 * Throws `LocalConfigError` for what must not get requests; what may hold a secret is not repeated.
 */
export function endpointAddress(text: string, setting: string): string {
  const address = text.trim();
  if (mayBeSecret.test(address))
    throw new LocalConfigError(
      `${setting} contains more than an address: a user name, a password, a query, a fragment, or a character that cannot be in one. It is not used, and not shown here, because it may contain a secret.`,
      `Set ${setting} to the address alone, such as https://HOST:PORT, or remove it.`,
    );
  const url = /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(address) ? urlOf(address) : undefined;
  if (url === undefined)
    throw new LocalConfigError(
      `${setting} is “${address}”, which is not an address for an endpoint.`,
      `Set ${setting} to a URL such as https://HOST:PORT, or remove it.`,
    );
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)))
    return url.href.replace(/\/$/, '');
  throw new LocalConfigError(
    `${setting} names ${url.href}, which would get your requests unencrypted.`,
    `Plain http is for this machine only (127.0.0.1). Use https, or remove ${setting}.`,
  );
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
