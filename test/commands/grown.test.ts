import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { grown } from '../../src/commands/runs/grown.ts';
import { parse } from '../../src/journal/format.ts';
import type { Event } from '../../src/model/event.ts';
import { emptyRun, foldRun } from '../../src/model/run.ts';
import { codewhisperer } from '../../steps/index.ts';

const file = join(import.meta.dirname, '..', 'compat', '0.1.0', 'runs', 'troubled', 'journal.jsonl');
const { events } = parse(await readFile(file), file);
const nothing = { events: [], run: emptyRun };

test('of a journal that has grown only what is new is folded, and the run is the same', () => {
  let looks = 0;
  /** The same, and whoever folds it is counted: each looks at its type. */
  const counted = (event: Event): Event =>
    new Proxy(event, {
      get: (target, name) => {
        if (name === 'type') looks++;
        return Reflect.get(target, name);
      },
    });
  expect(events.length).toBeGreaterThan(40);
  let told = nothing as ReturnType<typeof grown>;
  for (let have = 1; have <= events.length; have++) {
    // Each time the journal is read anew: no event is the same object as before.
    const now = events.slice(0, have).map((event) => counted({ ...event }));
    const before = JSON.stringify(told.run);
    const earlier = told.run;
    looks = 0;
    told = grown(told, now, codewhisperer);
    // One is new, and the last that was known is compared.
    expect(looks).toBeLessThan(40);
    expect(told.run).toEqual(foldRun(events.slice(0, have), codewhisperer));
    expect(JSON.stringify(earlier)).toBe(before);
  }
});

test('another journal in its place is folded from its beginning', () => {
  const told = grown(nothing, events, codewhisperer);
  const other = events.map((event) => ({ ...event, at: event.at + 1 }));
  expect(grown(told, other, codewhisperer).run).toEqual(foldRun(other, codewhisperer));
  const shorter = events.slice(0, 9);
  expect(grown(told, shorter, codewhisperer)).toEqual({
    events: shorter,
    run: foldRun(shorter, codewhisperer),
  });
});
