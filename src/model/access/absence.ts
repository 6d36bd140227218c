import { RequestRejected } from '../reader.ts';

/** What is asked for, where AWS names kinds: the identity store does. `'what was asked for'`: of services that name none. */
export type Sought = 'USER' | 'GROUP' | 'what was asked for';

/**
 * The answer, or undefined where AWS says that there is none of what was asked for: `ResourceNotFoundException`. With a
 * Reason that error is about the key that encrypts IAM Identity Center, and with another ResourceType about something
 * else (service models of sso-admin and identitystore): then it is not known whether there is one. Throws that refusal,
 * and everything else that the reading throws.
 */
export async function unlessAbsent<T>(sought: Sought, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (
      error instanceof RequestRejected &&
      error.code === 'ResourceNotFoundException' &&
      saysNone(error, sought)
    )
      return undefined;
    throw error;
  }
}

function saysNone({ reason, resource }: RequestRejected, sought: Sought): boolean {
  if (reason !== undefined) return false;
  return resource === undefined || resource === sought || sought === 'what was asked for';
}
