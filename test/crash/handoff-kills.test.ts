import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHandoff } from '../../src/journal/handoff.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { listRuns } from '../../src/journal/runs.ts';
import { parked } from '../../src/model/progress/handoff.ts';
import { applyEvent, emptyRun } from '../../src/model/run.ts';
import { two } from '../commands/people.ts';
import { testSeed } from '../seed.ts';
import { chance } from './chance.ts';
import type { What } from './preload.ts';

/** Milliseconds: only a machine that others use too comes near it. */
const patience = 600_000;

/** The environment in which a start watches its own files, and dies at one of them. */
async function watched(home: string, plan: { readonly at?: number; readonly what?: What } = {}) {
  const report = join(await mkdtemp(join(tmpdir(), 'cw-operations-')), 'report.jsonl');
  return {
    env: {
      NODE_OPTIONS: `--require "${join(import.meta.dirname, 'preload.cjs')}"`,
      CW_CRASH_PLAN: JSON.stringify({ home, report, ...plan }),
    },
    operations: async () =>
      (await readFile(report, 'utf8'))
        .split('\n')
        .filter((line) => line.includes('"op"'))
        .map((line) => JSON.parse(line) as { n: number; op: string; path: string }),
  };
}
const runIn = async (home: string) => {
  const [one, ...others] = await listRuns(home);
  expect(others).toEqual([]);
  if (!one) return undefined;
  const { events } = await readJournal(one.folder);
  return { events, is: parked(events.reduce(applyEvent, emptyRun)), types: events.map(({ type }) => type) };
};

/** Each operation of a start on its files, with a kill before it, and half way through it where it writes. */
async function eachKill(
  home: string,
  start: (env: NodeJS.ProcessEnv) => Promise<{ readonly code: number | null }>,
  until: (operation: { readonly n: number; readonly path: string }, n: number) => boolean,
  judge: (what: string) => Promise<void>,
): Promise<number> {
  const saved = await mkdtemp(join(tmpdir(), 'cw-saved-'));
  await cp(home, saved, { recursive: true });
  const restore = async () => {
    await rm(home, { recursive: true, force: true });
    await cp(saved, home, { recursive: true });
  };
  const undisturbed = await watched(home);
  await start(undisturbed.env);
  const all = (await undisturbed.operations()).filter((one, n) => until(one, n));
  // Every third one, from the first or one of the next: over a few runs of the tests it is each.
  const first = chance(testSeed()).below(3);
  const operations = all.filter((_, n) => n % 3 === first);
  for (const { n, op, path } of operations)
    for (const what of op === 'write'
      ? (['die-before', 'die-torn', 'die-after'] as const)
      : (['die-before'] as const)) {
      await restore();
      const { env } = await watched(home, { at: n, what });
      const { code } = await start(env);
      expect(code, `${what} ${op} ${path}`).toBeNull();
      await judge(`${what} at ${n}, ${op} ${path}`);
    }
  return all.length;
}

test(
  'killed at any operation of a hand-off: where the file has its name the run is parked, and a second try writes it',
  async () => {
    const { ann } = await two();
    await ann.run();
    const file = join(ann.state, 'a.cwhandoff');
    const count = await eachKill(
      ann.state,
      (env) => ann.shippedWith(env, 'handoff', '--to', file),
      () => true,
      async (what) => {
        const is = (await runIn(ann.state))?.is;
        const names = await readdir(ann.state);
        const named = names.includes('a.cwhandoff');
        if (named) expect((await readHandoff(file)).handoff, what).toBe(is?.id);
        const again = join(ann.state, 'b.cwhandoff');
        const second = await ann.handoff('--to', again);
        expect(second, `${what}: ${second.err}`).toMatchObject({ code: 3 });
        const written = await readHandoff(again);
        expect(written.handoff, what).toBe((await runIn(ann.state))?.is?.id);
        if (is) expect(written.handoff, what).toBe(is.id);
        // A try at the same place clears what the killed one left.
        if (is && !named) {
          expect(await ann.handoff('--to', file), what).toMatchObject({ code: 3 });
          expect(
            (await readdir(ann.state)).filter((name) => name.endsWith('.part')),
            what,
          ).toEqual([]);
        }
      },
    );
    expect(count).toBeGreaterThan(8);
  },
  patience,
);

test(
  'killed at any operation of taking over: the run is not there, or whole and taken over once; the next try goes on',
  async () => {
    const { ann, ben, file } = await two();
    await ann.run();
    await ann.handoff('--to', file('a.cwhandoff'));
    const given = await readHandoff(file('a.cwhandoff'));
    // It stops at the first question: what comes then is an ordinary run.
    const answers = join(ben.home, 'none.json');
    await writeFile(answers, JSON.stringify({ profiles: { 'delegated-administrator': 'nobody' } }));
    await mkdir(ben.state, { recursive: true, mode: 0o700 }); // a run that was taken over makes it first
    const told = ['resume', file('a.cwhandoff'), '--answers', answers, '--yes'];
    const place = { AWS_ENDPOINT_URL: given.contents.header.endpoint };
    const count = await eachKill(
      ben.state,
      (env) => ben.shippedWith({ ...env, ...place }, ...told),
      ({ path }) => path.includes('/runs'),
      async (what) => {
        const before = await runIn(ben.state).catch((error: unknown) => expect.fail(`${what}: ${error}`));
        if (before)
          expect(
            before.types.filter((type) => type === 'took-over'),
            what,
          ).toHaveLength(1);
        const next = await ben.cliWith(place, ...told);
        expect(next.code, `${what}: ${next.err}`).toBe(6);
        const after = await runIn(ben.state);
        expect(
          after?.types.filter((type) => type === 'took-over'),
          what,
        ).toHaveLength(1);
        expect(after?.events.slice(0, given.contents.events.length), what).toEqual(given.contents.events);
      },
    );
    expect(count).toBeGreaterThan(8);
  },
  patience,
);

test(
  'killed at any operation of taking back: it is still parked, or taken back, and the next try goes on',
  async () => {
    const { ann, file } = await two();
    await ann.run();
    const { out } = await ann.handoff('--to', file('a.cwhandoff'));
    const [, id = ''] = /Hand-off +(\S{26})/.exec(out) ?? [];
    const answers = join(ann.home, 'none.json');
    await writeFile(answers, JSON.stringify({ profiles: { management: 'ann-management' } }));
    const told = ['run', '--answers', answers, '--take-back', id];
    const count = await eachKill(
      ann.state,
      (env) => ann.shippedWith(env, ...told),
      ({ path }) => path.includes('/runs'),
      async (what) => {
        const before = await runIn(ann.state);
        const back = before?.types.filter((type) => type === 'reclaimed').length ?? 0;
        expect(back === 1, what).toBe(before?.is === undefined);
        await ann.cli(...told);
        const after = await runIn(ann.state);
        expect(
          after?.types.filter((type) => type === 'reclaimed'),
          what,
        ).toHaveLength(1);
        expect(after?.is, what).toBeUndefined();
      },
    );
    expect(count).toBeGreaterThan(4);
  },
  patience,
);
