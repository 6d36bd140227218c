import { defined } from '../organization/defined.ts';
import { hash } from '../organization/ids.ts';
import { operator } from '../organization/people.ts';
import { seal, unseal } from '../organization/seals.ts';
import { newSession, reservedRole } from '../organization/sessions.ts';
import type { State } from '../organization/state.ts';
import type { Received } from '../protocol/signature.ts';
import { refusalOfSignIn, type SignInError, type SignInStrike } from './sign-in-errors.ts';

// The access portal (REST-JSON, unsigned, a bearer token) and the sign-in service behind `aws sso login`. Of a log-in
// nothing is kept, as with sessions. The log-in page is not simulated: whoever starts a device authorization is let in,
// unless a fault answers (sign-in-answers).

interface Login {
  readonly user: string;
  readonly expires: number; // ms since 1970
}
/** An answer of the portal: JSON, and for the ledger what was asked, and about which account. */
export interface PortalAnswer {
  readonly operation: string;
  readonly account: string;
  readonly status: number;
  readonly error?: string;
  readonly body: object;
}
/** What the portal is told besides the request. `now`: milliseconds since 1970. */
export interface Portal {
  readonly state: State;
  readonly now: number;
  readonly requestId: string;
  /** How long the credentials of a role last at most, in milliseconds. */
  readonly session: number;
  /** What strikes a request of the sign-in service. */
  readonly strike: (operation: string) => SignInStrike | undefined;
}
const hour = 3_600_000;
/** The access token lasts an hour; it can be refreshed for as long as the session in the portal lasts. */
const tokenLasts = hour;
const loginLasts = 8 * hour;

/**
 * The answer to a request of the portal or of the sign-in service; undefined for all others. Throws nothing: refusals
 * are answers. Source: IAM Identity Center Portal and OIDC API references.
 */
export function portalAnswer(received: Received, at: Portal): PortalAnswer | undefined {
  const { method, path } = received;
  switch (`${method} ${path}`) {
    case 'GET /federation/credentials':
      return roleCredentials(received, at);
    case 'POST /client/register':
      return answered('RegisterClient', received, at, registered);
    case 'POST /device_authorization':
      return answered('StartDeviceAuthorization', received, at, authorizing);
    case 'POST /token':
      return answered('CreateToken', received, at, token);
    default:
      return undefined;
  }
}

/** What an operation of the sign-in service gives, or with which error it refuses. */
type SignIn = (asked: Asked, at: Portal) => object | readonly [SignInError, string];
interface Asked {
  readonly text: (name: string) => string;
  readonly host: string;
  /** Where a fault sends people. */
  readonly page: string | undefined;
}
function answered(operation: string, { body, headers }: Received, at: Portal, give: SignIn): PortalAnswer {
  const fields = recordIn(body);
  const named = `sso-oauth:${operation}`;
  const strike = at.strike(named);
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const page = strike && 'page' in strike ? strike.page : undefined;
  const given =
    strike && 'error' in strike
      ? ([strike.error, says[strike.error] ?? ''] as const)
      : give({ text, page, host: headers.host ?? '' }, at);
  const base = { operation: named, account: '' };
  return Array.isArray(given)
    ? { ...base, ...refusalOfSignIn(...(given as [SignInError, string])) }
    : { ...base, status: 200, body: given };
}
const says: Readonly<Partial<Record<SignInError, string>>> = {
  authorization_pending: 'Authorization is pending',
  slow_down: 'Slow down',
  access_denied: 'User denied the authorization request',
  expired_token: 'Device code has expired',
  invalid_grant: 'Invalid grant provided',
  invalid_client: 'Invalid client provided',
};

const registered: SignIn = ({ text }, { state, now, requestId }) =>
  text('clientName') === '' || text('clientType') !== 'public'
    ? ['invalid_request', 'Invalid client registration']
    : {
        clientId: `simulated-${requestId}`,
        clientSecret: seal(state.seed, 'client', `simulated-${requestId}`),
        clientIdIssuedAt: Math.floor(now / 1000),
        clientSecretExpiresAt: Math.floor(now / 1000) + 90 * 86_400,
      };

const isClient = ({ text }: Asked, { state }: Portal): boolean =>
  text('clientId') !== '' && unseal(state.seed, 'client', text('clientSecret')) === text('clientId');

