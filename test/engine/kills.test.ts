import { expect, test } from 'vitest';
import { Crash } from './in-process.ts';
import { finished, killedIn, make, prompt } from './killing.ts';

killedIn(prompt);

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

test('a run that was killed while it was being taken back is done anew by a plain start, and nothing is doubled', async () => {
  const { p, start, w } = make('a fresh organization, with a new user', {});
  await p.all();
  const undone = start();
  await undone.undo();
  const events = undone.appended();
  expect(w.sets).toEqual([]);
  for (let at = 1; at <= events; at++) {
    const again = await finished('a fresh organization, with a new user', {});
    await expect(again.start({ at, written: true }).undo()).rejects.toThrow(Crash);
    expect(await again.start().all(), `event ${at}`).toBe('finished');
    expect(again.w.sets).toHaveLength(1);
    expect(again.w.assigned).toHaveLength(1);
    expect(again.w.delegated).toHaveLength(1);
  }
});
