import { expect, test } from 'vitest';
import type { Ask, Reply } from '../../src/engine/ask.ts';
import { never } from '../../src/simulator/services/requests.ts';
import { operations } from './in-process.ts';
import { type Process, setup } from './process.ts';

/** Sets aside whatever is open, once, wherever it is asked about. */
function settingAside() {
  const at: Ask['is'][] = [];
  const on = (ask: Ask): Reply | undefined => {
    if (!('attempts' in ask) || at.length > 0) return undefined;
    at.push(ask.is);
    return { do: 'set-aside', attempt: ask.attempts[0]?.intent.attempt ?? '', why: 'impatient' };
  };
  return { at, on };
}
const endings = (p: Process) => p.run().attempts.map(({ state }) => state);

test('what AWS is still at is not set aside: it is neither over nor sent a second time', async () => {
  const { at, on } = settingAside();
  const { p, w } = setup({ settle: never }, { on });
  expect(await p.all()).toBe('assign-administrator: under-way');
  expect(at).toEqual(['under-way']);
  expect(endings(p)).not.toContain('set-aside');
  expect(operations(w.sent).filter((one) => one === 'sso:CreateAccountAssignment')).toHaveLength(1);
});

test('nor is it while the run is taken back', async () => {
  const { at, on } = settingAside();
  const { p, w, start } = setup({}, { on });
  await p.all();
  w.options.settle = never;
  const q = start();
  expect(await q.undo()).toBe('assign-administrator: under-way');
  expect(at).toEqual(['under-way']);
  expect(endings(q)).not.toContain('set-aside');
  expect(operations(w.sent).filter((one) => one === 'sso:DeleteAccountAssignment')).toHaveLength(1);
});

test('while the run is taken back, what nobody can tell of is set aside by the operator who has looked', async () => {
  const { at, on } = settingAside();
  const { p, w, start } = setup({}, { on });
  await p.all();
  w.onSend((when, { operation }) => {
    if (when !== 'after' || operation !== 'sso:DeleteAccountAssignment') return;
    w.ineffective();
    w.onSend(() => {});
  });
  const q = start();
  expect(await q.undo()).toBe('undone');
  expect(at).toEqual(['cannot-tell']);
  expect(endings(q)).toContain('set-aside');
  expect(w.assigned).toEqual([]);
});

test('only an attempt that is open can be set aside', async () => {
  let asked = 0;
  const { p, w } = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'cannot-tell' || asked++ > 0) return undefined;
        return { do: 'set-aside', attempt: 'permission-set/set#2', why: 'not that one' };
      },
    },
  );
  w.onSend((when, { operation }) => {
    if (when === 'after' && operation === 'sso:CreateAccountAssignment') w.ineffective();
  });
  expect(await p.all()).toBe('assign-administrator: cannot-tell');
  expect(endings(p)).toEqual(['verified', 'verified', 'verified', 'settled']);
});
