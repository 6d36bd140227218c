import type { Profile } from '../settings/config-files.ts';
import { hasKeys, type Kind, takenBySdk } from '../settings/profile-chain.ts';

/** A profile that says in two ways where its credentials come from: programs differ in what they take. */
export interface Clash {
  /** Both, and which counts for whom. */
  readonly found: string;
  /** What to remove. */
  readonly remedy: string;
  /** Everybody takes the same: the rest counts for nobody. */
  readonly agreed: boolean;
}
interface Declared {
  readonly kind: Kind;
  readonly says: string;
  /** Settings, by what they are called where they are to be removed. */
  readonly settings: string;
  /** A role of which it is not said with what it is assumed. */
  readonly unassumed?: true;
}

/**
 * `base`: another profile names it as source_profile. What it takes then is another thing for keys: they come first.
 * The order of the AWS CLI is botocore’s, that of this program the AWS SDK’s for JavaScript.
 */
export function clashIn(profile: Profile, base = false): Clash | undefined {
  const { name, settings } = profile;
  const declared = declaredIn(profile);
  // A role that is assumed with the keys of its own profile has one source.
  if (declared.length < 2 || isOwnBase(profile)) return undefined;
  const has = declared.length === 2 ? 'two sources' : `${declared.length} sources`;
  const both = `Profile ${name} has ${has} of credentials: ${listed(declared)}.`;
  const sdk = declared.find(({ kind }) => kind === takenBySdk(settings, base));
  const cli = takenByCli(profile, base);
  if (!sdk)
    return {
      found: `${both} This program and the AWS CLI refuse a profile with both.`,
      remedy: `Remove ${declared.map((one) => one.settings).join(', or ')}. Then check again here.`,
      agreed: true,
    };
  const agreed = declared.find((one) => one.kind === cli) === sdk;
  const others = declared.filter((one) => one !== sdk);
  const byCli = declared.find((one) => one.kind === cli);
  const counts = agreed
    ? `This program and the AWS CLI use ${sdk.says}`
    : byCli
      ? `This program uses ${sdk.says}, and the AWS CLI ${byCli.says}`
      : `This program uses ${sdk.says}, and the AWS CLI refuses the profile`;
  const rest = declared.filter((one) => one !== sdk && one !== byCli && !one.unassumed);
  const role = declared.some(({ unassumed }) => unassumed) ? ' Nobody assumes its role.' : '';
  const nobody =
    rest.length > 0 ? `; ${listed(rest)} ${rest.length > 1 ? 'count' : 'counts'} for nobody` : '';
  return {
    found: `${both} ${counts}${nobody}.${role}`,
    remedy: agreed
      ? `Remove ${others.map((one) => one.settings).join(', and ')}; or ${sdk.settings}, if the other is meant. Then check again here.`
      : `If ${byCli ? byCli.says : listed(others)} ${byCli || others.length === 1 ? 'is' : 'are'} meant, remove ${sdk.settings}. If ${sdk.says} is meant, remove ${others.map((one) => one.settings).join(', and ')}. Then check again here.`,
    agreed,
  };
}
const listed = (all: readonly Declared[]): string => {
  const [last, ...before] = all.map(({ says }) => says).reverse();
  return before.length === 0 ? (last ?? '') : `${before.reverse().join(', ')} and ${last}`;
};
const isOwnBase = ({ name, settings }: Profile): boolean =>
  settings.role_arn !== undefined && settings.source_profile === name && hasKeys(settings);

function declaredIn({ settings, inCredentials = [] }: Profile): readonly Declared[] {
  const where = (key: string): string => (inCredentials.includes(key) ? 'credentials file' : 'config file');
  const one = (kind: Kind, keys: readonly string[], says: string): readonly Declared[] => {
    const there = keys.filter((key) => settings[key] !== undefined);
    const [first] = there;
    return first === undefined
      ? []
      : [{ kind, says, settings: `${there.join(', ')} from the ${where(first)}` }];
  };
  const web = settings.web_identity_token_file !== undefined;
  return [
    ...(settings.role_arn !== undefined && settings.source_profile !== undefined
      ? one('role', ['source_profile'], `the role that is assumed with profile ${settings.source_profile}`)
      : []),
    // The SDK takes what else there is, as it is; the AWS CLI refuses it.
    ...(settings.role_arn !== undefined &&
    !web &&
    settings.source_profile === undefined &&
    settings.credential_source === undefined
      ? one('role', ['role_arn'], 'role_arn, without source_profile').map(
          (lone) => ({ ...lone, unassumed: true }) as const,
        )
      : []),
    ...(settings.credential_source === undefined
      ? []
      : one('machine', ['credential_source'], `credential_source ${settings.credential_source}`)),
    ...(web ? one('web-identity', ['web_identity_token_file'], 'its web identity token') : []),
    ...(hasKeys(settings)
      ? one(
          'keys',
          ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'],
          `the keys in the ${where('aws_access_key_id')}`,
        )
      : []),
    ...one('process', ['credential_process'], 'its credential_process'),
    ...one(
      'sso',
      ['sso_session', 'sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'],
      'IAM Identity Center (SSO)',
    ),
    ...one('login', ['login_session'], 'its sign-in with aws login'),
  ];
}

/** What the AWS CLI takes of a profile; undefined where it refuses it, or finds nothing. */
function takenByCli({ settings, inCredentials = [] }: Profile, base: boolean): Kind | undefined {
  const has = (key: string): boolean => settings[key] !== undefined;
  const anyKey = has('aws_access_key_id') || has('aws_secret_access_key');
  const web = has('web_identity_token_file');
  if (has('role_arn') && !web && !(base && anyKey)) {
    if (has('source_profile') === has('credential_source')) return undefined;
    return has('source_profile') ? 'role' : 'machine';
  }
  if (web) return has('role_arn') ? 'web-identity' : undefined;
  if (has('sso_account_id') || has('sso_role_name')) return 'sso';
  const keys = has('aws_access_key_id');
  if (keys && inCredentials.includes('aws_access_key_id')) return 'keys';
  if (has('login_session')) return 'login';
  if (has('credential_process')) return 'process';
  return keys ? 'keys' : undefined;
}
