import { expect, test } from 'vitest';
import { runner } from './in-process.ts';
import { done, each, effectsOf, lacks, nothingUnrecorded, restrict } from './restricting.ts';

test.each(each)(
  '$actor lacks $action: the run stops, names it and says whose policy it is',
  async ({ actor, action }) => {
    const at = await runner();
    await restrict(at, {}, { actor, action });
    const ended = await at.run();
    expect(ended.said).toContain(action);
    expect(ended.said).toMatch(lacks.identity);
    // Nothing is gone on with by guessing: a prerequisite, or a reason to go on is asked for.
    expect([4, 5], ended.said).toContain(ended.code);
    const effects = await effectsOf(at);
    expect(effects).toEqual(actor === 'management' ? [] : effects.slice(0, 1));
    expect(effects.every((effect) => done.slice(0, 1).includes(effect))).toBe(true);
    await nothingUnrecorded(at);
  },
);
