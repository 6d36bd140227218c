import { expect, test } from 'vitest';
import { perform } from '../../src/engine/apply.ts';
import { takeUp } from '../../src/engine/identify.ts';
import { consentOf } from '../../src/engine/walk.ts';
import { changes } from '../../src/model/plan.ts';
import type { Step } from '../../src/model/step.ts';
import { assignAdministrator } from '../../steps/assign-administrator.ts';
import { permissionSet } from '../../steps/permission-set.ts';
import { registerDelegatedAdministrator } from '../../steps/register-delegated-administrator.ts';
import { Crash, operations, PROD } from './fake.ts';
import { type Process, setup, usualAnswers } from './process.ts';

const name = 'CodeWhisperer_administrator';
const other = '{"Version":"2012-10-17","Statement":[]}';
const undo = async (step: Step, p: Process) => {
  await takeUp('management', p.engine);
  await takeUp('delegated-administrator', p.engine);
  return perform(step, p.engine, { ...consentOf(p.engine), confirm: async () => ({ is: 'yes' }) }, true);
};

test('taking back is planning towards the opposite: same look, same rules when killed, only our own', async () => {
  const { w, p, start } = setup();
  expect(await p.all()).toBe('finished');
  expect(await undo(permissionSet, p)).toBe('blocked'); // still assigned
  expect(await undo(assignAdministrator, p)).toBe('done');
  w.onSend((when, { operation }) => {
    if (when === 'after' && operation === 'sso:DeletePermissionSet') throw new Crash();
  });
  await expect(undo(permissionSet, p)).rejects.toThrow(Crash);
  w.onSend(() => {});
  const q = start();
  expect(await undo(permissionSet, q)).toBe('done');
  expect(await undo(registerDelegatedAdministrator, q)).toBe('done');
  expect([w.sets, w.assigned, w.delegated]).toEqual([[], [], []]);
  expect(w.sent).toHaveLength(7);
});

test('taken back, an adopted set that was bare is bare again, and is not deleted', async () => {
  const { w, p } = setup();
  w.permSet(name, '');
  expect(await p.all()).toBe('finished');
  expect(await undo(assignAdministrator, p)).toBe('done');
  expect(await undo(permissionSet, p)).toBe('done');
  expect(w.sets).toMatchObject([{ name, policy: '' }]);
});

test('taken back, an adopted set has its earlier policy again, in every account', async () => {
  const { w, p } = setup({}, { answers: { ...usualAnswers, 'permission-set/existing': 'replace@' } });
  w.permSet(name, other, [[PROD, other]]);
  expect(await p.all()).toBe('finished');
  expect(await undo(assignAdministrator, p)).toBe('done');
  expect(await undo(permissionSet, p)).toBe('done');
  expect(w.sets[0]).toMatchObject({ policy: other, provisioned: new Map([[PROD, other]]) });
});

test('what was there before is not taken back: neither the delegation nor a set adopted as it is', async () => {
  const { w, p } = setup({}, {}, { delegated: true });
  expect(await p.all()).toBe('finished');
  const sent = w.sent.length;
  expect(operations(w.sent)).not.toContain('organizations:RegisterDelegatedAdministrator');
  expect(
    changes(
      registerDelegatedAdministrator.undo?.(
        { registered: [], access: { seen: [] } },
        {
          answers: {},
          given: { account: { id: PROD, name: 'Prod' } },
          hints: {},
          run: 'r',
        },
        [],
      ) ?? { goals: [] },
    ),
  ).toEqual([]);
  expect(await undo(registerDelegatedAdministrator, p)).toBe('done');
  expect(w.sent).toHaveLength(sent);
  expect(w.delegated).toHaveLength(1);
});
