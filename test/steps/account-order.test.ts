import { expect, test } from 'vitest';
import type { Choice } from '../../src/model/question.ts';
import { targetChoices } from '../../steps/assignments/target-choices.ts';
import { scenarioAsks } from '../ui/scenario-asks.ts';

const inOrder = (rows: readonly Choice[]): readonly boolean[] => rows.map(({ not }) => not === undefined);

test('the accounts that can be chosen to delegate to come first; the others stand under a heading, with the reason', async () => {
  const puts = await scenarioAsks('fresh', {}, false);
  const rows: Choice[] = [];
  for (const { ask } of puts)
    if (ask.is === 'question' && ask.step.id === 'delegated-account' && ask.choices)
      for await (const row of ask.choices()) rows.push(row);
  const fit = rows.filter(({ not }) => not === undefined);
  const unfit = rows.filter(({ not }) => not !== undefined);
  expect(fit.length).toBeGreaterThan(1);
  expect(unfit.map(({ not }) => not)).toContain('the management account');
  expect(rows).toEqual([...fit, ...unfit]);
  expect(new Set(fit.map(({ group }) => group))).toEqual(new Set([undefined]));
  expect(new Set(unfit.map(({ group }) => group))).toEqual(new Set(['Cannot be chosen']));
  for (const some of [fit, unfit])
    expect(some.map(({ label }) => label)).toEqual(some.map(({ label }) => label).toSorted());
});

test('of the accounts to administer CodeWhisperer in, one that cannot be chosen is last', () => {
  const account = (id: string, name: string, state = 'ACTIVE') => ({ id, name, state });
  const rows = targetChoices(
    [account('1', 'Aged', 'SUSPENDED'), account('2', 'Build'), account('3', 'Core')],
    { management: '3', profiles: [], holders: [], set: 's' },
  );
  expect(rows.map(({ value }) => value)).toEqual(['2', '3', '1']);
  expect(inOrder(rows)).toEqual([true, true, false]);
});

test('disabled people stand under a heading of their own, with the reason', async () => {
  const puts = await scenarioAsks('fresh', {}, false);
  const rows: Choice[] = [];
  for (const { ask } of puts)
    if (ask.is === 'question' && ask.question.of === 'people' && ask.choices)
      for await (const row of ask.choices()) rows.push(row);
  const unfit = rows.filter(({ not }) => not !== undefined);
  expect(unfit.length).toBeGreaterThan(0);
  expect(new Set(unfit.map(({ group, not }) => `${group}: ${not}`))).toEqual(
    new Set(['Cannot be chosen: disabled']),
  );
  expect(rows.filter(({ group, not }) => group === 'Cannot be chosen' && not === undefined)).toEqual([]);
});
