import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parse } from '../../src/journal/format.ts';
import { sha256 } from '../../src/journal/hash.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import type { Event } from '../../src/model/event.ts';
import { type Disk, emptyDisk, follow, type Image } from './disk.ts';
import { endsOf, misread } from './each-byte.ts';
import { markIn } from './judge.ts';
import { inLanes } from './lanes.ts';
import { lossesOf } from './losses.ts';
import type { Order, Report } from './part.ts';
import { powerCuts } from './power-cuts.ts';
import { isOperation, type Operation, type Plan, type Row, rowsOf, watched } from './preload.ts';
import { referenceOf } from './reference.ts';
import { type Needs, reopened } from './reopened.ts';
import { rigFor } from './rig.ts';
import { type Finding, found, sum } from './tally.ts';
import { tasks } from './tasks.ts';

/** Everything that a loss of power can leave of a run, opened again; and the program started on some of it. */
export async function powerLoss(order: Order): Promise<Report> {
  const { home, rows, journal } = await referenceOf(tasks[0]);
  const whole: Trace = { home, rows, events: parse(journal, 'journal.jsonl').events };
  const operations = whole.rows.filter(isOperation);
  const writes = operations.filter(isJournalWrite);
  const torn = writes[Math.floor(writes.length / 2)];
  const traces = [whole, ...(torn ? [await traceOf({ at: torn.n, what: 'die-torn' })] : [])];
  // A start that was killed between a new name and the syncing of its folder: the next one must not rely on the name.
  const naming = operations.filter(
    ({ op, path }) => (op === 'mkdir' || op === 'rename') && path.includes('/runs'),
  );
  // Each is two starts of the program: of a small sample, some.
  for (const [nth, { n }] of naming.entries())
    if (nth % Math.ceil(order.stride / 200) === 0) traces.push(await traceOf({ at: n, what: 'die-after' }));
  const findings: Finding[] = [];
  const count = { states: 0, opened: 0 };
  for (const trace of traces) {
    const judged = await inLanes(distinct(trace, order.stride, count), order.jobs, ({ image, needs }) =>
      reopened(image, needs, trace.events),
    );
    count.opened += judged.length;
    findings.push(...judged.flat());
  }
  const zeros = await zeroFilled(order.stride);
  findings.push(...zeros.findings);
  for (const { is, says } of findings.slice(0, 10)) order.failed(`${is}: ${says}`);
  if (findings.length > 10) order.failed(`and ${findings.length - 10} more like these`);
  const cuts = await powerCuts(order);
  return {
    tally: sum([found(findings), cuts.tally]),
    did: `${count.states} states of the disk, of which ${count.opened} different ones were opened; ${zeros.states} with zeros at the end; ${cuts.did}`,
  };
}

/** What one run did to its files, and what its journal says in the end. */
interface Trace {
  readonly home: string;
  readonly rows: readonly Row[];
  readonly events: readonly Event[];
}
/** `first`: how a first start is killed; a second one goes on and finishes. */
async function traceOf(first: Plan): Promise<Trace> {
  const rig = await rigFor(tasks[0]);
  try {
    await rig.run(watched(rig, first)).ended;
    const { code, err } = await rig.run(watched(rig)).ended;
    if (code !== 0) throw new Error(`the run to be looked at ends with ${code}: ${err}`);
    const [run] = await listRuns(rig.home);
    const { events } = await readJournal(run?.folder ?? '');
    return { home: rig.home, rows: await rowsOf(rig), events };
  } finally {
    await rig.discard();
  }
}
const isJournalWrite = ({ op, path }: Operation): boolean =>
  op === 'write' && basename(path) === 'journal.jsonl';

interface State {
  readonly image: Image;
  readonly needs: Needs;
}
/** Power lost after each thing that the program did, and between any two of them. */
function* statesOf({ home, rows }: Trace): Iterable<State> {
  const disk = emptyDisk(home);
  const begun = new Map<number, Operation>();
  const sent: string[] = [];
  for (const row of rows) {
    follow(disk, home, row, begun);
    const mark = 'request' in row ? markIn(row.agent) : undefined;
    if (mark !== undefined) sent.push(mark);
    const needs = { synced: syncedEvents(disk), sent: [...sent] };
    for (const image of lossesOf(disk, home)) yield { image, needs };
  }
}
function* distinct(trace: Trace, stride: number, count: { states: number }): Iterable<State> {
  const seen = new Set<string>();
  for (const state of statesOf(trace)) {
    count.states++;
    const sign = signOf(state);
    if (!seen.has(sign) && seen.size % stride === 0) yield state;
    seen.add(sign);
  }
}
const signOf = ({ image, needs }: State): string =>
  sha256(JSON.stringify(needs), ...[...image].flatMap(([path, bytes]) => [path, `${bytes.length}`, bytes]));

/** Events in the journal's synced bytes, where its name is synced too, but for repairs. The first line is no event. */
function syncedEvents({ kept }: Disk): number {
  const [, file] = [...kept].find(([path]) => basename(path) === 'journal.jsonl') ?? [];
  if (file === undefined || file === 'folder') return 0;
  const lines = file.synced.toString('utf8').split('\n').slice(1, -1);
  return lines.filter((line) => !line.includes('"type":"repaired"')).length;
}

/** The last line at any time, its length on the disk and its bytes not all there: zeros from every byte on. */
async function zeroFilled(
  stride: number,
): Promise<{ readonly states: number; readonly findings: readonly Finding[] }> {
  const { journal: bytes } = await referenceOf(tasks[0]);
  const ends = endsOf(bytes);
  const findings: Finding[] = [];
  let states = 0;
  for (const [line, { at }] of ends.entries())
    for (let from = ends[line - 1]?.at ?? 0; from < at; from += stride) {
      const wrong = misread(Buffer.concat([bytes.subarray(0, from), Buffer.alloc(at - from)]), ends, line);
      if (wrong !== undefined)
        findings.push({ is: 'invalid', says: `zeros from byte ${from} to the line's end: ${wrong}` });
      states++;
      if (states % 64 === 0) await setImmediate();
    }
  return { states, findings };
}
