import { endpointOf } from '../aws/endpoint.ts';
import { exitCodes, Stopped } from './exit.ts';
import type { Place } from './runs.ts';

/** Where this shell's AWS calls go. Throws `Stopped` where they may not go there. */
export async function placeNow(): Promise<Place> {
  const endpoint = await endpointOf(process.env);
  if ('problem' in endpoint) throw new Stopped(exitCodes.usage, endpoint.problem, endpoint.remedy);
  return { endpoint: endpoint.endpoint, simulated: false };
}
