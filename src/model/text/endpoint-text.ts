/**
 * An endpoint's address without what may be a secret in it: name, password, query and fragment. Journals of earlier
 * versions hold such addresses as they were set. 'aws' and 'demo:…' stay as they are.
 */
export function plainEndpoint(endpoint: string): string {
  if (!/[@?#]/.test(endpoint)) return endpoint;
  try {
    const { protocol, host, pathname } = new URL(endpoint);
    return `${protocol}//${host}${pathname}`.replace(/\/$/, '');
  } catch {
    return 'an address that is not shown';
  }
}
