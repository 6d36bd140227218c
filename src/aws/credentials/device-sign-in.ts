import type { DeviceSignIn, Source } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { configFiles, type Profile } from '../settings/config-files.ts';
import { LocalConfigError } from '../settings/local-config-error.ts';
import { mendSso } from './credential-errors.ts';
import { isDevicePage } from './device-page.ts';
import { type Answer, type AskSignIn, SignInRefused, signInService } from './device-service.ts';
import { type DeviceToken, holdToken } from './device-tokens.ts';

/** The clock. `sleep` rejects where the operator gives up meanwhile. */
export interface Time {
  readonly now: () => number; // ms since 1970
  readonly sleep: (ms: number) => Promise<void>;
}
/** How a sign-in ended. `error`: the error of OAuth that stands in its way. */
export type Ended =
  | { readonly is: 'signed-in' | 'denied' | 'expired' }
  | { readonly is: 'forbidden'; readonly says: string };
/** A sign-in that was begun. */
export interface Begun {
  readonly shown: DeviceSignIn;
  /** Asks AWS until it says how it ended. Throws what `sleep` throws. */
  readonly ended: (time: Time) => Promise<Ended>;
}

/** Asked so often where AWS does not say how often it may be. */
const usualInterval = 5; // s
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** What a profile says of its portal. Nothing else decides where a sign-in goes. */
export interface Portal {
  readonly startUrl: string;
  readonly region: string;
  readonly scopes: readonly string[] | undefined;
}
export async function portalOf({ name, settings }: Profile, env: Environment): Promise<Portal> {
  const session = settings.sso_session;
  const found = session === undefined ? settings : (await configFiles(env)).sessions[session];
  const { sso_start_url: startUrl, sso_region: region, sso_registration_scopes: scopes } = found ?? {};
  if (!startUrl || !region)
    throw new LocalConfigError(
      `profile ${name} does not say where to sign in: sso_start_url and sso_region.`,
      mendSso(name),
    );
  // Without a scope AWS gives no refresh token: the older kind of profile has none.
  const listed = session === undefined ? undefined : (scopes ?? 'sso:account:access').split(/[\s,]+/);
  return { startUrl, region, scopes: listed?.filter((one) => one !== '') };
}

/**
 * Begins a sign-in: AWS says which code is to be entered, and where. Throws `LocalConfigError`, `SignInRefused`, and
 * what Node throws where no answer comes.
 */
export async function beginDeviceSignIn(
  profile: Profile,
  source: Source,
  env: Environment,
  now: () => number,
): Promise<Begun> {
  const { startUrl, region, scopes } = await portalOf(profile, env);
  const ask = await signInService(source, region, env);
  const registered = await ask('/client/register', {
    ...{ clientName: 'cw-runbook', clientType: 'public' },
    ...defined({ scopes }),
  });
  const client = { clientId: text(registered, 'clientId'), clientSecret: text(registered, 'clientSecret') };
  const begun = await ask('/device_authorization', { ...client, startUrl });
  const deviceCode = text(begun, 'deviceCode');
  const page = text(begun, 'verificationUri');
  const whole = typeof begun.verificationUriComplete === 'string' ? begun.verificationUriComplete : page;
  const until = now() + number(begun, 'expiresIn', 600) * 1000;
  const shown: DeviceSignIn = {
    ...{ profile: profile.name, startUrl, code: text(begun, 'userCode'), page, until },
    ...defined({ opens: isDevicePage(whole, startUrl, region) ? whole : undefined }),
  };
  const interval = number(begun, 'interval', usualInterval);
  const poll = async ({ now: at }: Time): Promise<Ended | 'pending' | 'slow-down'> => {
    const given = await tokenBy(ask, { ...client, grantType: deviceGrant, deviceCode });
    if (typeof given === 'string' || !('token' in given)) return given;
    holdToken(profile, tokenIn(given.token, { client, region }, at()));
    return { is: 'signed-in' };
  };
  return { shown, ended: (time) => polled(poll, interval, until, time) };
}

async function polled(
  poll: (time: Time) => Promise<Ended | 'pending' | 'slow-down'>,
  interval: number, // s
  until: number,
  time: Time,
): Promise<Ended> {
  for (let pause = interval; ; ) {
    await time.sleep(pause * 1000);
    if (time.now() >= until) return { is: 'expired' };
    const found = await poll(time);
    if (found === 'slow-down')
      pause += 5; // RFC 8628, 3.5
    else if (found !== 'pending') return found;
  }
}

/** A token, or why there is none yet, or none at all. */
async function tokenBy(
  ask: AskSignIn,
  asked: object,
): Promise<{ readonly token: Answer } | Ended | 'pending' | 'slow-down'> {
  try {
    return { token: await ask('/token', asked) };
  } catch (error) {
    // No answer, or an error of AWS's own: it is asked again, for as long as the code lasts.
    if (!(error instanceof SignInRefused) || error.$metadata.httpStatusCode >= 500) return 'pending';
    switch (error.error) {
      case 'authorization_pending':
        return 'pending';
      case 'slow_down':
        return 'slow-down';
      case 'access_denied':
        return { is: 'denied' };
      case 'expired_token':
        return { is: 'expired' };
      default:
        return { is: 'forbidden', says: error.message };
    }
  }
}

/** The token that an answer holds. Throws a `SyntaxError` where it holds none. */
export function tokenIn(
  answer: Answer,
  { client, region }: Pick<DeviceToken, 'client' | 'region'>,
  now: number,
): DeviceToken {
  const { refreshToken } = answer;
  return {
    ...{ client, region },
    accessToken: text(answer, 'accessToken'),
    until: now + number(answer, 'expiresIn', 0) * 1000,
    ...defined({ refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined }),
  };
}

function text(answer: Answer, name: string): string {
  const value = answer[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new SyntaxError(`Unexpected token: the sign-in service names no ${name}`);
}
const number = (answer: Answer, name: string, usual: number): number => {
  const value = answer[name];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : usual;
};

/** How a sign-in ended, as it is put to the operator; undefined where somebody is signed in. */
export function describeEnded(ended: Ended, profile: string, command: string) {
  switch (ended.is) {
    case 'signed-in':
      return undefined;
    case 'denied':
      return {
        problem: `profile ${profile}: the sign-in was denied on the page.`,
        remedy: 'Sign in again and allow it, or choose other credentials.',
      };
    case 'expired':
      return {
        problem: `profile ${profile}: the code expired before the sign-in was allowed.`,
        remedy: 'Sign in again: you get a new code.',
      };
    case 'forbidden':
      return describeForbidden(ended.says, profile, command);
    default:
      return unreachable(ended);
  }
}
export const describeForbidden = (says: string, profile: string, command: string) => ({
  problem: `profile ${profile}: AWS does not allow a sign-in with a code here (${says}).`,
  remedy: `Install the AWS CLI version 2 and run ${command}, or choose other credentials.`,
});
