import { expect } from 'vitest';
import { both, isRest, sampled, test } from '../more.ts';
import { Crash } from './in-process.ts';
import { finished, killedIn, make, prompt } from './killing.ts';

if (!isRest) killedIn(prompt, false); // all of it is in kills-slow.test.ts

both('an event that is not on disk ends the process: nothing is sent to AWS after it', async () => {
  const left = await make('a fresh organization, with a new user', {}).leavings((p) => p.all());
  const last = Math.max(...left.map(({ at }) => at));
  const all = Array.from({ length: last }, (_, n) => n + 1);
  for (const at of sampled(all, 3)) {
    const { w, disk, start } = make('a fresh organization, with a new user', {});
    await expect(start({ at, written: false }).all(), `event ${at}`).rejects.toThrow(Crash);
    // What it leaves is what the process that went on had left by then.
    const then = left.findLast((one) => one.at < at || (one.at === at && !one.written));
    expect([w.sent.length, disk.length], `event ${at}`).toEqual([then?.sent ?? 0, then?.disk.length ?? 1]);
  }
});

test('killed again and again at every second event, the run still comes to its end', async () => {
  const { w, start } = make('a fresh organization, with a new user', {});
  let deaths = 0;
  for (;;) {
    const end = await start({ at: 2 + (deaths % 5), written: deaths % 2 === 0 })
      .all()
      .catch((error: unknown) => (error instanceof Crash ? undefined : Promise.reject(error)));
    if (end === 'finished') break;
    expect(end).toBeUndefined();
    // Each start has at least one event to itself, so a run that dies sooner than it can look is given more each time.
    if (++deaths > 40) {
      expect(await start().all()).toBe('finished');
      break;
    }
  }
  expect(deaths).toBeGreaterThan(5);
  expect(new Set(w.effects).size).toBe(w.effects.length);
  expect(w.effects).toHaveLength(5);
});

both(
  'a run that was killed while it was being taken back is done anew by a plain start, and nothing is doubled',
  async () => {
    const { leavings, w } = await finished('a fresh organization, with a new user', {});
    const left = await leavings((undoing) => undoing.undo());
    expect(w.sets).toEqual([]);
    const onDisk = left.filter(({ written }) => written);
    expect(onDisk.length).toBeGreaterThan(15);
    for (const one of sampled(onDisk, 3)) {
      const again = make('a fresh organization, with a new user', {}, one);
      expect(await again.p.all(), `event ${one.at}`).toBe('finished');
      expect(again.w.sets).toHaveLength(1);
      expect(again.w.assigned).toHaveLength(1);
      expect(again.w.delegated).toHaveLength(1);
    }
  },
);
