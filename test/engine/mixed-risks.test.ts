import { expect, test } from 'vitest';
import { consentOf } from '../../src/engine/consent.ts';
import { type Change, change, type Plan } from '../../src/model/plan.ts';
import { bindings } from '../../src/ui/input/bindings.ts';
import { begin } from '../../src/ui/input/state.ts';
import { steps } from '../../steps/index.ts';
import { events, run } from '../ui/asks.ts';
import { setup } from './process.ts';

const one = (id: string, more: Parameters<typeof change>[4]) =>
  change(id, `Make ${id}`, 'sso:CreatePermissionSet', { InstanceArn: 'i', Name: id }, more) as Change;
const routine = one('a', { batch: 'b' });
const dangerous = one('c', { batch: 'b', risk: 'dangerous', typed: ['Production'] });
const [step] = steps;

// No batch mixes risks today. The day one does, a single dangerous change asks for its word.
test.each([
  ['the dangerous one last', [routine, dangerous]],
  ['the dangerous one first', [dangerous, routine]],
])('one dangerous change among others takes its word: %s', async (_, changes) => {
  if (!step) return expect.fail();
  const plan: Plan = { goals: changes };
  const typed = [undefined, 'production?', 'Production'];
  const { p } = setup(
    {},
    {
      on: () => {
        const word = typed.shift();
        return { do: 'confirm', ...(word === undefined ? {} : { typed: word }) };
      },
    },
  );
  expect(await consentOf(p.engine).confirm(step, plan, changes, 'sha')).toEqual({
    ...{ is: 'yes', typed: 'Production', by: 'typed' },
  });
  expect(typed).toEqual([]);
  const ask = { is: 'confirm', step, plan, changes, shown: 'sha' } as const;
  const ui = begin(ask);
  expect(ui.mode).toMatchObject({ is: 'typed', words: ['Production'] });
  const at = { ask, ui, run, events, steps, step, pageSize: 10, sections: [] };
  // Neither while the word is typed, nor after Esc.
  for (const mode of [ui.mode, { is: 'keys' } as const])
    expect(bindings({ ...at, ui: { ...ui, mode } }).map(({ key }) => key)).not.toContain('y');
});

const many = one('m', { batch: 'b', typed: ['21'] });
test.each([
  [
    'typed at the terminal',
    [many, routine],
    [{}, { typed: '12' }, { typed: '21' }],
    { typed: '21', by: 'typed' },
  ],
  ['confirmed by the flag for routine changes', [many], [{ by: 'flag' }], { by: 'flag' }],
  [
    'and by the number, where it was given',
    [many],
    [{ by: 'flag', typed: '21' }],
    { typed: '21', by: 'flag' },
  ],
  [
    'beside a dangerous one it counts for nothing',
    [many, dangerous],
    [{ by: 'flag' }, { typed: '21' }, { typed: 'Production' }],
    { typed: 'Production', by: 'typed' },
  ],
] as const)('the number of people of a routine change: %s', async (_, changes, replies, agreed) => {
  if (!step) return expect.fail();
  const left = [...replies];
  const { p } = setup({}, { on: () => ({ do: 'confirm', ...left.shift() }) });
  expect(await consentOf(p.engine).confirm(step, { goals: changes }, changes, 'sha')).toEqual({
    is: 'yes',
    ...agreed,
  });
  expect(left).toEqual([]);
  const { mode } = begin({ is: 'confirm', step, plan: { goals: changes }, changes, shown: 'sha' });
  expect(mode).toMatchObject({ is: 'typed', words: [agreed.by === 'typed' ? agreed.typed : '21'] });
});
