import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Header, lineOf, sealed } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import { readJournal } from '../../src/journal/journal.ts';
import type { Event } from '../../src/model/event.ts';
import { treeOf } from '../../src/model/evidence/tree.ts';
import type { TrailEvent } from '../../src/simulator/organization/trail.ts';
import type { Bench } from './bench.ts';
import { finished } from './finished.ts';

export const minutes = 60_000;
export const days = 24 * 60 * minutes;
type Edit<T> = (all: readonly T[]) => readonly T[];

type Known = Event & { readonly was?: string };
/** A journal of events in which all that names a record's hash names the new one: anchors, tags, roots. */
function chainedAgain(header: Header, events: readonly Known[]) {
  const first = sealed(header);
  const lines = [first];
  const tree = treeOf(sha256, [sha256(first)]);
  const names = new Map<string, string>();
  const renamed = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replace(/[0-9a-f]{64}/g, (hash) => names.get(hash) ?? hash)) as T;
  let closed: number | undefined;
  for (const [n, { was, continues: _, ...event }] of events.entries()) {
    const prev = sha256(lines[n] ?? '');
    const own =
      event.type === 'closed'
        ? { records: n, root: tree.root() }
        : event.type === 'anchored'
          ? { record: n, head: prev }
          : {};
    const told = {
      ...renamed(event),
      ...own,
      ...(closed === undefined ? {} : { continues: closed }),
    } as Event;
    closed = event.type === 'closed' ? n + 1 : undefined;
    const line = lineOf(told, n + 1, prev);
    lines.push(line);
    tree.add(sha256(line));
    if (was !== undefined) names.set(was, sha256(line));
  }
  return { bytes: Buffer.from(`${lines.join('\n')}\n`), renamed };
}

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
  /** Writes the journal anew, its chain as it should be, and CloudTrail as it would have been told of it. */
  const rewrite = async (edit: Edit<Event>): Promise<void> => {
    const { header, events } = await journal();
    const lines = await readFile(join(folder, 'journal.jsonl'), 'utf8');
    const hashes = lines
      .trimEnd()
      .split('\n')
      .map((line) => sha256(line));
    const known = events.map((event, n) => ({ ...event, was: hashes[n + 1] }));
    const { bytes, renamed } = chainedAgain(header, edit(known) as readonly Known[]);
    await writeFile(join(folder, 'journal.jsonl'), bytes);
    alter((all) => all.map((event) => renamed(event)));
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
    if (out === '') throw new Error(err);
    return { code, err, told: JSON.parse(out) };
  };
  return { at, id, folder, trail, alter, journal, rewrite, age, reconcile, json };
}
