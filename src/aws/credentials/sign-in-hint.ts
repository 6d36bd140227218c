import { type Login, loginLine, profileNameOf, type Source, sourceName } from '../../model/identity.ts';
import { CredentialsError } from '../../model/reader.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { type Profile, profiles } from '../settings/config-files.ts';
import { chainOf, takenBySdk } from '../settings/profile-chain.ts';
import { isCliHere } from './cli-here.ts';
import { newKeys, onlyHere } from './credential-errors.ts';
import { loginOf, refreshed, tokenOf } from './login-tokens.ts';
import { codedRoles, forgetCoded } from './mfa.ts';
import { clashIn } from './two-sources.ts';

/**
 * Credentials that fail say what renews them: by the profile that they come from, and by what lies in the cache where
 * somebody logs in to it. The SDK's words for it differ, and AWS's do not tell. Everything else stays as it is.
 */
export async function withLogin(error: unknown, source: Source, env: Environment): Promise<unknown> {
  if (!(error instanceof CredentialsError)) return error;
  const ofProcess = error.process !== undefined;
  if ((error.about === 'settled' || error.about === 'clock') && !ofProcess) return error;
  const all = await profiles(env).catch(() => []);
  const name = profileNameOf(source);
  const chain = name === undefined ? undefined : chainOf(name, all);
  if (!chain) return error;
  const { end } = chain;
  const coded = codedRoles(source, chain);
  const [code] = coded;
  if (code && error.about === 'not-accepted') {
    forgetCoded(coded);
    const { actor, message } = error;
    return new CredentialsError(actor, message, onlyHere, undefined, { about: 'settled', code });
  }
  const login = loginOf(end);
  return login && !ofProcess
    ? withSignIn(error, login, source, env)
    : withRenewal(error, end, clashIn(end, chain.roles.length > 0));
}

/** Somebody signs in to them: what lies in the cache tells whether that is what is missing. */
async function withSignIn(
  error: CredentialsError,
  login: Login,
  source: Source,
  env: Environment,
): Promise<CredentialsError> {
  const token = await tokenOf(login, env);
  const there = token.is === 'there' && token.until > Date.now() + refreshed;
  // What AWS itself does not accept is made anew, whatever is cached.
  if (there && error.about !== 'not-accepted' && error.about !== 'withdrawn') return error;
  const here = login.by === 'sso' && !(await isCliHere(env));
  const soon = token.is === 'there' && token.until > Date.now() && !there && !token.renewable;
  return new CredentialsError(
    error.actor,
    soon
      ? `${sourceName(source)}: the sign-in expires ${new Date(token.until).toISOString().slice(0, 16)}Z, and the AWS SDK does not use one in its last 5 minutes`
      : error.message,
    here ? withoutCli(login) : `Sign in again: ${loginLine(login)}. Then check again here.`,
    here ? { ...login, here } : login,
    { about: 'signed-out' },
  );
}

/** It also stands where nobody is at the screen. */
const withoutCli = (login: Login): string =>
  `Sign in again. ${loginLine(login)} takes version 2 of the AWS CLI, which is not on the PATH; the guided run signs in without it, with a code on AWS’s page.`;

/** Nobody signs in to them. `clash`: the profile has two sources, and that is what is wrong first. */
function withRenewal(
  error: CredentialsError,
  end: Profile,
  clash: ReturnType<typeof clashIn>,
): CredentialsError {
  const { actor, message, about, process, said } = error;
  const refused = about === 'not-accepted';
  if (!clash && !refused) return error;
  const ofProcess = process !== undefined;
  const renewal = refused ? renewalOf(end) : error.remedy;
  return new CredentialsError(
    actor,
    clash && !ofProcess ? `${message}. ${clash.found}` : message,
    // New keys would be one source more.
    !clash ? renewal : ofProcess ? `${renewal} ${clash.found} ${clash.remedy}` : clash.remedy,
    undefined,
    { about, said, ...defined({ process: ofProcess ? process : undefined }) },
  );
}

/** Of a profile to which nobody logs in. */
function renewalOf({ name, settings }: Profile): string {
  const kind = takenBySdk(settings, true);
  switch (kind) {
    case 'process':
      return `These are the keys that the credential_process of profile ${name} returns: check it, or choose other credentials. Then check again here.`;
    case 'web-identity':
    case 'machine':
      return `These are the credentials that this machine’s surroundings give to profile ${name}: the administrator of the machine renews them. Or choose other credentials. Then check again here.`;
    case 'keys':
    case 'role':
    case 'sso':
    case 'login':
    case undefined:
      return newKeys(name);
    default:
      return unreachable(kind);
  }
}
