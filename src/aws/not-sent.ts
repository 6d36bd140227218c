import type { Actor } from '../model/call.ts';
import { profileNameOf, type Source, sourceName } from '../model/identity.ts';
import { CredentialsError, OutcomeUnknown, RequestRejected } from '../model/reader.ts';
import type { Environment } from '../model/text/environment.ts';
import { asCommand } from '../model/text/own-commands.ts';
import type { Middleware } from './operations.ts';
import { configFiles } from './settings/config-files.ts';
import { ProxyFailed } from './settings/proxy.ts';
import { sdkSettings } from './settings/sdk-settings.ts';

/** Notes that a request was handed to the network. */
export const whenBegun =
  (note: { begun: boolean }): Middleware =>
  (next) =>
  (args) => {
    note.begun = true;
    return next(args);
  };

/** Node refuses what it cannot put on the network, a header with a line end say, when it is handed over. */
const refusedByNode = /^ERR_(INVALID|UNESCAPED|HTTP_INVALID)_/;
/** A part of this program that is missing is nobody's setting. */
const missing = /^(ERR_(MODULE|PACKAGE)_|MODULE_NOT_FOUND)/;

/**
 * What the SDK throws before it sends anything, and nothing else here knows: some setting of this machine does not fit.
 * Which ones there are is named, and nothing of what they hold. Other errors stay as they are.
 */
export async function notSent(
  error: unknown,
  {
    actor,
    source,
    operation,
    env,
  }: {
    readonly actor: Actor;
    readonly source: Source;
    readonly operation: string;
    readonly env: Environment;
  },
  begun: boolean,
): Promise<unknown> {
  if (!(error instanceof Error) || error instanceof RequestRejected || error instanceof OutcomeUnknown)
    return error;
  if (error instanceof CredentialsError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (missing.test(code) || (begun && !refusedByNode.test(code))) return error;
  return new CredentialsError(
    actor,
    `${sourceName(source)}: the AWS SDK could not make the request ${operation}: ${error.message.replace(/\s+/g, ' ').trim()}. Nothing was sent.`,
    `One of these settings does not fit: ${(await settingsOf(source, env)).join(', ')}. Correct it, or remove it; ${asCommand('cw-runbook doctor')} says more.`,
  );
}

/**
 * AWS has FIPS and dual-stack endpoints for some services in some Regions. A name of one that cannot be resolved, and
 * never could, is told as that: nothing was sent. Undefined for everything else.
 */
export async function noSuchEndpoint(
  error: unknown,
  actor: Actor,
  source: Source,
  env: Environment,
): Promise<CredentialsError | undefined> {
  const { code = '', hostname } = Object(error) as { readonly code?: string; readonly hostname?: string };
  if (error instanceof ProxyFailed || !/^(ENOTFOUND|EAI_AGAIN)$/.test(code) || hostname === undefined)
    return undefined;
  const { fips, dualstack } = await sdkSettings(source, env);
  const [one] = [fips, dualstack].filter(({ on }) => on);
  if (!one) return undefined;
  const kind = one === fips ? 'FIPS' : 'dual-stack';
  return new CredentialsError(
    actor,
    `${one.setting} is true, and the name ${hostname} cannot be resolved: AWS has no ${kind} endpoint for this service in this Region, or this machine is offline. Nothing was sent.`,
    `Remove ${one.setting}, or set it to false, where you need no ${kind} endpoint. Otherwise check the connection, or use a Region where AWS has that endpoint. Then check again.`,
  );
}

async function settingsOf(source: Source, env: Environment): Promise<readonly string[]> {
  const variables = Object.keys(env).filter((name) =>
    /^(AWS_|_X_AMZN_|NODE_|(https?|all|no)_proxy$)/i.test(name),
  );
  const name = profileNameOf(source);
  const profile = name === undefined ? undefined : (await configFiles(env)).profiles.get(name);
  return [...variables, ...Object.keys(profile?.settings ?? {}).map((key) => `${key} of profile ${name}`)];
}
