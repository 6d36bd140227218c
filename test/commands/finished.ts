import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { State } from '../../src/simulator/organization/state.ts';
import { load } from '../../src/simulator/organization/store.ts';
import { answered, type Bench, bench } from './bench.ts';

type Answers = Awaited<ReturnType<typeof answered>>;
interface Done extends Answers {
  readonly home: string;
  readonly port: number;
}
interface Finished extends Answers {
  readonly at: Bench;
  /** The same command once more. */
  readonly again: () => ReturnType<Bench['run']>;
}
let kept: Promise<Done> | undefined;

/**
 * A fresh organization in which everything was done, and the home of who did it. It is done once in this process: each
 * who asks gets copies of both, at the same address, which the run has written down. For tests that begin where a run
 * has ended; how a run gets there is the matter of others.
 */
export const finished = (): Promise<Finished> =>
  copied((home) => ({ state: join(home, 'organization.json') }));

/** The same, with the organization's state, to be changed behind everybody's back. Its ledger begins anew. */
export async function finishedWithState(): Promise<Finished & { readonly state: State }> {
  let state: State | undefined;
  const found = await copied((home) => {
    const loaded = load(join(home, 'organization.json'), 'fresh')?.state;
    if (loaded === undefined) throw new Error('the finished run has left no organization');
    state = loaded;
    return { arrange: () => loaded };
  });
  if (state === undefined) throw new Error('the organization has no state');
  return { ...found, state };
}

async function copied(organization: (home: string) => Parameters<typeof bench>[1]): Promise<Finished> {
  for (;;) {
    kept ??= done();
    const { home: from, port, answers, flags } = await kept;
    const home = await mkdtemp(join(tmpdir(), 'cw-finished-'));
    await cp(from, home, { recursive: true });
    try {
      const at = await bench('fresh', { home, port, ...organization(home) });
      return { at, answers, flags, again: () => at.run(answers, flags) };
    } catch (error) {
      // Somebody else has the address by now: done once more, at another.
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
      kept = undefined;
    }
  }
}

async function done(): Promise<Done> {
  const home = await mkdtemp(join(tmpdir(), 'cw-finished-'));
  const at = await bench('fresh', { home, state: join(home, 'organization.json') });
  const { answers, flags } = await answered(at);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  await at.close();
  return { home, port: Number(new URL(at.simulator.url).port), answers, flags };
}
