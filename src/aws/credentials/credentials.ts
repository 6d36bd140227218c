import { userInfo } from 'node:os';
import { type Origin, profileNameOf, type Source } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { enabledByDefault } from '../../model/text/regions.ts';
import { fromCredentialProcess } from '../credential-process/provider.ts';
import { endpointModes } from '../settings/client-defaults.ts';
import { configFiles, type Profile, profiles } from '../settings/config-files.ts';
import { offerToSdk } from '../settings/config-for-sdk.ts';
import { LocalConfigError } from '../settings/local-config-error.ts';
import { type Chain, chainOf } from '../settings/profile-chain.ts';
import { type RoleRequest, refuseUnfit, requestFor, settingRefused } from './assume-role.ts';
import { mendSso } from './credential-errors.ts';
import { fromDeviceSignIn } from './device-credentials.ts';
import { deviceTokenOf } from './device-tokens.ts';
import { serialForNamed, withCode } from './mfa.ts';
import { signInClient } from './sign-in-client.ts';

/** Gives credentials to an SDK client. What it is given is the client's word on itself. */
export type Provider = (asked?: object) => Promise<unknown>;

/**
 * A provider for one source, made anew each time: the SDK's own chain remembers that it failed. A profile is taken by
 * its name alone, whatever the environment holds. Throws `LocalConfigError` where its calls must not go.
 */
export async function credentialsFor(source: Source, env: Environment): Promise<Provider> {
  const sdk = await import('../services/credentials.ts');
  const { settings, sts, clientConfig } = await signInClient(source, env);
  const { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } = await import('../services/sts.ts');
  // Roles are assumed in the configured Region, unless the account might not have it.
  const configured = settings.region?.value ?? '';
  const region = enabledByDefault.includes(configured) ? configured : 'us-east-1';
  const ofSts = {
    ...{ ...clientConfig, region },
    ...(sts && endpointModes(settings, sts)),
    ...defined({ endpoint: sts?.url, region: sts?.aws.region }),
  };
  const ask = getDefaultRoleAssumer(ofSts as object);
  // A code is sent once: AWS takes no second request with it.
  const askWithCode = getDefaultRoleAssumer({ ...ofSts, maxAttempts: 1 } as object);
  const roleAssumerWithWebIdentity = getDefaultRoleAssumerWithWebIdentity(ofSts as object);
  const all = await profiles(env).catch(() => []);
  const name = profileNameOf(source);
  const chain = name === undefined ? undefined : chainOf(name, all);
  const assume =
    (profile?: Profile): typeof ask =>
    async (credentials, params) => {
      try {
        const { SerialNumber } = params;
        if (SerialNumber === undefined) return await ask(credentials, params);
        const coded = (request: RoleRequest) =>
          askWithCode(credentials, { ...params, ...request } as typeof params);
        return (await withCode(
          credentials.accessKeyId,
          { ...params, SerialNumber },
          coded,
        )) as typeof credentials;
      } catch (error) {
        throw settingRefused(error, params, profile) ?? error;
      }
    };
  // A name of its own each time, as the SDK gives it, would make each session another identity.
  const roleAssumer: typeof ask = (credentials, params) => {
    const profile = chain?.roles.find(({ settings }) => settings.role_arn === params.RoleArn) ?? chain?.end;
    return assume(profile)(credentials, {
      ...params,
      RoleSessionName: /^aws-sdk-js-\d+$/.test(params.RoleSessionName ?? '')
        ? sessionName()
        : params.RoleSessionName,
    });
  };
  const ofOrigin = async (origin: Origin): Promise<Provider> => {
    if (origin.kind !== 'profile') return ofEnvironment(sdk, { roleAssumerWithWebIdentity }, env);
    for (const profile of chain?.roles ?? []) refuseUnfit(profile);
    if (chain?.kind === 'machine') refuseUnfit(chain.end);
    if (chain?.kind === 'sso') await refuseMissingSession(chain.end, env);
    // The SDK would start it in the terminal that the screen is drawn on.
    if (chain?.kind === 'process')
      return throughRoles(
        chain,
        fromCredentialProcess(chain.end, env),
        (profile) => assume(profile) as Assume,
      );
    // The SDK knows of sign-ins in files alone.
    if (chain?.kind === 'sso' && deviceTokenOf(chain.end))
      return throughRoles(
        chain,
        fromDeviceSignIn(chain.end, source, env),
        (profile) => assume(profile) as Assume,
      );
    const find = sdk.fromIni({
      profile: origin.name,
      ignoreCache: true,
      // The SDK wants one before it assumes the role; whether one is needed is known only then.
      mfaCodeProvider: async () => '',
      clientConfig,
      roleAssumer,
      roleAssumerWithWebIdentity,
    }) as Provider;
    return async (asked) => {
      await offerToSdk(origin.name, env);
      // A role that is taken up with a web identity is asked for by the SDK itself.
      return find(asked).catch((error) => Promise.reject(settingRefused(error, {}, chain?.end) ?? error));
    };
  };
  if (source.kind !== 'role') return ofOrigin(source);
  const base = await ofOrigin(source.base);
  const SerialNumber = chain && serialForNamed(chain);
  return async (asked) =>
    assume()((await base(asked)) as Parameters<typeof ask>[0], {
      RoleArn: source.arn,
      RoleSessionName: sessionName(),
      ...defined({ ExternalId: source.externalId, SerialNumber }),
    });
}

