/**
 * What a piece of work costs: the least processor time of several goes, in milliseconds. The clock on the wall would
 * count whatever else the machine does meanwhile.
 */
export async function costOf(work: (go: number) => unknown, goes = 10): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let go = 0; go < goes; go += 1) {
    const before = process.cpuUsage();
    await work(go);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}
