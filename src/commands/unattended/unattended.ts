import type { Ask, Reply } from '../../engine/ask.ts';
import { describeDenied } from '../../model/access/access-denied-hints.ts';
import { OutcomeUnknown, passes, RequestRejected } from '../../model/reader.ts';
import { emptyRun, type Run } from '../../model/run.ts';
import { exitCodes } from '../process/exit.ts';
import type { Answers } from './answers.ts';
import { decided } from './decided.ts';
import { goingOn } from './going-on.ts';
import { identities } from './identities.ts';
import { notDone } from './not-done.ts';
import { obstacles } from './obstacles.ts';
import type { Consent, Operator, Reason } from './operator.ts';
import { type Asked, type Confirmation, type Handlers, type Start, startOf } from './start.ts';

/** One for every question that the engine puts. */
const handlers: Handlers = { ...identities, ...decided, ...obstacles, ...notDone, ...goingOn };

const reply = async <K extends Ask['is']>(asked: Asked<K>, start: Start): Promise<Reply> =>
  handlers[asked.is](asked, start);

/**
 * Answers from a file. It leaves at the first thing that it was not told, and says which. `now`: the file, once the accounts
 * that it names have their ids.
 */
export function unattended(
  file: Answers,
  consent: Consent,
  say: (line: string) => void,
  sleep: (ms: number) => Promise<void>,
  run: () => Run = () => emptyRun,
  now: () => Answers = () => file,
  allows?: (asked: Confirmation) => Reason | undefined,
): Operator {
  const start = startOf({ file, consent, say, sleep, run, allows });
  const ask = (asked: Ask): Promise<Reply> => {
    start.memory.from ??= run().attempts.length;
    return reply(asked, { ...start, file: now() }).catch((error: unknown) => unlisted(asked, error, start));
  };
  return { ask, reason: start.reason };
}

/** The choices are AWS's to list, while it is asked: that may fail too. */
function unlisted(asked: Ask, error: unknown, { stop }: Start): Reply {
  const refused = error instanceof RequestRejected;
  if (asked.is !== 'question' || !(refused || error instanceof OutcomeUnknown)) throw error;
  const later = !refused || passes(error.code);
  return stop(
    later ? exitCodes.parked : exitCodes.prerequisite,
    `The choices for ${asked.step.id}.${asked.goal.question} cannot be listed: ${refused ? `${error.code}: ` : ''}${error.message}.`,
    ...describeDenied(error.message),
    ...(later ? ['Run the same command again later: it continues from here.'] : []),
  );
}
