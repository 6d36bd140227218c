import type { Environment } from '../../model/text/environment.ts';
import { placeNow } from '../runs/place-now.ts';
import type { Place } from '../runs/runs.ts';
import type { Answers } from '../unattended/answers.ts';

/** Where the calls go, with the profiles that the answers name. */
export const placeFor = (answers: Answers, env: Environment): Promise<Place> => {
  const named = Object.values(answers.profiles);
  return placeNow(env, named.length > 0 ? named : undefined);
};
