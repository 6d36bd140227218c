import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { headsOf } from '../../src/journal/evidence/heads.ts';
import { lineOf, newJournal, sealed } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
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
  const file = join(folder, 'journal.jsonl');
  const trail = at.simulator.trail();
  const alter = (edit: Edit<TrailEvent>): void => {
    trail.splice(0, trail.length, ...edit(trail));
  };
  const journal = () => readJournal(folder);
  /** Writes the journal anew, with a chain that verifies: what whoever holds the file can do. */
  const forge = async (edit: Edit<Event>): Promise<void> => {
    const { header, events } = await journal();
    await writeFile(file, newJournal(header, edit(events.flatMap(open))).bytes);
  };
  /** The same as if it had been so from the beginning: AWS was told the hashes that the records have now. */
  const rewrite = async (edit: Edit<Event>): Promise<void> => {
    const [{ header, events }, old] = [await journal(), await headsOf(folder)];
    const now = new Map<string, string>();
    const renamed = <T>(value: T): T =>
      JSON.parse(JSON.stringify(value).replace(/[0-9a-f]{64}/g, (hash) => now.get(hash) ?? hash)) as T;
    const lines = [sealed(header)];
    const marked = events.map((event, n): Event & Was => ({ ...event, was: old[n + 1] }));
    for (const { was, ...event } of edit(marked.flatMap(open)) as readonly (Event & Was)[]) {
      const next: Event = renamed(event);
      const record =
        next.type === 'anchored' ? { record: lines.map((line) => sha256(line)).indexOf(next.head) } : {};
      lines.push(lineOf({ ...next, ...record } as Event, lines.length, sha256(lines.at(-1) ?? '')));
      now.set(was ?? '', sha256(lines.at(-1) ?? ''));
    }
    await writeFile(file, `${lines.join('\n')}\n`);
    alter((all) =>
      all.map((event) => ({ ...event, ...renamed({ agent: event.agent, asked: event.asked }) })),
    );
  };
  /** Both so much older. CloudTrail has delivered, unless its delay is kept. */
  const age = async (ms: number, delay: 'kept' | 'delivered' = 'delivered'): Promise<void> => {
    await rewrite((events) => events.map((event) => ({ ...event, at: event.at - ms })));
    alter((all) =>
      all.map((event) => ({ ...event, at: event.at - ms, seen: delay === 'kept' ? event.seen - ms : 0 })),
    );
  };
  /** What is looked for: changes that were sent, and hashes. */
  const requests = async (): Promise<number> =>
    (await journal()).events.filter(({ type }) => type === 'intended' || type === 'anchored').length;
  const reconcile = (...flags: readonly string[]) => at.cli(['audit', 'reconcile', '--yes', ...flags]);
  const json = async (...flags: readonly string[]) => {
    const { out, err, code } = await reconcile('--json', ...flags);
    if (out === '') throw new Error(err);
    return { code, err, told: JSON.parse(out) };
  };
  return { at, id, folder, trail, alter, journal, requests, forge, rewrite, age, reconcile, json };
}

interface Was {
  readonly was?: string | undefined; // its hash before
}
/** A journal that is not closed: what closes it names the hashes of all before. */
const open = <T extends Event>({ continues: _, ...event }: T): readonly T[] =>
  event.type === 'closed' ? [] : [event as unknown as T];
