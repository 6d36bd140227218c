import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isHeld } from '../../src/journal/lock.ts';
import { listRuns } from '../../src/journal/runs.ts';
import { type Chance, chance } from './chance.ts';
import { put } from './failed.ts';
import { judge, judgeEnd } from './judge.ts';
import { inLanes } from './lanes.ts';
import type { Order, Report } from './part.ts';
import { type Reference, referenceOf } from './reference.ts';
import { type Rig, rigFor, type Started } from './rig.ts';
import { type Finding, found, sum, type Tally } from './tally.ts';
import { tasks } from './tasks.ts';

/** A program that has a run is stopped, others want the run, and it is continued or killed: never are there two writers. */
export async function twoWriters(order: Order): Promise<Report> {
  const reference = await referenceOf(tasks[0]);
  const all = { stops: 0 };
  const runs: Tally[] = [];
  await inLanes(numbers(), order.jobs, async (run) => {
    runs.push(await contested(reference, run, order, all));
  });
  function* numbers(): Iterable<number> {
    for (let n = 0; all.stops < order.count; n++) yield n;
  }
  return { tally: sum(runs), did: `${all.stops} stops, each with a second start, in ${runs.length} runs` };
}

async function contested(
  reference: Reference,
  run: number,
  order: Order,
  all: { stops: number },
): Promise<Tally> {
  const rig = await rigFor(reference.task);
  const draw = chance(order.seed, 5, run);
  const findings: Finding[] = [];
  const holder = rig.run();
  let [kills, gone] = [0, (await holder.begun) === undefined];
  void holder.ended.then(() => {
    gone = true;
  });
  while (!gone && findings.length === 0) {
    await Promise.race([setTimeout(draw.share() * (reference.whole / 2)), holder.ended]);
    if (gone || !(await stopped(holder))) break;
    all.stops++;
    findings.push(...(await contest(rig, reference, holder, draw, () => gone)), ...(await judge(rig)));
    if (draw.below(8) === 0) {
      kills++;
      holder.signal('SIGKILL');
      await holder.ended;
    } else holder.signal('SIGCONT');
  }
  holder.signal('SIGCONT');
  const ended = await holder.ended;
  const last = ended.signal === 'SIGKILL' ? await rig.run().ended : ended;
  if (findings.length === 0) findings.push(...(await judgeEnd(rig, last, reference.end)));
  await put(rig, { part: 5, run }, findings, order);
  return found(findings, kills, ended.signal === 'SIGKILL' ? kills : 0);
}

/** Another start while the holder is stopped. In one case of four the holder goes on before the other has given up. */
async function contest(
  rig: Rig,
  reference: Reference,
  holder: Started,
  draw: Chance,
  isGone: () => boolean,
): Promise<readonly Finding[]> {
  // One that was stopped at its very end has given the run back; before an identity was accepted there is none yet.
  const folder = await folderOf(rig);
  if (folder === '' || !(await isHeld(folder))) return [];
  const before = await journalOf(rig);
  const other = rig.run();
  const early = draw.below(4) === 0;
  if (early) {
    await Promise.race([setTimeout(draw.share() * reference.begins * 1.5), other.ended]);
    holder.signal('SIGCONT');
  }
  const { code, err, signal } = await other.ended;
  const findings: Finding[] = [];
  const refused = code === 7 && err.includes(`process ${holder.pid} `);
  // When the holder has finished meanwhile, the other finds everything done.
  if (!refused && !(early && code === 0))
    findings.push({ is: 'wrong', says: `a second start ended with ${code ?? signal}: ${err}` });
  if (!early && !before.equals(await journalOf(rig)))
    findings.push({ is: 'invalid', says: 'the journal of a stopped holder was written to' });
  if (early && !isGone()) await stopped(holder);
  return findings;
}

async function folderOf({ home }: Rig): Promise<string> {
  const [run] = await listRuns(home);
  return run?.folder ?? '';
}
const journalOf = async (rig: Rig): Promise<Buffer> => readFile(join(await folderOf(rig), 'journal.jsonl'));

/** Stops a program. True when it has stopped, false when it has ended instead. */
async function stopped({ pid, signal, ended }: Started): Promise<boolean> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  signal('SIGSTOP');
  while (!over) {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', `${pid}`]).catch(() => ({
      stdout: '',
    }));
    if (stdout.startsWith('T')) return true;
  }
  return false;
}
