import { basename } from 'node:path';
import { writes } from '../../src/model/operations.ts';
import { put } from './failed.ts';
import { judge, judgeEnd } from './judge.ts';
import { inLanes } from './lanes.ts';
import type { Order, Report } from './part.ts';
import { isOperation, type Operation, type Row, rowsOf, type What, watched } from './preload.ts';
import { type Reference, referenceOf } from './reference.ts';
import { type Ended, type Rig, rigFor } from './rig.ts';
import { type Finding, found, sum, type Tally } from './tally.ts';
import { tasks } from './tasks.ts';

/** One start that something happens to. `torn`: the start before it was killed half way through this operation. */
interface Case {
  readonly reference: Reference;
  readonly at: number;
  readonly what: What;
  readonly on: Operation;
  readonly torn?: number;
}

/**
 * At every operation on files, one after the other: a kill before it, after it and, where it writes, half way through
 * it; a disk that refuses it; and the same for the start that has a torn line to repair.
 */
export async function eachOperation(order: Order): Promise<Report> {
  const cases: Case[] = [];
  for (const task of tasks) cases.push(...(await casesOf(await referenceOf(task))));
  const chosen = cases.filter((_, index) => index % order.stride === order.seed % order.stride);
  const ends = await inLanes(chosen, order.jobs, (one) => play(one, order));
  const count = (of: (one: Case) => boolean): number => chosen.filter(of).length;
  return {
    tally: sum(ends),
    did:
      `${count((one) => isKill(one) && one.torn === undefined)} kills at an operation, ` +
      `${count((one) => isKill(one) && one.torn !== undefined)} in the repair of a torn line, ` +
      `${count((one) => !isKill(one))} writes and syncs refused or cut short`,
  };
}
const isKill = ({ what }: Case): boolean => what.startsWith('die-');

async function operationsOf(rig: Rig): Promise<readonly Operation[]> {
  const { code, err } = await rig.run(watched(rig)).ended;
  if (code !== 0) throw new Error(`${rig.task.name} ends with ${code} when it is watched: ${err}`);
  return (await rowsOf(rig)).filter(isOperation);
}

async function casesOf(reference: Reference): Promise<readonly Case[]> {
  const operations = reference.rows.filter(isOperation);
  const writes = operations.filter(({ op, path }) => op === 'write' && isJournal(path));
  const is = (what: What, ...list: readonly Operation[]): readonly Case[] =>
    list.map((on) => ({ reference, at: on.n, what, on }));
  // The other tasks write other events, in the same way: what differs is what is sent between two of them.
  if (reference.task !== tasks[0])
    return [
      ...is('die-before', ...writes),
      ...is('die-after', ...operations.filter(({ op, path }) => op === 'datasync' && isJournal(path))),
    ];
  const ofRuns = operations.filter(({ path }) => path.includes('/runs/'));
  const taking = ofRuns.filter(({ op }) => op === 'write' || op === 'open');
  const middle = writes[Math.floor(writes.length / 2)]?.n ?? 0;
  return [
    ...is('die-before', ...operations),
    ...is('die-after', ...operations),
    ...is('die-torn', ...writes),
    ...is('short', ...writes),
    ...is('ENOSPC', ...taking),
    ...is('full', ...taking),
    ...is('EIO', ...ofRuns.filter(({ op }) => op !== 'unlink')),
    ...(await repairsOf(reference, middle)),
  ];
}

/** What can happen to the start that finds a torn line, until it has been told of in the journal. */
async function repairsOf(reference: Reference, torn: number): Promise<readonly Case[]> {
  const rig = await rigFor(reference.task, { answers: reference.answers });
  await rig.run(watched(rig, { at: torn, what: 'die-torn' })).ended;
  const before = (await rowsOf(rig)).filter(isOperation).length;
  const operations = (await operationsOf(rig)).slice(before);
  await rig.discard();
  const told = operations.findIndex(({ data = '' }) => Buffer.from(data, 'base64').includes('"repaired"'));
  return operations
    .slice(0, told + 4)
    .flatMap((on) =>
      (['die-before', 'die-after', 'EIO', ...(on.op === 'write' ? ['die-torn' as const] : [])] as const).map(
        (what) => ({ reference, at: on.n, what, on, torn }),
      ),
    );
}

const isJournal = (path: string): boolean => /^journal\.(jsonl|torn-)/.test(basename(path));

async function play(one: Case, order: Order): Promise<Tally> {
  const { reference, at, what, on, torn } = one;
  const rig = await rigFor(reference.task, { answers: reference.answers });
  const findings: Finding[] = [];
  let [kills, effective] = [0, 0];
  const killed = (ended: Ended): void => {
    kills++;
    if (ended.signal === 'SIGKILL') effective++;
  };
  if (torn !== undefined) killed(await rig.run(watched(rig, { at: torn, what: 'die-torn' })).ended);
  const ended = await rig.run(watched(rig, { at, what })).ended;
  if (isKill(one)) killed(ended);
  else findings.push(...(await refused(rig, one, ended)));
  findings.push(...(await judge(rig)));
  if (findings.length === 0) findings.push(...(await judgeEnd(rig, await rig.run().ended, reference.end)));
  const about = { part: 2, at, what, on: `${on.op} ${basename(on.path)}`, torn };
  await put(rig, about, findings, order);
  return found(findings, kills, effective);
}

/**
 * Was the record that was refused the one of what AWS was told of the journal? It is written beside reads, and those that
 * are under way come to their end: no change does, because its intent is a record.
 */
function isBeside(before: readonly Row[]): boolean {
  const written = before.filter(isOperation).findLast(({ op }) => op === 'write');
  return Buffer.from(written?.data ?? '', 'base64').includes('"type":"anchored"');
}
const changing = new Set(Object.keys(writes).map((operation) => operation.split(':')[1]));
const isChange = ({ request }: { readonly request: string }): boolean =>
  changing.has(request.split('.').at(-1));

/**
 * What must be after the disk refused something: where the journal is concerned the program has stopped with its own
 * exit code and a sentence, and has sent nothing since; elsewhere it may have gone on.
 */
async function refused(rig: Rig, { what, on }: Case, { code, err }: Ended): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const rows = await rowsOf(rig);
  const from = rows.findIndex((row) => 'refused' in row);
  if (from < 0 && what !== 'short') {
    findings.push({ is: 'wrong', says: `nothing was refused at ${on.op} ${basename(on.path)}` });
    return findings;
  }
  const counts = isBeside(rows.slice(0, from)) ? isChange : () => true;
  const sent = from < 0 ? 0 : rows.slice(from).filter((row) => 'request' in row && counts(row)).length;
  if (/\n\s+at /.test(err) || (code !== 0 && err === ''))
    findings.push({ is: 'wrong', says: `${what} is told so: ${err}` });
  const may = what === 'short' ? [0] : isJournal(on.path) ? [7] : [0, 7];
  if (code === null || !may.includes(code))
    findings.push({
      is: 'wrong',
      says: `${what} at ${on.op} ${basename(on.path)} ends with ${code}: ${err}`,
    });
  if (code === 7 && sent > 0)
    findings.push({
      is: 'unrecorded',
      says: `${sent} requests were sent after ${what} at ${basename(on.path)}`,
    });
  return findings;
}
