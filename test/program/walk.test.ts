import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { sumOf, walked } from '../bench/walked.ts';

const usual = { columns: 80, rows: 24 };
const small = { columns: 50, rows: 20 };

test('the whole demo with the defaults: few screens, few keys, and little to scroll for', async () => {
  const { screens, keys, hidden, onConfirmations } = sumOf(await walked(usual));
  expect(onConfirmations).toBe(0);
  expect(hidden).toBeLessThanOrEqual(60);
  expect(screens).toBeLessThanOrEqual(18);
  expect(keys).toBeLessThanOrEqual(20);
  const narrow = sumOf(await walked(small));
  expect(narrow.onConfirmations).toBe(0);
  expect(narrow.hidden).toBeLessThanOrEqual(200);
});

const scenarios: readonly Scenario[] = [
  ...(['fresh', 'done', 'existing-set-with-admin', 'external-idp'] as const),
  ...(['set-in-management', 'single-account'] as const),
];
const walks = scenarios.flatMap((scenario) => [usual, small].map((size) => ({ scenario, ...size })));
describe('nothing that decides about a change is behind a key or below the fold', () => {
  test.each(walks)('$scenario, in a window of $columns × $rows', { timeout: 400_000 }, async (walk) => {
    for (const { screen } of await walked(walk, walk.scenario)) {
      if (!/CHANGE/.test(screen)) continue;
      expect(screen).not.toMatch(/↓ \d+ more/);
      expect(screen).toMatch(/\d{12}/); // where
      expect(screen).toMatch(/user\/runbook-operator/); // as whom
      expect(screen).toMatch(/^Undo /m);
      expect(screen).toMatch(/^Checks .*✓/m);
    }
  });
});
