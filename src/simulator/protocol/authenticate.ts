import { base32, keysOf } from '../organization/ids.ts';
import { optStatus } from '../organization/regions.ts';
import { credentialsOf, sessionIn } from '../organization/sessions.ts';
import type { State } from '../organization/state.ts';
import type { Caller } from './caller.ts';
import { isQuery, type Service } from './model.ts';
import { Refusal } from './refusal.ts';
import { claimOf, instant, isSignedWith, type Received, timestampOf } from './signature.ts';

const quarter = 15 * 60_000; // how far clocks may be apart

/** What the services call the same refusals: STS has names of its own. HTTP status at STS is 403, else the service's usual. */
const names = {
  invalidKey: ['UnrecognizedClientException', 'InvalidClientTokenId'],
  signature: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
  incomplete: ['IncompleteSignatureException', 'IncompleteSignature'],
  missing: ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
  expired: ['ExpiredTokenException', 'ExpiredToken'],
} as const;

/**
 * What AWS's front door answers to who may not come in, as it is to be thrown: the error's name is the service's own
 * for it.
 */
export function turnedAway(service: Service, what: keyof typeof names, message: string): Refusal {
  const [json, query] = names[what];
  const status = isQuery(service) || service === 'account' ? 403 : 400;
  return new Refusal(isQuery(service) ? query : json, message, {}, what === 'incomplete' ? 400 : status);
}

/**
 * Who signed the request, and the Region it is for. `now`: milliseconds since 1970. Throws the refusals of AWS's front
 * door, as `Refusal`. Source: IAM User Guide, "AWS Signature Version 4 for API requests".
 */
export function authenticate(
  received: Received,
  service: Service,
  state: State,
  now: number,
): { readonly caller: Caller; readonly region: string } {
  const deny = (what: keyof typeof names, message: string): never => {
    throw turnedAway(service, what, message);
  };
  const unknownKey = (): never =>
    deny('invalidKey', 'The security token included in the request is invalid.');

  const claim = claimOf(received);
  if (Array.isArray(claim) || !('signature' in claim))
    return claim.length === 0
      ? deny('missing', 'Missing Authentication Token')
      : deny('incomplete', claim.join(' '));

  const key = keyFor(claim.accessKeyId, claim.token, state) ?? unknownKey();
  const signed = claim.timestamp;
  const at = instant(signed);
  if (Number.isNaN(at)) deny('incomplete', `Date must be in ISO-8601 'basic format'. Got '${signed}'.`);
  const clock = timestampOf(now);
  // Presigned or not: X-Amz-Expires is Amazon S3's, and ignored here (seen with STS by those who log in with such URLs).
  if (at + quarter < now)
    deny(
      'signature',
      `Signature expired: ${signed} is now earlier than ${timestampOf(now - quarter)} (${clock} - 15 min.)`,
    );
  if (at - quarter > now)
    deny(
      'signature',
      `Signature not yet current: ${signed} is still later than ${timestampOf(now + quarter)} (${clock} + 15 min.)`,
    );
  if (claim.terminator !== 'aws4_request')
    deny('signature', "Credential should be scoped with a valid terminator: 'aws4_request'.");
  if (claim.date !== signed.slice(0, 8))
    deny(
      'signature',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${claim.date}' != '${signed.slice(0, 8)}', from '${signed}'.`,
    );
  if (claim.service !== service)
    deny('signature', `Credential should be scoped to correct service: '${service}'.`);
  // Organizations, account and IAM are at us-east-1 alone. A client that is told an address signs for its own Region though,
  // even for them (seen with the AWS CLI and the SDK for JavaScript), and it must be able to talk to the simulator.
  const global = service === 'organizations' || service === 'account' || service === 'iam';
  const status = optStatus(state, key.caller.account.id, claim.region, now);
  if (status === undefined)
    deny('signature', `Credential should be scoped to a valid region, not '${claim.region}'.`);
  if (!claim.signedHeaders.includes('host'))
    deny('signature', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  if (!isSignedWith(key.secret, claim, received))
    deny(
      'signature',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  if (key.expires !== undefined && key.expires <= now)
    deny('expired', 'The security token included in the request is expired');
  // In a Region that the account has not switched on, nobody knows its keys.
  if (!global && (status === 'DISABLED' || status === 'ENABLING')) unknownKey();
  return { caller: key.caller, region: global ? 'us-east-1' : claim.region };
}

interface Key {
  readonly caller: Caller;
  readonly secret: string;
  readonly expires?: number;
}
function keyFor(id: string, token: string | undefined, state: State): Key | undefined {
  if (token === undefined) {
    const account = state.accounts.find((one) => keysOf(state.seed, one.id).accessKeyId === id);
    if (account === undefined || account.state !== 'ACTIVE') return undefined;
    const caller: Caller = {
      account,
      arn: `arn:aws:iam::${account.id}:user/runbook-operator`,
      userId: `AIDA${base32(`${state.seed} user ${account.id}`, 17)}`,
      session: false,
      accessKeyId: id,
    };
    return { caller, secret: keysOf(state.seed, account.id).secretAccessKey };
  }
  const session = sessionIn(state.seed, token);
  const account = state.accounts.find((one) => one.id === session?.account);
  if (session === undefined || account === undefined || account.state !== 'ACTIVE') return undefined;
  const { accessKeyId, secretAccessKey, arn, userId } = credentialsOf(state.seed, session);
  if (accessKeyId !== id) return undefined;
  return {
    caller: { account, arn, userId, session: true, accessKeyId },
    secret: secretAccessKey,
    expires: session.expires,
  };
}
