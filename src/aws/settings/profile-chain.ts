import type { Profile } from './config-files.ts';

/** What a profile's credentials come from. 'machine': a container, an instance or the environment (credential_source). */
export type Kind = 'role' | 'machine' | 'keys' | 'web-identity' | 'process' | 'sso' | 'login';
type Settings = Profile['settings'];

export const hasKeys = ({ aws_access_key_id: id, aws_secret_access_key: secret }: Settings): boolean =>
  id !== undefined && secret !== undefined;
/** The SDK takes a role only where it is said in one way with what it is assumed. */
const isRole = ({ role_arn: role, source_profile: base, credential_source: machine }: Settings): boolean =>
  role !== undefined && (base === undefined) !== (machine === undefined);
const isSso = (settings: Settings): boolean =>
  ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name'].some(
    (key) => settings[key] !== undefined,
  );

/** What the AWS SDK for JavaScript takes of a profile. `base`: another one names it as source_profile. */
export function takenBySdk(settings: Settings, base = false): Kind | undefined {
  if (base && hasKeys(settings)) return 'keys';
  if (isRole(settings)) return settings.source_profile === undefined ? 'machine' : 'role';
  if (base && settings.role_arn === undefined && settings.credential_source !== undefined) return 'machine';
  if (hasKeys(settings)) return 'keys';
  if (settings.web_identity_token_file !== undefined && settings.role_arn !== undefined)
    return 'web-identity';
  if (settings.credential_process !== undefined) return 'process';
  if (isSso(settings)) return 'sso';
  return settings.login_session === undefined ? undefined : 'login';
}

/** The roles that are assumed one after the other, the last one first, and the profile that the first is assumed with. */
export interface Chain {
  readonly roles: readonly Profile[];
  readonly end: Profile;
  readonly kind: Kind | undefined;
}
/** Follows source_profile as the SDK does. Undefined where it leads to no profile, or in a circle. */
export function chainOf(name: string, all: readonly Profile[]): Chain | undefined {
  const roles: Profile[] = [];
  const seen = new Set<string>();
  for (let next = name; ; ) {
    const profile = all.find((one) => one.name === next);
    if (!profile) return undefined;
    const kind = takenBySdk(profile.settings, roles.length > 0);
    const { source_profile: base } = profile.settings;
    if (kind !== 'role' || base === undefined) return { roles, end: profile, kind };
    if (seen.has(base)) return undefined;
    seen.add(base);
    roles.push(profile);
    next = base;
  }
}

/** The profile that a chain of `source_profile` ends at; undefined where it ends nowhere, or turns in a circle. */
export const endOf = (name: string, all: readonly Profile[]): Profile | undefined => chainOf(name, all)?.end;

/** What a profile says of an MFA device, where it says something. */
export const serialOf = ({ mfa_serial: serial }: Settings): string | undefined =>
  serial === '' ? undefined : serial;
