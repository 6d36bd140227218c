import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Header, newJournal } from '../../src/journal/format.ts';
import { readJournal } from '../../src/journal/journal.ts';
import type { Event } from '../../src/model/event.ts';
import type { TrailEvent } from '../../src/simulator/organization/trail.ts';
import type { Bench } from './bench.ts';
import { finished } from './finished.ts';

export const minutes = 60_000;
export const days = 24 * 60 * minutes;
type Edit<T> = (all: readonly T[]) => readonly T[];

/** A finished run as if it had ended a while ago: its journal, and what CloudTrail has of it. */
export const trailed = async () => trailedIn((await finished()).at);
/** The same of the only run there. */
export async function trailedIn(at: Bench) {
  const runs = join(at.home, 'state', 'runs');
  const [id = ''] = await readdir(runs);
  const folder = join(runs, id);
  const trail = at.simulator.trail();
  const alter = (edit: Edit<TrailEvent>): void => {
    trail.splice(0, trail.length, ...edit(trail));
  };
  const journal = () => readJournal(folder);
  /** Writes the journal anew, its chain as it should be: what whoever holds the file can do. */
  const rewrite = async (edit: Edit<Event>): Promise<void> => {
    const { header, events } = await journal();
    await writeFile(join(folder, 'journal.jsonl'), newJournal(header as Header, edit(events)).bytes);
  };
  /** Both so much older. CloudTrail has delivered, unless its delay is kept. */
  const age = async (ms: number, delay: 'kept' | 'delivered' = 'delivered'): Promise<void> => {
    await rewrite((events) => events.map((event) => ({ ...event, at: event.at - ms })));
    alter((events) =>
      events.map((event) => ({
        ...event,
        at: event.at - ms,
        seen: delay === 'kept' ? event.seen - ms : 0,
      })),
    );
  };
  const reconcile = (...flags: readonly string[]) => at.cli(['audit', 'reconcile', '--yes', ...flags]);
  const json = async (...flags: readonly string[]) => {
    const { out, err, code } = await reconcile('--json', ...flags);
    return { code, err, told: JSON.parse(out) };
  };
  return { at, id, folder, trail, alter, journal, rewrite, age, reconcile, json };
}
