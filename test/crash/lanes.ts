/** Works through cases, so many at a time. Stops taking new ones when one throws, and throws that. */
export async function inLanes<C, R>(
  cases: readonly C[],
  lanes: number,
  work: (one: C) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const waiting = cases.entries();
  const lane = async (): Promise<void> => {
    for (const [index, one] of waiting) results[index] = await work(one);
  };
  await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane));
  return results;
}
