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
