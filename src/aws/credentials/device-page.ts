/**
 * Whether the page that AWS names for entering a code may be opened from here: over https, at the host of the portal's
 * start URL, or AWS's own page for devices in the portal's Region. Any other is only shown: whoever could make the answer
 * say something else would choose what the operator opens.
 */
export function isDevicePage(page: string, startUrl: string, region: string): boolean {
  if (!URL.canParse(page) || !URL.canParse(startUrl)) return false;
  const { protocol, hostname, port, username, password } = new URL(page);
  if (protocol !== 'https:' || `${port}${username}${password}` !== '') return false;
  const start = new URL(startUrl);
  return (
    hostname === `device.sso.${region}.amazonaws.com` ||
    hostname === `portal.sso.${region}.amazonaws.com` ||
    (start.protocol === 'https:' && start.port === '' && hostname === start.hostname)
  );
}
