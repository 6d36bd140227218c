import { seal, unseal } from '../organization/seals.ts';
import { newSession, reservedRole } from '../organization/sessions.ts';
import type { State } from '../organization/state.ts';
import type { Received } from '../protocol/signature.ts';

// The access portal (REST-JSON, unsigned, a bearer token) and the sign-in service behind `aws sso login`. Of a log-in
// nothing is kept, as with sessions. The log-in page is not simulated: whoever starts a device authorization is let in.

/** Who logs in. The operator has the set AWSAdministratorAccess in every account, though the organization lists none. */
export const operator = { name: 'runbook-operator', set: 'AWSAdministratorAccess' } as const;

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
      return oidc('RegisterClient', {
        clientId: `simulated-${at.requestId}`,
        clientSecret: seal(at.state.seed, 'client', `simulated-${at.requestId}`),
        clientIdIssuedAt: Math.floor(at.now / 1000),
        clientSecretExpiresAt: Math.floor(at.now / 1000) + 90 * 86_400,
      });
    case 'POST /device_authorization':
      return oidc('StartDeviceAuthorization', {
        deviceCode: seal(at.state.seed, 'device', { user: operator.name, expires: at.now + 600_000 }),
        userCode: 'SIMU-LATE',
        verificationUri: `http://${received.headers.host}/_device`,
        verificationUriComplete: `http://${received.headers.host}/_device?user_code=SIMU-LATE`,
        expiresIn: 600,
        interval: 1,
      });
    case 'POST /token':
      return token(received, at);
    default:
      return undefined;
  }
}

const oidc = (operation: string, body: object): PortalAnswer => ({
  operation: `sso-oauth:${operation}`,
  account: '',
  status: 200,
  body,
});
function refusal(status: number, name: string, error: string, says: string): PortalAnswer {
  const body = { error, error_description: says };
  return { operation: 'sso-oauth:CreateToken', account: '', status, error: name, body };
}

function token({ body }: Received, at: Portal): PortalAnswer {
  const { seed } = at.state;
  const asked = recordIn(body);
  const text = (name: string): string => (typeof asked[name] === 'string' ? asked[name] : '');
  if (unseal(seed, 'client', text('clientSecret')) !== text('clientId'))
    return refusal(401, 'InvalidClientException', 'invalid_client', 'Invalid client provided');
  const grant = text('grantType');
  const given =
    grant === 'refresh_token'
      ? unseal<Login>(seed, 'refresh', text('refreshToken'))
      : grant === 'urn:ietf:params:oauth:grant-type:device_code'
        ? unseal<Login>(seed, 'device', text('deviceCode'))
        : 'unsupported';
  if (given === 'unsupported')
    return refusal(
      400,
      'UnsupportedGrantTypeException',
      'unsupported_grant_type',
      'Unsupported grant type provided',
    );
  if (!given || given.expires <= at.now)
    return refusal(400, 'InvalidGrantException', 'invalid_grant', 'Invalid grant provided');
  const ends = grant === 'refresh_token' ? given.expires : at.now + loginLasts;
  const expires = Math.min(ends, at.now + tokenLasts);
  return oidc('CreateToken', {
    accessToken: seal(seed, 'portal', { user: given.user, expires }),
    tokenType: 'Bearer',
    expiresIn: Math.floor((expires - at.now) / 1000),
    refreshToken: seal(seed, 'refresh', { user: given.user, expires: ends }),
  });
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
    ...(error === undefined ? {} : { error }),
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
