import type { SourceFacts, SourceKind, SourceState } from '../model/access/source-facts.ts';
import { type Login, originOf, profileNameOf, type Source } from '../model/identity.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { loginOf, type Token, takenUntil, tokenOf } from './credentials/login-tokens.ts';
import { codedRoles, codedUntil } from './credentials/mfa.ts';
import { type Profile, profiles } from './settings/config-files.ts';
import { type Chain, chainOf } from './settings/profile-chain.ts';

/**
 * What is known of sources, in their order: what they are, of which account, and whether somebody has to sign in first.
 * Reads the config files and cached sign-ins; asks AWS nothing, and starts nothing.
 */
export async function factsOfSources(
  all: readonly Source[],
  env: Environment,
): Promise<readonly SourceFacts[]> {
  const known = await profiles(env).catch(() => []);
  // There may be thousands of profiles, and few sign-ins.
  const tokens = new Map<string, Promise<Token>>();
  const token = (login: Login, { settings }: Profile): Promise<Token> => {
    const key = `${login.by} ${settings.sso_session ?? settings.sso_start_url ?? settings.login_session ?? ''}`;
    const found = tokens.get(key) ?? tokenOf(login, env);
    tokens.set(key, found);
    return found;
  };
  const byName = new Map(known.map((profile) => [profile.name, profile]));
  return Promise.all(
    all.map(async (source) => {
      const name = profileNameOf(source);
      if (name === undefined) return ofEnvironment(source, env);
      const chain = chainOf(name, known);
      return ofChain(source, chain, byName.get(name), token);
    }),
  );
}

type TokenFor = (login: Login, end: Profile) => Promise<Token>;

async function ofChain(
  source: Source,
  chain: Chain | undefined,
  profile: Profile | undefined,
  token: TokenFor,
): Promise<SourceFacts> {
  const arn = source.kind === 'role' ? source.arn : profile?.settings.role_arn;
  const kind = chain ? kindOf(chain, source) : 'incomplete';
  const coded = codedRoles(source, chain);
  const named = kind === 'role' || kind === 'web-identity' ? arn : undefined;
  const role = kind === 'sso' ? chain?.end.settings.sso_role_name : named?.split('/').at(-1);
  return {
    source,
    kind,
    mfa: coded.length > 0,
    state: chain ? await stateOf(chain, source, token) : { is: 'unknown' },
    ...defined({ role, account: accountOf(kind, named, chain?.end) }),
  };
}

function kindOf({ roles, kind, end }: Chain, source: Source): SourceKind {
  if (source.kind === 'role' || roles.length > 0 || kind === 'machine') return 'role';
  if (kind === 'keys') return end.settings.aws_session_token === undefined ? 'keys' : 'session';
  return kind ?? 'incomplete';
}

/** Of an ARN its own; of a permission set what the profile says. Keys name none. */
function accountOf(kind: SourceKind, role: string | undefined, end: Profile | undefined): string | undefined {
  const { sso_account_id: sso, login_session: session, aws_account_id: said } = end?.settings ?? {};
  const arn = role ?? (kind === 'login' ? session : undefined);
  const found = arn === undefined ? ((kind === 'sso' ? sso : undefined) ?? said) : arn.split(':')[4];
  return found !== undefined && /^\d{12}$/.test(found) ? found : undefined;
}

async function stateOf({ end, kind, roles }: Chain, source: Source, token: TokenFor): Promise<SourceState> {
  const login = loginOf(end);
  const base: SourceState = login ? signedIn(await token(login, end), end) : unsigned(kind, end);
  // What it is assumed with comes first.
  if (base.is === 'sign-in-first') return base;
  const [coded] = codedRoles(source, { end, kind, roles });
  if (coded === undefined) return base;
  const until = codedUntil(coded);
  return until === undefined ? { is: 'code-first' } : { is: 'signed-in', left: until - Date.now() };
}

function signedIn(token: Token, end: Profile): SourceState {
  if (token.is !== 'there') return { is: 'sign-in-first' };
  if (token.renewable) return { is: 'signed-in' };
  const left = takenUntil(token, end) - Date.now();
  return left > 0 ? { is: 'signed-in', left } : { is: 'sign-in-first' };
}

function unsigned(kind: Chain['kind'], end: Profile): SourceState {
  switch (kind) {
    case 'keys':
      return { is: end.settings.aws_session_token === undefined ? 'no-sign-in' : 'unknown' };
    case 'role':
    case 'machine':
    case 'web-identity':
    case 'process':
    case 'sso':
    case 'login':
    case undefined:
      return { is: 'unknown' };
    default:
      return unreachable(kind);
  }
}

function ofEnvironment(source: Source, env: Environment): SourceFacts {
  const lasting = env.AWS_ACCESS_KEY_ID !== undefined && !env.AWS_SESSION_TOKEN;
  const arn = source.kind === 'role' ? source.arn : undefined;
  return {
    source,
    kind: originOf(source) === source ? 'environment' : 'role',
    mfa: false,
    state: { is: lasting ? 'no-sign-in' : 'unknown' },
    ...defined({ account: arn?.split(':')[4], role: arn?.split('/').at(-1) }),
  };
}
