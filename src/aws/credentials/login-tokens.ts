import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Login } from '../../model/identity.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Profile } from '../settings/config-files.ts';
import { profiles } from '../settings/config-files.ts';
import { homeIn } from '../settings/home.ts';
import { takenBySdk } from '../settings/profile-chain.ts';
import { type DeviceToken, deviceTokenOf } from './device-tokens.ts';

/** A cached log-in, as it lies on this machine. Never the token itself. */
export type Token =
  | { readonly is: 'missing'; readonly file: string }
  | { readonly is: 'unreadable'; readonly file: string; readonly why: string }
  | {
      readonly is: 'there';
      readonly file: string;
      readonly until: number; // ms since 1970
      /** It can be renewed without a person, as long as the session at AWS lasts. */
      readonly renewable: boolean;
      /** Another one has another mark. */
      readonly mark: string;
    };

/** The SDK refreshes a log-in so long before its end (ms), and takes none that it cannot refresh then. */
export const refreshed = 300_000; // ms

/** Until when the SDK takes a token. One that a profile of the older form names itself is taken to its very end. */
export const takenUntil = (
  { until, renewable }: Extract<Token, { is: 'there' }>,
  { settings }: Profile,
): number => (renewable || settings.sso_session === undefined ? until : until - refreshed);

/** How a person logs in to a profile of this kind; undefined for all other kinds. */
export function loginOf({ name, settings }: Profile): Login | undefined {
  const kind = takenBySdk(settings);
  return kind === 'sso' || kind === 'login' ? { by: kind, profile: name } : undefined;
}

/** The token of a log-in: this process's own, else the cached one. No AWS call. The forms are the AWS CLI's. */
export async function tokenOf(login: Login, env: Environment): Promise<Token> {
  const all = await profiles(env).catch(() => []);
  const profile = all.find(({ name }) => name === login.profile);
  const file = fileOf(login, profile, env);
  const own = profile && login.by === 'sso' ? deviceTokenOf(profile) : undefined;
  if (own) return ofThisProcess(own, file);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { is: 'missing', file }
      : { is: 'unreadable', file, why: code };
  }
  return read(text, file, login);
}

function ofThisProcess({ until, refreshToken, accessToken }: DeviceToken, file: string): Token {
  const mark = createHash('sha256').update(`${until} ${accessToken}`).digest('hex');
  return { is: 'there', file, until, renewable: refreshToken !== undefined, mark };
}

function read(text: string, file: string, { by }: Login): Token {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { is: 'unreadable', file, why: 'it is not JSON' };
  }
  const cached = recordOf(value);
  const inner = by === 'sso' ? cached : recordOf(cached.accessToken);
  const secret = by === 'sso' ? inner.accessToken : inner.secretAccessKey;
  const until = typeof inner.expiresAt === 'string' ? timeOf(inner.expiresAt) : Number.NaN;
  if (typeof secret !== 'string' || Number.isNaN(until))
    return { is: 'unreadable', file, why: 'it has no token with an end' };
  const registered = timeOf(String(cached.registrationExpiresAt ?? ''));
  const renewable =
    typeof cached.refreshToken === 'string' &&
    typeof cached.clientId === 'string' &&
    (by === 'login' || (typeof cached.clientSecret === 'string' && !(registered <= Date.now())));
  const mark = createHash('sha256').update(`${until} ${secret}`).digest('hex');
  return { is: 'there', file, until, renewable, mark };
}

/** Old versions of the CLI write `2026-11-23T18:00:00UTC`. */
const timeOf = (text: string): number => Date.parse(text.replace(/UTC$/, 'Z'));
const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function fileOf({ by }: Login, profile: Profile | undefined, env: Environment): string {
  const { sso_session: session, sso_start_url: start, login_session: login } = profile?.settings ?? {};
  if (by === 'login') {
    const folder = env.AWS_LOGIN_CACHE_DIRECTORY ?? join(homedir(), '.aws', 'login', 'cache');
    return join(folder, `${hashed('sha256', login ?? '')}.json`);
  }
  return join(homeIn(env), '.aws', 'sso', 'cache', `${hashed('sha1', session ?? start ?? '')}.json`);
}
const hashed = (how: 'sha1' | 'sha256', text: string): string => createHash(how).update(text).digest('hex');

/** Usable as it is: a minute is left, in which to begin something. */
const isGood = (token: Token): boolean => token.is === 'there' && token.until > Date.now() + 60_000;

/**
 * Watches a log-in's cached token. What is returned tells, each time it is asked, whether somebody has logged in since:
 * a token that was good already counts only when it is another one.
 */
export async function watchToken(login: Login, env: Environment): Promise<() => Promise<boolean>> {
  const first = await tokenOf(login, env);
  const before = isGood(first) && first.is === 'there' ? first.mark : undefined;
  return async () => {
    const now = await tokenOf(login, env);
    return now.is === 'there' && isGood(now) && now.mark !== before;
  };
}
