import { hostname, userInfo } from 'node:os';

/** Inlined by the build, from package.json. */
declare const CW_RUNBOOK_VERSION: string | undefined;
export const version = typeof CW_RUNBOOK_VERSION === 'string' ? CW_RUNBOOK_VERSION : '0.0.0-development';
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
