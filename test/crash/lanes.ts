/**
 * Works through cases, so many at a time, taking each when its turn comes. Stops taking new ones when one throws, and
 * throws that. The results are in the order of the cases.
 */
export async function inLanes<C, R>(
  cases: Iterable<C>,
  lanes: number,
  work: (one: C) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const waiting = cases[Symbol.iterator]();
  let [taken, stopped] = [0, false];
  const lane = async (): Promise<void> => {
    for (let next = waiting.next(); !next.done && !stopped; next = waiting.next()) {
      const index = taken++;
      results[index] = await work(next.value).catch((error: unknown) => {
        stopped = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
