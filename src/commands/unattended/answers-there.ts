import { management } from '../../model/identity.ts';
import type { RunbookHead } from '../../model/runbook.ts';
import type { Place } from '../runs/runs.ts';
import type { Answers } from './answers.ts';

/** The profiles that `src/simulator/profiles.ts` writes. */
const simulated = { management: 'management', member: 'delegated' };
/** The credentials that a simulated organization hands out stand for those that the answers name. */
export const answersThere = (answers: Answers, place: Place | undefined, { actors }: RunbookHead): Answers =>
  place?.simulated
    ? {
        ...answers,
        ...{ roles: {}, externalIds: {} },
        profiles: Object.fromEntries(
          actors.map((actor) => [actor, actor === management ? simulated.management : simulated.member]),
        ),
      }
    : answers;
