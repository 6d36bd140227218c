import type { Ask } from '../../engine/ask.ts';
import { sentence } from './stop-messages.ts';

/** What AWS took, and has not ended. Where it cannot be asked how that stands, nobody knows that it is still at it. */
export const describeUnderWay = ({
  attempts,
  untold,
}: Extract<Ask, { is: 'under-way' }>): readonly string[] =>
  attempts.map(({ intent, request }) =>
    untold === undefined
      ? `${intent.says}: AWS is still at it (request ${request}). Run the same command again later.`
      : `${intent.says}: AWS took it (request ${request}), and does not show it yet. How it stands cannot be asked: ${sentence(untold)} Run the same command again later.`,
  );
