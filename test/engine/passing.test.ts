import { expect, test } from 'vitest';
import type { Ask } from '../../src/engine/ask.ts';
import { DELEGATE, SSO } from './four-accounts.ts';
import { setup } from './process.ts';

type Done = Extract<Ask, { readonly is: 'done' }>;
/** Every question about a done step, of a run to its end by somebody who passes what may be passed. */
async function done(before: (world: ReturnType<typeof setup>['w']) => void = () => {}) {
  const asked: Done[] = [];
  const all = setup(
    {},
    {
      on: async (ask) => {
        if (ask.is !== 'done') return undefined;
        asked.push(ask);
        return { do: 'go-on', ...(ask.passes ? { passed: true } : {}) };
      },
    },
  );
  before(all.w);
  expect(await all.p.all()).toBe('finished');
  const stoppedAt = asked.filter(({ passes }) => !passes).map(({ step }) => step.id);
  return { ...all, asked, stoppedAt };
}

/** Somebody did it before. */
const registered = ({ state }: ReturnType<typeof setup>['w']): void =>
  void state.delegated.push({ account: DELEGATE, service: SSO, since: 0 });

test('what was seen met by the one whose step it is, is passed: the log says what was seen', async () => {
  const { disk, asked, stoppedAt } = await done();
  // Where it stops all the same, something is to be read.
  for (const { step, plan } of asked.filter(({ step }) => stoppedAt.includes(step.id)))
    expect(
      plan.goals.map(({ is }) => is),
      step.id,
    ).toContain('warning');
  expect(stoppedAt.length).toBeLessThan(2);
  expect(asked.length).toBeGreaterThan(5);
  const read = disk.flatMap((event) => (event.type === 'read' ? [event] : []));
  const passed = read.filter((event) => event.passed !== undefined);
  expect(passed.map(({ step }) => step)).toEqual(
    asked.flatMap(({ step, passes }) => (passes ? [step.id] : [])),
  );
  for (const { passed: seen = [] } of passed) expect(seen.join()).not.toBe('');
  // The last step is a screen.
  expect(read.at(-1)?.passed).toBeUndefined();
});

test('what was there before this run is shown, once', async () => {
  const { asked, stoppedAt } = await done(registered);
  expect(stoppedAt).toContain('register-delegated-administrator');
  const shown = asked.filter(({ step }) => step.id === 'register-delegated-administrator');
  expect(shown.map(({ before }) => before)).toEqual([['registered']]);
});

test('a reply that says it was passed counts only where it may be', async () => {
  const { w, p, disk } = setup(
    {},
    {
      on: (ask) => (ask.is === 'done' ? { do: 'go-on', passed: true } : undefined),
    },
  );
  registered(w);
  expect(await p.all()).toBe('finished');
  const read = disk.find(
    (event) => event.type === 'read' && event.step === 'register-delegated-administrator',
  );
  expect(read).toMatchObject({ step: 'register-delegated-administrator' });
  expect(read).not.toHaveProperty('passed');
});
