import { Refused } from '../reader.ts';

/** What is asked for, where AWS names kinds: the identity store does. `'what was asked for'`: of services that name none. */
export type Sought = 'USER' | 'GROUP' | 'what was asked for';

/**
 * Some refusals are answers: `ResourceNotFoundException` says that there is none – of what was asked for. With a Reason it
 * is about the key that encrypts IAM Identity Center, and with another ResourceType about something else: then it is not
 * known whether there is one, and the refusal is thrown.
 */
export async function unlessAbsent<T>(sought: Sought, reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refused && error.code === 'ResourceNotFoundException' && saysNone(error, sought))
      return undefined;
    throw error;
  }
}

function saysNone({ reason, resource }: Refused, sought: Sought): boolean {
  if (reason !== undefined) return false;
  return resource === undefined || resource === sought || sought === 'what was asked for';
}
