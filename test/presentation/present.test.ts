import { expect, test } from 'vitest';
import { unmarked } from '../../src/model/text/own-commands.ts';
import { present, presentStep } from '../../src/presentation/present.ts';
import { textsOf } from '../../src/presentation/texts.ts';
import { blockLines } from '../../src/ui/content/block-lines.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks, run as usual } from '../ui/asks.ts';
import { across } from '../ui/page.ts';

const { steps } = fixture;
const all = Object.entries(asks).map(
  ([name, { ask, run = usual }]) => [name, ask, run, present(ask, { run, steps, endpoint: 'demo' })] as const,
);
const flat = (texts: readonly string[]): string => unmarked(texts.join(' ')).replace(/\s+/g, ' ');

test.each(all)('%s: has a title and a question, and each key leads somewhere once', (_, ask, __, shown) => {
  expect(shown.title).not.toBe('');
  expect(shown.question).not.toBe('');
  const keys = shown.keys.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  // What is chosen from a list has no key of its own, and nobody can do anything while another window works.
  if (
    !['credentials', 'code', 'sign-in'].includes(ask.is) &&
    !(ask.is === 'watching' && ask.holder !== undefined)
  )
    expect(shown.keys.filter(({ does }) => does !== '').length).toBeGreaterThan(0);
});

test.each(all)('%s: the screen and the lines of a log say the same words', (_, __, ___, shown) => {
  const laidOut = flat(blockLines(shown.body, across(10_000)).map(plainText));
  for (const block of shown.body)
    if ('text' in block)
      for (const said of textsOf([block]).slice(0, 1))
        expect(laidOut).toContain(flat([said.replace(/^(\+|-|~|\d+\.) |:$/g, '').replace(/^[^:]+: /, '')]));
});

test.each(all)('%s: the question says nothing that stands above it', (_, __, ___, shown) => {
  const above = flat(textsOf(shown.body));
  for (const sentence of shown.question.split(/(?<=[.?]) /)) expect(above).not.toContain(sentence);
});

test('the same question in the same run is presented once', () => {
  const { ask } = asks.confirm ?? expect.fail();
  const around = { run: usual, steps, endpoint: 'demo' };
  expect(present(ask, around)).toBe(present(ask, { ...around }));
  expect(present(ask, { ...around, run: { ...usual } })).not.toBe(present(ask, around));
});

test('while AWS is checked, what has just been answered is not asked any more', () => {
  const step = steps.find(({ questions }) => 'name' in questions) ?? expect.fail();
  const goal = { id: 'named', says: 'It has a name', is: 'open', question: 'name' } as const;
  const plan = { goals: [goal], notes: ['Enter keeps that name.'] };
  const run = {
    ...usual,
    observations: { ...usual.observations, [step.id]: { plan, at: 0, basis: '', remembered: false } },
  };
  const said = (answers: Readonly<Record<string, string>>) =>
    JSON.stringify(
      presentStep(step, { run: { ...run, answers: { [step.id]: answers } }, steps, endpoint: 'demo' }).body,
    );
  expect(said({})).toMatch(/It has a name.*Enter keeps that name/);
  expect(said({ name: 'keys' })).not.toMatch(/It has a name|Enter keeps/);
});
