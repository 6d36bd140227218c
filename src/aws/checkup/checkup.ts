import { describeDenied } from '../../model/access/access-denied-hints.ts';
import { describeFacts } from '../../model/access/source-facts.ts';
import type { Told } from '../../model/exchange/exchange.ts';
import type { CredentialLifetime, Source } from '../../model/identity.ts';
import type { Environment } from '../../model/text/environment.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { clock, formatDuration } from '../../model/text/times.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { identifyCaller } from '../identities.ts';
import { configFiles, type Profile, profiles } from '../settings/config-files.ts';
import { LocalConfigError } from '../settings/local-config-error.ts';
import { namedProfile } from '../settings/named-profile.ts';
import { factsOfSources } from '../source-facts.ts';
import { type Check, fails, ok, unknown, warns } from './check.ts';
import { fileChecks } from './files.ts';
import { profileChecks } from './profile.ts';
import { settingsChecks } from './settings.ts';
import { bothSet, endpoints, network, profileVariables } from './surroundings.ts';

export interface CheckupOptions {
  /** The profile to look at; without one AWS_PROFILE's (or AWS_DEFAULT_PROFILE's), else the environment's credentials, else `default`. */
  readonly profile?: string;
  /** Nothing is sent, and no credential_process is started. */
  readonly offline: boolean;
  readonly program: string;
  /** Told of the answers to the two. */
  readonly answered?: Told;
}
export interface Checkup {
  readonly source: Source;
  readonly checks: readonly Check[];
}

/**
 * Why credentials work or do not. Reads the config files and cached log-ins; sends `sts:GetCallerIdentity` and
 * `organizations:DescribeOrganization`, where nothing before says that they cannot succeed, and nothing else.
 */
export async function checkup(
  { profile: wanted, offline, program, answered }: CheckupOptions,
  env: Environment,
): Promise<Checkup> {
  const named = wanted ?? namedProfile(env)?.name;
  const files = await fileChecks(env);
  const readable = files.every(({ is }) => is !== 'fails');
  const all = readable ? await profiles(env).catch(() => []) : [];
  const source: Source =
    named === undefined && (env.AWS_ACCESS_KEY_ID || !all.some(({ name }) => name === 'default'))
      ? { kind: 'environment' }
      : { kind: 'profile', name: named ?? 'default' };
  const keys = bothSet(env, wanted);
  const broken = source.kind === 'environment' && keys.some(({ is }) => is === 'fails');
  const own = readable && !broken ? await ofSource(source, all, offline, env) : [];
  const before: readonly Check[] = [
    ...files,
    ...profileVariables(env),
    ...keys,
    ...own,
    ...(await settingsChecks(source, env)),
    readable
      ? await endpoints(source, env)
      : unknown('endpoint', 'not checked: the config files cannot be read'),
    ...(await network(env, profileOf(source, all))),
  ];
  return {
    source,
    checks: [...before, ...(await callerChecks(source, before, { offline, program, answered, env }))],
  };
}

const profileOf = (source: Source, all: readonly Profile[]): Profile | undefined =>
  source.kind === 'profile' ? all.find(({ name }) => name === source.name) : undefined;

async function ofSource(
  source: Source,
  all: readonly Profile[],
  offline: boolean,
  env: Environment,
): Promise<readonly Check[]> {
  if (source.kind === 'profile') {
    const checks = await profileChecks(source.name, {
      all,
      sessions: (await configFiles(env)).sessions,
      offline,
      env,
    });
    // As the list of credentials shows it.
    const [facts] = all.some(({ name }) => name === source.name) ? await factsOfSources([source], env) : [];
    return [...(facts ? [ok('credentials', describeFacts(facts))] : []), ...checks];
  }
  const has = [
    'AWS_ACCESS_KEY_ID',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  ];
  const found = has.find((name) => env[name]);
  return [
    found
      ? ok('environment', `${found} is set`)
      : warns(
          'environment',
          `no credentials are set, and no profile is named${
            all.length > 0
              ? `. Profiles: ${all
                  .slice(0, 20)
                  .map(({ name }) => name)
                  .join(', ')}`
              : ''
          }`,
          all.length > 0
            ? `Check one: ${asCommand('cw-runbook doctor --profile NAME')}.`
            : `Make a profile: ${asCommand('aws configure sso')}.`,
        ),
  ];
}

/** Who the credentials are, as AWS says. */
async function callerChecks(
  source: Source,
  before: readonly Check[],
  {
    offline,
    ...asking
  }: Omit<CheckupOptions, 'profile' | 'answered'> & {
    readonly answered: Told | undefined;
    readonly env: Environment;
  },
): Promise<readonly Check[]> {
  if (offline) return [unknown('caller', 'AWS was not asked (--offline)')];
  if (before.some(({ is }) => is === 'fails'))
    return [unknown('caller', 'AWS was not asked: see what fails above')];
  try {
    const met = await identifyCaller(source, asking);
    if ('problem' in met && met.code)
      return [
        unknown(
          'caller',
          'AWS was not asked: an MFA code is needed first, and only a run in a terminal asks for it',
        ),
      ];
    if ('problem' in met) {
      const about = met.clock ? 'clock' : met.passing ? 'network' : 'caller';
      const failed = fails(about, met.problem, met.remedy);
      return [met.passing ? { ...failed, passing: true } : failed];
    }
    const { account, arn, organization, lasts } = met;
    return [
      ok('clock', 'no more than 14 minutes from AWS’s'),
      ok('caller', `${arn}, account ${account}`),
      organization.is === 'member'
        ? ok('organization', `${organization.id}, managed by account ${organization.management}`)
        : organization.is === 'none'
          ? warns(
              'organization',
              `account ${account} belongs to none`,
              'The runbook is for an organization: use credentials of one of its accounts.',
            )
          : organizationUnknown(organization.why),
      ...(lasts ? [lastingCheck(lasts)] : []),
    ];
  } catch (error) {
    if (error instanceof LocalConfigError) return [fails('caller', error.message, error.remedy)];
    throw error;
  }
}

/** The run stops where it cannot be told whose organization it is about. */
function organizationUnknown(why: string): Check {
  const denied = describeDenied(why);
  return denied.length > 0
    ? fails('organization', `unknown: ${why}`, `${denied.join(' ')} The run stops there without it.`)
    : unknown('organization', why, 'Check again: the run stops there until AWS answers.');
}

function lastingCheck(lasts: CredentialLifetime): Check {
  switch (lasts.is) {
    case 'until': {
      const left = lasts.until - Date.now();
      const found = `until ${clock(lasts.until)} (${formatDuration(left)})`;
      return left < 15 * 60_000
        ? warns('time left', found, 'Sign in again before you begin.')
        : ok('time left', found);
    }
    case 'auto-refreshed':
      return ok('time left', 'they are renewed by themselves');
    case 'permanent':
      return ok('time left', 'they have no end');
    case 'unknown':
      return unknown('time left', 'a session whose expiration is unknown');
    default:
      return unreachable(lasts);
  }
}
