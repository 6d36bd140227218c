import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { asks, run as usual } from './asks.ts';
import { talk } from './talk.ts';

beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());

test.each(Object.keys(asks))(
  '%s read aloud: words for signs, whole sentences, and what can be typed at the end',
  async (name) => {
    const { ask, run = usual, rows } = asks[name] ?? expect.fail();
    const { said } = await talk({ ask, run, ...(rows ? { rows } : {}) }, [], { width: 10_000 });
    expect(said).not.toMatch(/[✓✗❯»○•›│─]/);
    expect(said).not.toMatch(/ · /);
    // Nothing is said twice but names and what is typed: no row of more than a few words comes again.
    const sentences = said
      .split('\n')
      .filter((row) => row.split(' ').length > 8 && !row.trim().startsWith('--'));
    expect(new Set(sentences).size).toBe(sentences.length);
    const last = said.trimEnd().split('\n').at(-1) ?? '';
    expect(last).toMatch(/(: leave|leave this window|Ctrl-C leaves)\.$/);
  },
);
