import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// Whether a test passes depends on the program alone: not on when it starts, on how busy the machine is, or on a draw
// that nobody can repeat.

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(tsx?|mjs|cjs)$/.test(name) && name !== 'steady.test.ts')
  // The benches measure, and tell what they measured.
  .filter((name) => !/^bench\/|^crash\/bench\.ts$/.test(name))
  .map((name) => ({ name, lines: readFileSync(join(import.meta.dirname, name), 'utf8').split('\n') }));
const found = (what: RegExp): readonly string[] =>
  files.flatMap(({ name, lines }) =>
    lines.filter((line) => what.test(line)).map((line) => `${name}: ${line.trim()}`),
  );

test.each<[string, RegExp, RegExp]>([
  ['a case chosen by the clock', /(Date\.now\(\)|performance\.now\(\)) *[%&]/, /^$/],
  ['a draw without a seed (test/seed.ts has one)', /Math\.random\(|random(UUID|Int|Bytes)\(/, /^seed\.ts: /],
  ['time on the wall that has a most', /(Date|performance)\.now\(\) *- *\w+.*toBeLess/, /^$/],
  ['a ratio of times on the wall', /took\b.* \/ .*took|toBeLess.*took|took\)?\)\.toBeLess/, /^$/],
  // `unanswered`: of a server that never answers. The crash bench takes what comes too late for lost, as it should.
  [
    'a time-out that an answer may miss',
    /connect: *[\d_]+, *answer: *\d{1,3}\b/,
    /^aws\/reads\.test\.ts: const unanswered |^crash\/simulated-start\.ts: /,
  ],
  ['a port that somebody else may have', /\bport: *[1-9]\d{3,}|listen\([1-9]\d{3,}/, /^$/],
  ['a moment after which something is done', /setTimeout\(\(\) => .*, *[\d_]+\)/, /^$/],
  ['a folder where test/tidy.ts does not look', /mkdtemp(Sync)?\(['"`]/, /^$/],
  ['a sleep', /^\s*await (sleep|setTimeout|new Promise.*setTimeout)\(/, /^$/],
])('none has %s', (_, what, but) => {
  expect(found(what).filter((line) => !but.test(line))).toEqual([]);
});

test('what the program sets for its whole process is known: test/setup.ts sets it anew before each file', () => {
  const src = join(import.meta.dirname, '..', 'src');
  const setting = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) =>
      [...readFileSync(join(src, name), 'utf8').matchAll(/^(?:export )?let (\w+)/gm)].map(
        ([, variable]) => `${name}: ${variable}`,
      ),
    );
  expect(setting.toSorted()).toEqual([
    'aws/credential-process/running.ts: ending', // while it lasts
    'aws/credential-process/running.ts: limit',
    'aws/settings/config-files.ts: known', // by what the files are now
  ]);
});

test('work is compared where a mistake costs several times what is allowed', () => {
  // By `costOf`, in processor time: 40 times as much may cost 250 times as much, and each looking at all 1,600 times.
  const limits = files.flatMap(({ name, lines }) =>
    lines.flatMap((line) => {
      const [, limit] = /costOf\(.*toBeLessThan\(([\d_]+)\)/.exec(line) ?? [];
      return limit === undefined ? [] : [{ name, limit: Number(limit.replace('_', '')) }];
    }),
  );
  expect(limits.length).toBeGreaterThan(0);
  expect(limits.filter(({ limit }) => limit < 250)).toEqual([]);
});
