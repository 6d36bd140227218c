import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { chance } from './chance.ts';
import { emptyDisk, follow, type Image } from './disk.ts';
import { put } from './failed.ts';
import { judge, judgeEnd } from './judge.ts';
import { inLanes } from './lanes.ts';
import { lossesOf } from './losses.ts';
import type { Order, Report } from './part.ts';
import { isOperation, type Operation, rowsOf, watched } from './preload.ts';
import { type Reference, referenceOf } from './reference.ts';
import { writeImage } from './reopened.ts';
import { type Rig, rigFor } from './rig.ts';
import { type Finding, found, sum, type Tally } from './tally.ts';
import { tasks } from './tasks.ts';

/**
 * The program is killed after each operation on its files, and its disk is made what a loss of power at that moment
 * could have left, drawn from all of that; then it goes on.
 */
export async function powerCuts(order: Order): Promise<Report> {
  const reference = await referenceOf(tasks[0]);
  const operations = reference.rows
    .filter(isOperation)
    .filter(({ path }) => path.startsWith(runsOf(reference)));
  const chosen = operations.filter((_, index) => index % order.stride === order.seed % order.stride);
  const tallies = await inLanes(chosen, order.jobs, (on) => cut(reference, on, order));
  return { tally: sum(tallies), did: `${chosen.length} power cuts that the program went on from` };
}
const runsOf = ({ home }: { readonly home: string }): string => join(home, 'runs');

async function cut(reference: Reference, on: Operation, order: Order): Promise<Tally> {
  const rig = await rigFor(reference.task);
  const draw = chance(order.seed, 3, on.n);
  const killed = await rig.run(watched(rig, { at: on.n, what: 'die-after' })).ended;
  const images = await imagesOf(rig);
  const image = images[draw.below(images.length)];
  await rm(runsOf(rig), { recursive: true, force: true });
  if (image) await writeImage(rig.home, image);
  if (draw.below(2) === 0) await rm(join(rig.home, 'settings.json'), { force: true });
  const findings: Finding[] = [...(await judge(rig))];
  if (findings.length === 0) findings.push(...(await judgeEnd(rig, await rig.run().ended, reference.end)));
  await put(rig, { part: 3, at: on.n, on: `${on.op} ${basename(on.path)}` }, findings, order);
  return found(findings, 1, killed.signal === 'SIGKILL' ? 1 : 0);
}

/** Everything that a loss of power right now could leave of a rig's runs. */
async function imagesOf(rig: Rig): Promise<readonly Image[]> {
  const { home } = rig;
  const disk = emptyDisk(home);
  const begun = new Map<number, Operation>();
  for (const row of await rowsOf(rig)) follow(disk, home, row, begun);
  return [...lossesOf(disk, home)];
}
