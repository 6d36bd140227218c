import { defined } from '../../model/text/defined.ts';
import { clock } from '../../model/text/times.ts';

/** Credentials as the SDK's clients take them. */
export interface ProcessCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly credentialScope?: string;
  readonly accountId?: string;
}

/**
 * What a credential_process printed, by the rules of the AWS SDK for JavaScript; or what is wrong with it, which tells
 * nothing of what it printed. `account`: aws_account_id of the profile.
 */
export function credentialsIn(
  printed: string,
  account?: string,
): ProcessCredentials | { readonly wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(printed.trim());
  } catch {
    return { wrong: printed.trim() === '' ? 'prints nothing' : 'prints what is not JSON' };
  }
  const given = Object(value) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | undefined => {
    const one = given[name];
    return typeof one === 'string' && one !== '' ? one : undefined;
  };
  if (given.Version !== 1) return { wrong: 'does not print "Version": 1' };
  const [accessKeyId, secretAccessKey] = [text('AccessKeyId'), text('SecretAccessKey')];
  if (accessKeyId === undefined || secretAccessKey === undefined)
    return { wrong: 'prints no AccessKeyId and SecretAccessKey' };
  const sessionToken = text('SessionToken');
  const until = given.Expiration ? new Date(given.Expiration as string | number).getTime() : undefined;
  // The SDK would take such an end for one that never comes.
  if (Number.isNaN(until))
    return { wrong: 'prints an Expiration that is no time, such as 2026-01-01T00:00:00Z' };
  if (until !== undefined && until < Date.now())
    return { wrong: `gives credentials that have expired since ${clock(until)}` };
  const credentialScope = text('CredentialScope');
  const accountId = text('AccountId') ?? account;
  return {
    accessKeyId,
    secretAccessKey,
    ...defined({
      sessionToken,
      expiration: until === undefined ? undefined : new Date(until),
      credentialScope,
      accountId,
    }),
  };
}
