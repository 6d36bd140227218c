import { connect } from '../aws/client.ts';
import { meet, sources } from '../aws/identities.ts';
import type { Ask } from '../engine/ask.ts';
import type { Ports } from '../engine/ports.ts';
import type { Journal } from '../journal/journal.ts';
import type { Settings } from '../journal/settings.ts';
import type { Source } from '../model/identity.ts';
import { advance, nothing, type Run } from '../model/run.ts';
import { program } from './program.ts';

/** Thrown out of a wait when the operator leaves: what is under way is on disk, and is taken up the next time. */
export class Left extends Error {}

interface Operator {
  readonly ask: Ports['ask'];
  readonly show: Ports['show'];
  /** Told after every event, before anything else happens. */
  changed?(run: Run): void | Promise<void>;
  /** Aborted when the operator leaves while nothing is asked. */
  readonly leaving: AbortSignal;
}

/** The engine's ports: the journal, AWS, the clock, and whoever answers. */
export function wire(journal: Journal, operator: Operator, settings?: Settings): Ports {
  let run = journal.events().reduce(advance, nothing);
  return {
    run: () => run,
    record: async (news) => {
      const event = await journal.append(news);
      run = advance(run, event);
      if (event.type === 'identified') settings?.setProfile(event.actor, event.source);
      await operator.changed?.(run);
      return event;
    },
    sources,
    meet: (source) => meet(source, program, journal.header.endpoint),
    connect: (actor, source, region) => connect({ actor, source, region, program }),
    ask: async (ask) => {
      if (operator.leaving.aborted) return { do: 'leave' };
      return operator.ask(ask.is === 'credentials' ? { ...ask, sources: usualFirst(ask, settings) } : ask);
    },
    show: operator.show,
    now: Date.now,
    sleep: (ms) => sleep(ms, operator.leaving),
  };
}

/** The credentials that this operator used for the actor last time stand first. */
function usualFirst(
  { actor, sources }: Extract<Ask, { is: 'credentials' }>,
  settings: Settings | undefined,
): readonly Source[] {
  const usual = JSON.stringify(settings?.profileOf(actor ?? 'management'));
  const isUsual = (source: Source): boolean => JSON.stringify(source) === usual;
  return [...sources.filter(isUsual), ...sources.filter((source) => !isUsual(source))];
}

/** Throws `Left` when the operator leaves meanwhile. */
export const sleep = (ms: number, leaving: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      reject(new Left());
    };
    const timer = setTimeout(() => {
      leaving.removeEventListener('abort', leave);
      resolve();
    }, ms);
    if (leaving.aborted) leave();
    else leaving.addEventListener('abort', leave, { once: true });
  });
