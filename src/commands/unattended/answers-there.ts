import type { Place } from '../runs/runs.ts';
import type { Answers } from './answers.ts';

/** The credentials that a simulated organization hands out stand for those that the answers name. */
export const answersThere = (answers: Answers, place: Place | undefined): Answers =>
  place?.simulated
    ? {
        ...answers,
        ...{ roles: {}, externalIds: {} },
        profiles: { management: 'management', 'delegated-administrator': 'delegated' },
      }
    : answers;
