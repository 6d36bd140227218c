import { hostname, userInfo } from 'node:os';
import { version } from './program-version.ts';

export const program = `cw-runbook/${version}`;

/** Who sits here, for the audit log: the operating system's user and the host's name. */
export function operator(): string {
  let user = 'unknown';
  try {
    user = userInfo().username;
  } catch {
    // Some containers have no name for their user.
  }
  return `${user}@${hostname()}`;
}
