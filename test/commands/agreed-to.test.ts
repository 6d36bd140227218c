import { expect, test } from 'vitest';
import { agreedTo } from '../../src/commands/unattended/agreed-to.ts';
import { type Change, change, type Plan } from '../../src/model/plan.ts';
import { emptyRun } from '../../src/model/run.ts';
import { steps } from '../../steps/index.ts';

const one = (id: string, more: Parameters<typeof change>[4] = {}) =>
  change(id, `Make ${id}`, 'sso:CreatePermissionSet', { InstanceArn: 'i', Name: id }, more) as Change;
const routine = one('a');
const dangerous = one('c', { risk: 'dangerous', typed: ['Production', '111122223333'] });
const agreed = (changes: readonly Change[], yes: boolean, ...confirm: readonly string[]) => {
  const [step] = steps;
  if (!step) return expect.fail();
  const plan: Plan = { goals: changes };
  const asked = { is: 'confirm', step, plan, changes, shown: 'sha' } as const;
  return agreedTo(asked, { ...emptyRun, id: 'run-1' }, { yes, confirm, from: 0 });
};

test('what is routine takes --yes, and nothing else is one', () => {
  expect(agreed([routine], true).is).toBe('yes');
  expect(agreed([routine], false).is).toBe('no');
  expect(agreed([routine], false, 'Production').is).toBe('no');
});

test.each([
  ['alone', [dangerous]],
  ['among others, the last', [routine, dangerous]],
  ['among others, the first', [dangerous, routine]],
])('what is dangerous takes its word, and --yes is none: %s', (_, changes) => {
  expect(agreed(changes, true).is).toBe('no');
  expect(agreed(changes, true, 'production', 'run-1').is).toBe('no');
  expect(agreed(changes, true, 'Production')).toMatchObject({ is: 'yes', typed: 'Production' });
  expect(agreed(changes, false, '1111-2222-3333')).toMatchObject({ is: 'yes', typed: '1111-2222-3333' });
});
