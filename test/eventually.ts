import { vi } from 'vitest';

/** Looks until it holds. Only a machine that others use too comes near the end of its patience. */
export const eventually = <T>(holds: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(holds, { timeout: 20_000 });
