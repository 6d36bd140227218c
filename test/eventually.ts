import { vi } from 'vitest';

/** Milliseconds until something that has to come is given up. Whoever waits for it waits no longer than it takes. */
export const patience = 60_000;

/** Looks until it holds. Only a machine that others use too comes near the end of its patience. */
export const eventually = <T>(holds: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(holds, { timeout: patience });
