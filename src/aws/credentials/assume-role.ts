import { defined } from '../../model/text/defined.ts';
import type { Profile } from '../settings/config-files.ts';
import { LocalConfigError } from '../settings/local-config-error.ts';
import { serialOf } from '../settings/profile-chain.ts';

/** What STS is asked for a role. */
export interface RoleRequest {
  readonly RoleArn?: string | undefined;
  readonly RoleSessionName?: string | undefined;
  readonly ExternalId?: string | undefined;
  readonly DurationSeconds?: number | undefined;
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

/** The request for a profile's role, as the SDK makes it. Throws `LocalConfigError` for what this program cannot send. */
export function requestFor({ name, settings }: Profile, sessionName: string): RoleRequest {
  refuseUnfit({ name, settings });
  return {
    ...defined({ RoleArn: settings.role_arn }),
    RoleSessionName: settings.role_session_name || sessionName,
    ...defined({ ExternalId: settings.external_id }),
    DurationSeconds: Number(settings.duration_seconds || '3600'),
    ...defined({ SerialNumber: serialOf(settings) }),
  };
}

/** Refuses what the SDK would send as something else, or not ask for. */
export function refuseUnfit({ name, settings }: Pick<Profile, 'name' | 'settings'>): void {
  const { duration_seconds: duration } = settings;
  const serial = serialOf(settings);
  if (serial !== undefined && !/^[\w+=/:,.@-]{9,256}$/.test(serial))
    throw new LocalConfigError(
      `profile ${name}: mfa_serial is “${serial}”, which names no MFA device.`,
      `${rules.mfa_serial} Correct it. Then check again here.`,
    );
  if (duration !== undefined && !/^\s*\d+\s*$/.test(duration))
    throw new LocalConfigError(
      `profile ${name}: duration_seconds is “${duration}”, which is not a number of seconds.`,
      `Write a whole number from 900 to 43200, such as 3600, or remove the line: then the session lasts an hour. Then check again here.`,
    );
}

/** The members of STS's request, by the settings that they come from. */
const settingOf: Readonly<Record<string, string>> = {
  rolearn: 'role_arn',
  rolesessionname: 'role_session_name',
  externalid: 'external_id',
  durationseconds: 'duration_seconds',
  webidentitytoken: 'web_identity_token_file',
  serialnumber: 'mfa_serial',
};
const rules: Readonly<Record<string, string>> = {
  role_arn:
    'It looks like arn:aws:iam::111122223333:role/Administrator: 12 digits, “role/”, and the role’s path and name.',
  mfa_serial:
    'It is the ARN of your virtual device, arn:aws:iam::111122223333:mfa/NAME, or the number on a hardware device.',
  role_session_name: 'It has 2 to 64 characters: letters, digits and _+=,.@-',
  external_id: 'It has 2 to 1224 characters: letters, digits and _+=,.@:/-. The role’s owner knows it.',
  duration_seconds:
    'It is a whole number from 900 to 43200, and no more than the role allows; 3600 at most where the role is assumed with the credentials of another role, as those of SSO are.',
};

/**
 * STS's refusal of a request that no credentials would make good, by the setting that is wrong. Undefined for every
 * other refusal. `profile`: the one whose settings were sent; undefined for a role that was named here.
 */
export function settingRefused(
  error: unknown,
  { RoleArn }: RoleRequest,
  profile: Profile | undefined,
): LocalConfigError | undefined {
  if (!(error instanceof Error) || error.name !== 'ValidationError') return undefined;
  const { message } = error;
  const [, member = ''] =
    / at '(\w+)' failed/.exec(message) ??
    /\b(DurationSeconds|RoleSessionName|ExternalId)\b/.exec(message) ??
    [];
  const setting =
    settingOf[member.toLowerCase()] ??
    // Of an ARN that is no role’s it says no more than that it is invalid.
    (/\bARN is invalid|^arn:\S+ is invalid/i.test(message) ? 'role_arn' : undefined);
  const said = `STS says: ${message.replace(/\s+/g, ' ').trim()}`;
  const whose = profile === undefined ? `role ${RoleArn ?? ''}` : `profile ${profile.name}`;
  if (setting === undefined)
    return new LocalConfigError(
      `${whose}: AWS does not take the request for the role. ${said}`,
      'Signing in again does not change that. Correct what it names, or choose other credentials. Then check again here.',
    );
  const value = profile?.settings[setting];
  const rule = rules[setting] ?? '';
  return new LocalConfigError(
    `${whose}: AWS does not take ${setting}${value === undefined ? '' : ` = ${value}`}. ${said}`,
    `Correct ${setting}${profile === undefined ? '' : ` of profile ${profile.name}`}. ${rule}${/[.!?]$/.test(rule) || rule === '' ? '' : '.'} Signing in again does not change it.`.replace(
      / {2,}/g,
      ' ',
    ),
  );
}