/** The SDK stumbles over it, and says nothing that can be understood. */
async function refuseMissingSession({ name, settings }: Profile, env: Environment): Promise<void> {
  const { sso_session: session } = settings;
  if (session === undefined || (await configFiles(env)).sessions[session]) return;
  throw new LocalConfigError(
    `profile ${name} names the section “sso-session ${session}”, and the config file has none.`,
    mendSso(name),
  );
}

type Assume = (credentials: unknown, request: RoleRequest) => Promise<unknown>;
/** What somebody gives, and the roles that are assumed with it. */
function throughRoles(
  { roles }: Chain,
  base: () => Promise<unknown>,
  assume: (profile: Profile) => Assume,
): Provider {
  return () =>
    roles.reduceRight<Promise<unknown>>(
      async (credentials, profile) => assume(profile)(await credentials, requestFor(profile, sessionName())),
      base(),
    );
}

/** Who sits here, for CloudTrail: a role's session is named after the person. */
function sessionName(): string {
  let user = '';
  try {
    user = userInfo().username;
  } catch {
    // Some containers have no name for their user.
  }
  return `cw-runbook-${user.replace(/[^\w+=,.@-]+/g, '-')}`.replace(/-$/, '').slice(0, 64);
}

type Sdk = typeof import('../services/credentials.ts');
function ofEnvironment(sdk: Sdk, webIdentity: object, env: Environment): Provider {
  if (env.AWS_CONTAINER_CREDENTIALS_FULL_URI || env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
    return sdk.createCredentialChain(sdk.fromEnv(), sdk.fromHttp()) as Provider;
  if (env.AWS_WEB_IDENTITY_TOKEN_FILE)
    return sdk.createCredentialChain(sdk.fromEnv(), sdk.fromTokenFile(webIdentity)) as Provider;
  const { AWS_EC2_METADATA_DISABLED: noInstance = 'false' } = env;
  return sdk.createCredentialChain(
    sdk.fromEnv(),
    // Bastions have these; elsewhere nothing answers, and must not be waited for.
    ...(noInstance === 'false' ? [sdk.fromInstanceMetadata({ timeout: 1_000, maxRetries: 0 })] : []),
    none,
  ) as Provider;
}

async function none(): Promise<never> {
  throw new LocalConfigError(
    'There are no credentials in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set, and this machine has no role of its own.',
    `Create a profile and sign in (${asCommand('aws configure sso')}, then ${asCommand('aws sso login')}), or set keys in the environment. To look around without credentials: ${asCommand('cw-runbook demo')}.`,
  );
}
