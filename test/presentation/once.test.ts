import { expect, test } from 'vitest';
import { present } from '../../src/presentation/present.ts';
import { textsOf } from '../../src/presentation/texts.ts';
import { codewhisperer } from '../../steps/index.ts';
import { scenarioAsks } from '../ui/scenario-asks.ts';

/** Sentences: words of a label, and blank rows, may be the same twice. */
const sentences = (texts: readonly string[]) =>
  texts.map((text) => text.trim()).filter((text) => text.length > 60);

test.each(['fresh', 'large', 'existing-set-with-admin'] as const)(
  '%s: what is one key away with the checks is told once, the remarks of reviewers too',
  async (scenario) => {
    const puts = await scenarioAsks(scenario, {}, false);
    const remarks: string[] = [];
    for (const { ask, run } of puts) {
      const { details } = present(ask, { run, steps: codewhisperer.steps, endpoint: 'demo' });
      const told = sentences(
        details.filter(({ of }) => of === 'checks').flatMap(({ blocks }) => textsOf(blocks)),
      );
      expect(told, `${ask.is} ${'step' in ask ? ask.step.id : ''}`).toEqual([...new Set(told)]);
      if (ask.is === 'confirm') remarks.push(...told.filter((text) => text.includes('reviewer')));
    }
    if (scenario === 'fresh') expect(remarks.length).toBeGreaterThan(0);
  },
);
