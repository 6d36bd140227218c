import { endpointOf } from '../aws/endpoint.ts';
import { Unusable } from '../aws/unusable.ts';
import { exitCodes, Stopped } from './exit.ts';
import type { Place } from './runs.ts';

/** Where this shell's AWS calls go, with the profiles named, if any are. Throws `Stopped` where they must not go. */
export async function placeNow(profiles?: readonly string[]): Promise<Place> {
  try {
    return { endpoint: await endpointOf(process.env, profiles), simulated: false };
  } catch (error) {
    if (error instanceof Unusable) throw new Stopped(exitCodes.credentials, error.message, error.remedy);
    throw error;
  }
}
