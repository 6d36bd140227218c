import type { Told } from '../model/exchange/exchange.ts';
import type {
  Caller,
  CredentialLifetime,
  UnusableCredentials as Problem,
  Source,
} from '../model/identity.ts';
import { profileNameOf, sourceName, validateRoleArn, whoever } from '../model/identity.ts';
import { CredentialsError, OutcomeUnknown, passes, problemOf, RequestRejected } from '../model/reader.ts';
import { defined } from '../model/text/defined.ts';
import { didYouMean } from '../model/text/did-you-mean.ts';
import type { Environment } from '../model/text/environment.ts';
import { asCommand } from '../model/text/own-commands.ts';
import { connect } from './client.ts';
import { askAnew } from './credential-process/provider.ts';
import { clashIn } from './credentials/two-sources.ts';
import { refuseElsewhere } from './own-endpoint.ts';
import { configFiles, profiles } from './settings/config-files.ts';
import { hiding, noteText } from './settings/config-notes.ts';
import { LocalConfigError } from './settings/local-config-error.ts';
import { namedProfile } from './settings/named-profile.ts';
import { callerElsewhere, regionElsewhere } from './settings/partition.ts';
import { chainOf, endOf } from './settings/profile-chain.ts';
import { sdkSettings } from './settings/sdk-settings.ts';

/** Whose credentials can be found on this machine. Nothing is sent. */
export async function sources(env: Environment): Promise<readonly Source[]> {
  const hasOwn = [
    'AWS_ACCESS_KEY_ID',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  ].some((name) => env[name]);
  const names = (await profiles(env).catch(() => [])).map(({ name }) => name);
  const preferred = namedProfile(env)?.name;
  const ordered =
    preferred && names.includes(preferred)
      ? [preferred, ...names.filter((name) => name !== preferred)]
      : names;
  return [
    ...ordered.map((name): Source => ({ kind: 'profile', name })),
    ...(hasOwn ? [{ kind: 'environment' } as const] : []),
  ];
}

/** Who asks for a caller's identity, and from where. */
interface Asking {
  readonly env: Environment;
  readonly program: string;
  /** Where the run's calls go; a source that would send them elsewhere is refused before anything is sent. */
  readonly endpoint?: string;
  /** Told of the answers. */
  readonly answered?: Told | undefined;
}
/** Who a source's credentials are. Sends `sts:GetCallerIdentity` and `organizations:DescribeOrganization`, nothing else. */
export async function identifyCaller(source: Source, asking: Asking): Promise<Caller | Problem> {
  const { env, program, endpoint, answered } = asking;
  try {
    await refuseMissing(source, env);
    await refuseElsewhere(source, endpoint, env);
    const region = (await sdkSettings(source, env)).region?.value;
    const far = region && regionElsewhere(sourceName(source), region);
    if (far) return far;
    const profile = profileNameOf(source);
    if (profile !== undefined) await askProcessAnew(profile, env);
    const unfit = source.kind === 'role' ? validateRoleArn(source.arn) : undefined;
    if (unfit !== undefined) throw new LocalConfigError(unfit, 'Name another role, or use a profile.');
    let lasts: CredentialLifetime | undefined;
    const told = (found: CredentialLifetime): void => {
      lasts = found;
    };
    const aws = connect({
      ...{ actor: whoever, source, region, program, env, onLifetime: told },
      ...defined({ answered }),
    });
    const { Account: account = '', Arn: arn = '' } = await aws.read('sts:GetCallerIdentity', {});
    const foreign = callerElsewhere(sourceName(source), arn);
    if (foreign) return foreign;
    const organization = await organizationOf(aws);
    const elsewhere = profile === undefined ? undefined : await otherwiseTaken(profile, env);
    return {
      ...{ source, account, arn, organization },
      ...defined({ region: region || undefined, lasts, elsewhere, clock: aws.clock?.() }),
    };
  } catch (error) {
    if (error instanceof CredentialsError) return problemOf(error);
    if (error instanceof LocalConfigError) return { problem: error.message, remedy: error.remedy };
    if (error instanceof OutcomeUnknown)
      return {
        problem: `${sourceName(source)}: ${error.message}.`,
        remedy: 'Check the connection, then check again.',
        passing: true,
      };
    if (error instanceof RequestRejected && passes(error.code))
      return {
        problem: `${sourceName(source)}: AWS has had too many requests (${error.code}: ${error.message}).`,
        remedy: 'Wait a minute, then check again.',
        passing: true,
      };
    if (error instanceof RequestRejected)
      return {
        problem: `${sourceName(source)}: ${error.code}: ${error.message}`,
        remedy: 'Choose other credentials.',
      };
    throw error;
  }
}

/** Who somebody is now: of what a credential_process gave before, nothing counts. */
async function askProcessAnew(name: string, env: Environment): Promise<void> {
  const end = endOf(name, await profiles(env).catch(() => []));
  if (end) askAnew(end.name);
}

/** What the AWS CLI, and so every command that is printed here, would take of the same profile. */
async function otherwiseTaken(name: string, env: Environment): Promise<string | undefined> {
  const chain = chainOf(name, await profiles(env).catch(() => []));
  const clash = chain && clashIn(chain.end, chain.roles.length > 0);
  return clash && !clash.agreed ? clash.found : undefined;
}

async function organizationOf(aws: ReturnType<typeof connect>): Promise<Caller['organization']> {
  try {
    const { Organization } = await aws.read('organizations:DescribeOrganization', {});
    const { Id: id, MasterAccountId: management } = Organization ?? {};
    return id && management
      ? { is: 'member', id, management }
      : { is: 'unknown', why: 'AWS names no organization' };
  } catch (error) {
    if (error instanceof RequestRejected && error.code === 'AWSOrganizationsNotInUseException')
      return { is: 'none' };
    if (error instanceof RequestRejected || error instanceof OutcomeUnknown)
      return { is: 'unknown', why: error.message };
    throw error;
  }
}

/** Throws `LocalConfigError` where a source's profile is not in the config files. Nothing is sent. */
export async function refuseMissing(source: Source, env: Environment): Promise<void> {
  const wanted = profileNameOf(source);
  if (wanted === undefined) return;
  const all = await profiles(env);
  if (all.some(({ name }) => name === wanted)) return;
  const note = hiding(wanted, await configFiles(env));
  if (note)
    throw new LocalConfigError(
      `There is no profile “${wanted}” for this program: ${noteText(note)}.`,
      `${note.remedy} Then check again.`,
    );
  const names = all.map(({ name }) => name);
  throw new LocalConfigError(
    `There is no profile “${wanted}” in the AWS config files.`,
    names.length === 0
      ? `There are no profiles at all. Make one with ${asCommand('aws configure sso')}, or look around without: ${asCommand('cw-runbook demo')}.`
      : `${didYouMean(wanted, names)}Profiles: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`,
  );
}
