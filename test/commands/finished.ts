import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { answered, type Bench, bench } from './bench.ts';

interface Finished {
  readonly home: string;
  readonly port: number;
  readonly how: Parameters<Bench['run']>;
}
let kept: Promise<Finished> | undefined;

/**
 * A fresh organization in which everything was done, and the home of who did it. It is done once in this process: each
 * who asks gets copies of both, at the same address, which the run has written down. For tests that begin where a run
 * has ended; how a run gets there is the matter of others. `again`: the same command once more.
 */
export async function finished(): Promise<{
  readonly at: Bench;
  readonly again: () => ReturnType<Bench['run']>;
}> {
  for (;;) {
    kept ??= done();
    const { home: from, port, how } = await kept;
    const home = await mkdtemp(join(tmpdir(), 'cw-finished-'));
    await cp(from, home, { recursive: true });
    try {
      const at = await bench('fresh', { home, port, state: join(home, 'organization.json') });
      return { at, again: () => at.run(...how) };
    } catch (error) {
      // Somebody else has the address by now: done once more, at another.
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
      kept = undefined;
    }
  }
}

async function done(): Promise<Finished> {
  const home = await mkdtemp(join(tmpdir(), 'cw-finished-'));
  const at = await bench('fresh', { home, state: join(home, 'organization.json') });
  const { answers, flags } = await answered(at);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  await at.close();
  return { home, port: Number(new URL(at.simulator.url).port), how: [answers, flags] };
}
