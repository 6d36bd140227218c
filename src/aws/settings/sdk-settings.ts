import { profileNameOf, type Source } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { type ConfigFiles, configFiles, type Profile } from './config-files.ts';
import { unfitKey } from './key-characters.ts';
import { LocalConfigError } from './local-config-error.ts';
import { namedProfile } from './named-profile.ts';
import { endOf } from './profile-chain.ts';
import { quoted, unfitRegion } from './region-name.ts';

/** What counts for the calls of one source. */
export interface SdkSettings {
  /** Configured; the run's own may be another one. */
  readonly region?: Found;
  readonly fips: Flag;
  readonly dualstack: Flag;
}
/** A switch, and what it was read from. */
interface Flag {
  readonly on: boolean;
  readonly setting: string;
}
/** A value, and what it was read from, as an operator knows it. */
interface Found {
  readonly value: string;
  readonly setting: string;
}

/**
 * The settings of the environment and of the config files, looked at before the SDK is handed any of them: it would end
 * with an error of its own, that names none. Throws `LocalConfigError` for the first that cannot be used.
 */
export async function sdkSettings(source: Source, env: Environment): Promise<SdkSettings> {
  const files = await configFiles(env);
  const named = profileNameOf(source);
  const profile = files.profiles.get(named ?? namedProfile(env)?.name ?? 'default');
  const of = (key: string, from: Profile | undefined = profile): Found | undefined =>
    inProfile(from, key, files);
  const region =
    inEnvironment(env, 'AWS_REGION') ??
    (named === undefined ? undefined : of('region')) ??
    inEnvironment(env, 'AWS_DEFAULT_REGION');
  if (region) refuse(region, unfitRegion(region.value), 'region');
  const end = named === undefined ? undefined : endOf(named, [...files.profiles.values()]);
  for (const one of [of('sso_region', end), sessionRegion(end, files)])
    if (one) refuse(one, unfitRegion(one.value), 'region');
  for (const one of keysOf(source, end, env, of)) refuse(one, unfitKey(one.value));
  refuseOdd(inEnvironment(env, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'));
  refuseOdd(of('ignore_configured_endpoint_urls'));
  // Where there are keys, nobody asks there.
  if (named === undefined && !env.AWS_ACCESS_KEY_ID)
    for (const name of addresses) refuseNoAddress(inEnvironment(env, name));
  return {
    ...defined({ region }),
    fips: flag(inEnvironment(env, 'AWS_USE_FIPS_ENDPOINT') ?? of('use_fips_endpoint')),
    dualstack: flag(inEnvironment(env, 'AWS_USE_DUALSTACK_ENDPOINT') ?? of('use_dualstack_endpoint')),
  };
}

/** Blanks around a value, and line ends of another system, are none of it. */
function inEnvironment(env: Environment, name: string): Found | undefined {
  const value = env[name]?.trim();
  return value ? { value, setting: name } : undefined;
}
function inProfile(profile: Profile | undefined, key: string, files: ConfigFiles): Found | undefined {
  const value = profile?.settings[key];
  return profile && value
    ? { value, setting: `${key} of profile ${profile.name} (${files.fileOf(profile.name, key)})` }
    : undefined;
}
function sessionRegion(end: Profile | undefined, { sessions, config }: ConfigFiles): Found | undefined {
  const name = end?.settings.sso_session;
  const value = name === undefined ? undefined : sessions[name]?.sso_region;
  return value ? { value, setting: `sso_region of sso-session ${name} (${config.path})` } : undefined;
}

/** The keys that a source sends with its calls, as far as they lie on this machine. Untrimmed: they are sent as they are. */
function keysOf(
  source: Source,
  end: Profile | undefined,
  env: Environment,
  of: (key: string, from?: Profile) => Found | undefined,
): readonly Found[] {
  const names = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'] as const;
  const fromEnvironment =
    profileNameOf(source) === undefined || end?.settings.credential_source === 'Environment';
  return names.flatMap((key): readonly Found[] => {
    const variable = key.toUpperCase();
    const value = env[variable];
    if (fromEnvironment) return value ? [{ value, setting: variable }] : [];
    return end ? [of(key, end) ?? []].flat() : [];
  });
}

/** The addresses from which containers and machines get credentials. */
const addresses = ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_EC2_METADATA_SERVICE_ENDPOINT'];
function refuseNoAddress(found: Found | undefined): void {
  if (found && !/^https?:\/\/[^\s/@"']+(\/[^\s"']*)?$/.test(found.value))
    throw new LocalConfigError(
      `${found.setting} is not an address.`,
      `Set ${found.setting} to a URL, or remove it.`,
    );
}

function refuse(
  { setting }: Found,
  unfit: { readonly found: string; readonly remedy: string } | undefined,
  about?: 'region',
): void {
  if (unfit) throw new LocalConfigError(`${setting} ${unfit.found}.`, unfit.remedy, about);
}

const isFlag = (value: string): boolean => /^(true|false)$/i.test(value);
function refuseOdd(found: Found | undefined): void {
  if (found && !isFlag(found.value))
    throw new LocalConfigError(
      `${found.setting} is ${quoted(found.value)}, and can only be true or false.`,
      `Set ${found.setting} to true or false, without quotation marks, or remove it.`,
    );
}
function flag(found: Found | undefined): Flag {
  refuseOdd(found);
  return { on: /^true$/i.test(found?.value ?? ''), setting: found?.setting ?? '' };
}
