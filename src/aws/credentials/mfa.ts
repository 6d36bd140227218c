import type { CodeRequest, Source } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import { type Chain, serialOf } from '../settings/profile-chain.ts';
import type { RoleRequest } from './assume-role.ts';

// Sessions that were had with a code of an MFA device. They and the codes are kept in the memory of this process, and
// nowhere else: no file, no log, no journal.

/** AWS gives the role to nobody without a code, and none was entered, or AWS did not take it. */
export class CodeNeeded extends Error {
  readonly request: CodeRequest;
  constructor(request: CodeRequest) {
    super(`an MFA code of ${request.serial} is needed`);
    this.request = request;
  }
}

interface Session {
  readonly role: string;
  readonly credentials: unknown;
  readonly until: number; // ms since 1970
}
/** By who assumed it, and how. */
const sessions = new Map<string, Session>();
/** By serial number: a code that was typed, until it is sent; the one that was sent last; when AWS took one last. */
const typed = new Map<string, string>();
const sent = new Map<string, { readonly code: string; readonly at: number }>();
const taken = new Map<string, number>(); // ms since 1970

/** A session that ends so soon is no longer taken up. */
const early = 5 * 60_000; // ms
/** A device shows a code for 30 seconds; AWS takes it a little longer. After this it may come up again by chance. */
const stale = 120_000; // ms

/**
 * Takes up a code, for the next request for that role. False where it was sent before: AWS takes each code once, and it
 * would count as a failure.
 */
export function enterCode({ serial }: Pick<CodeRequest, 'serial'>, code: string): boolean {
  const last = sent.get(serial);
  if (last?.code === code && Date.now() - last.at < stale) return false;
  typed.set(serial, code);
  return true;
}

/**
 * The credentials of a role that is assumed with a code: those of the session that is in hand, else what `assume` gives
 * for the code that was entered. `by`: the access key that assumes it. Throws `CodeNeeded`, and what `assume` throws.
 */
export async function withCode(
  by: string,
  params: RoleRequest & { readonly RoleArn?: string | undefined; readonly SerialNumber: string },
  assume: (coded: RoleRequest) => Promise<unknown>,
): Promise<unknown> {
  const { RoleArn: role = '', SerialNumber: serial } = params;
  const { TokenCode: _, ...asked } = params;
  const key = JSON.stringify([by, asked]);
  const held = sessions.get(key);
  if (held && held.until - Date.now() > early) return held.credentials;
  const code = typed.get(serial);
  const sentAt = taken.get(serial);
  if (code === undefined) throw new CodeNeeded({ serial, role, ...defined({ sentAt }) });
  typed.delete(serial);
  sent.set(serial, { code, at: Date.now() });
  taken.set(serial, Date.now()); // as far as is known: an answer may be lost
  try {
    const credentials = await assume({ ...asked, TokenCode: code });
    const { expiration } = credentials as { readonly expiration?: Date };
    sessions.set(key, { role, credentials, until: expiration?.getTime() ?? Date.now() });
    return credentials;
  } catch (error) {
    const refused = refusedCode(error);
    if (refused === undefined) throw error;
    if (sentAt === undefined) taken.delete(serial);
    else taken.set(serial, sentAt);
    throw new CodeNeeded({ serial, role, refused, ...defined({ sentAt }) });
  }
}

/** AWS's sentence, where another code may do. It has one name for this and for every other refusal. */
const refusedCode = (error: unknown): string | undefined =>
  error instanceof Error &&
  error.name.startsWith('AccessDenied') &&
  /MultiFactorAuthentication failed with invalid MFA/i.test(error.message)
    ? error.message.trim()
    : undefined;

/**
 * The device whose code a role needs that was named here: that of the profile it is assumed with, where that one's keys
 * are a user's own. A session of a role has no device.
 */
export const serialForNamed = ({ roles, end, kind }: Chain): string | undefined =>
  roles.length === 0 && kind === 'keys' && end.settings.aws_session_token === undefined
    ? serialOf(end.settings)
    : undefined;

/** The roles among those of a source that are assumed with a code, the last one first. */
export function codedRoles(source: Source, chain: Chain | undefined): readonly CodeRequest[] {
  if (!chain) return [];
  const { roles, end, kind } = chain;
  const coded = (role: string | undefined, serial: string | undefined): readonly CodeRequest[] =>
    role === undefined || serial === undefined ? [] : [{ role, serial }];
  return [
    ...(source.kind === 'role' ? coded(source.arn, serialForNamed(chain)) : []),
    ...[...roles, ...(kind === 'machine' ? [end] : [])].flatMap(({ settings }) =>
      coded(settings.role_arn, serialOf(settings)),
    ),
  ];
}

/** Until when the session of a role lasts that was had with a code, in milliseconds since 1970. */
export const codedUntil = ({ role }: CodeRequest): number | undefined =>
  [...sessions.values()].findLast((one) => one.role === role && one.until > Date.now())?.until;

/** AWS does not take the session any more: a new code is asked for. */
export function forgetCoded(coded: readonly CodeRequest[]): void {
  for (const [key, held] of sessions) if (coded.some(({ role }) => role === held.role)) sessions.delete(key);
}
