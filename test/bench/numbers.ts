/** The value below which that share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);
/** To three digits behind the point. */
export const rounded = (value: number): number => Number(value.toFixed(3));