/** A code of its own each time, of letters that nobody takes for another: whoever compares two sees that. */
const userCode = (requestId: string): string => {
  const letters = [...hash(`user code ${requestId}`)]
    .map((byte) => 'BCDFGHJKLMNPQRSTVWXZ'[byte % 20])
    .join('');
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}`;
};

function authorizing(asked: Asked, at: Portal): ReturnType<SignIn> {
  const { text, host, page } = asked;
  if (!isClient(asked, at)) return ['invalid_client', 'Invalid client provided'];
  if (!URL.canParse(text('startUrl'))) return ['invalid_request', 'Invalid start URL provided'];
  const code = userCode(at.requestId);
  const address = page ?? `http://${host}/_device`;
  return {
    deviceCode: seal(at.state.seed, 'device', { user: operator.name, expires: at.now + 600_000 }),
    userCode: code,
    verificationUri: address,
    verificationUriComplete: `${address}${address.includes('?') ? '&' : '?'}user_code=${code}`,
    expiresIn: 600,
    interval: 1,
  };
}

function token(asked: Asked, at: Portal): ReturnType<SignIn> {
  const { text } = asked;
  const { seed } = at.state;
  if (!isClient(asked, at)) return ['invalid_client', 'Invalid client provided'];
  const grant = text('grantType');
  const byDevice = grant === 'urn:ietf:params:oauth:grant-type:device_code';
  if (grant !== 'refresh_token' && !byDevice)
    return ['unsupported_grant_type', 'Unsupported grant type provided'];
  const given = byDevice
    ? unseal<Login>(seed, 'device', text('deviceCode'))
    : unseal<Login>(seed, 'refresh', text('refreshToken'));
  if (given && byDevice && given.expires <= at.now) return ['expired_token', 'Device code has expired'];
  if (!given || given.expires <= at.now) return ['invalid_grant', 'Invalid grant provided'];
  const ends = byDevice ? at.now + loginLasts : given.expires;
  const expires = Math.min(ends, at.now + tokenLasts);
  return {
    accessToken: seal(seed, 'portal', { user: given.user, expires }),
    tokenType: 'Bearer',
    expiresIn: Math.floor((expires - at.now) / 1000),
    refreshToken: seal(seed, 'refresh', { user: given.user, expires: ends }),
  };
}

function roleCredentials({ headers, query }: Received, at: Portal): PortalAnswer {
  const { state, now, requestId } = at;
  const account = query.get('account_id') ?? '';
  const set = query.get('role_name') ?? '';
  const answer = (status: number, body: object, error?: string): PortalAnswer => ({
    operation: 'portal:GetRoleCredentials',
    account,
    status,
    body,
    ...defined({ error }),
  });
  const login = unseal<Login>(state.seed, 'portal', headers['x-amz-sso_bearer_token'] ?? '');
  if (!login || login.expires <= now)
    return answer(401, { message: 'Session token not found or invalid' }, 'UnauthorizedException');
  const lasts = grantedFor(state, login.user, account, set);
  if (lasts === undefined) return answer(403, { message: 'No access' }, 'ForbiddenException');
  const expires = now + Math.min(lasts, at.session);
  const role = reservedRole(state.seed, account, set);
  const made = newSession(state.seed, { account, role, name: login.user, expires, id: requestId });
  return answer(200, {
    roleCredentials: {
      accessKeyId: made.accessKeyId,
      secretAccessKey: made.secretAccessKey,
      sessionToken: made.token,
      expiration: expires,
    },
  });
}

/** For how long a user may take up a permission set in an account, in milliseconds; undefined: not at all. */
function grantedFor(state: State, user: string, account: string, set: string): number | undefined {
  if (state.accounts.find(({ id }) => id === account)?.state !== 'ACTIVE') return undefined;
  if (user === operator.name && set === operator.set) return hour;
  const person = state.users.find(({ userName, status }) => userName === user && status === 'ENABLED');
  const found = state.sets.find(({ name }) => name === set);
  if (!person || found?.provisioned[account] === undefined) return undefined;
  const groups = state.groups.filter(({ members }) => members.some((one) => one.user === person.id));
  const mine = new Set([person.id, ...groups.map(({ id }) => id)]);
  const has = state.assignments.some(
    (one) => one.set === found.arn && one.account === account && mine.has(one.principal),
  );
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(found.session) ?? [];
  return has ? Number(hours) * hour + Number(minutes) * 60_000 : undefined;
}

function recordIn(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body.toString())) as Record<string, unknown>;
  } catch {
    return {};
  }
}
