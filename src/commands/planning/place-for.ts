import { placeNow } from '../runs/environment.ts';
import type { Place } from '../runs/runs.ts';
import type { Answers } from '../unattended/answers.ts';

/** Where the calls go, with the profiles that the answers name. */
export const placeFor = (answers: Answers): Promise<Place> => {
  const named = Object.values(answers.profiles);
  return placeNow(named.length > 0 ? named : undefined);
};
