import { expect, test } from 'vitest';
import { perform } from '../../src/engine/apply.ts';
import type { Ask, Reply } from '../../src/engine/ask.ts';
import { consentOf } from '../../src/engine/consent.ts';
import { isCurrent, observeStep, situationOf } from '../../src/engine/observe.ts';
import { met, open } from '../../src/model/plan.ts';
import { step } from '../../src/model/step.ts';
import { beforeYouStart } from '../../steps/before-you-start.ts';
import { handOver } from '../../steps/hand-over.ts';
import { organization } from '../../steps/organization.ts';
import { permissionSet } from '../../steps/permission-set.ts';
import { registerDelegatedAdministrator } from '../../steps/register-delegated-administrator.ts';
import { type Process, setup } from './process.ts';

/** A process that has taken the run up and whose credentials are in hand, and that has looked at nothing. */
const takenUp = async (p: Process): Promise<Process> => {
  await p.ports.record({ type: 'opened', by: 'later', program: 'test' });
  for (const actor of ['management', 'delegated-administrator'] as const) {
    const name = actor === 'management' ? 'mgmt' : 'delegate';
    p.engine.live.set(actor, { source: { kind: 'profile', name }, region: 'eu-west-1' });
  }
  return p;
};

test('a step is current when this process has looked at it, and no longer when an answer has changed', async () => {
  const { p, start } = setup();
  await p.all();
  const q = await takenUp(start());
  expect(isCurrent(permissionSet, q.engine)).toBe(false); // an earlier process saw it
  await observeStep(permissionSet, q.engine);
  expect(isCurrent(permissionSet, q.engine)).toBe(true);
  await q.ports.record({ type: 'answered', step: 'permission-set', question: 'name', answer: 'Another' });
  expect(isCurrent(permissionSet, q.engine)).toBe(false);
});

test('nor when a step that it needs gives something else', async () => {
  const { p } = setup();
  await p.all();
  expect(isCurrent(permissionSet, p.engine)).toBe(true);
  const goals = [met('registered', '', '')];
  const gives = { account: '444444444444', name: 'Prod' };
  const news = { type: 'looked', step: registerDelegatedAdministrator.id, basis: 'b' } as const;
  await p.ports.record({ ...news, plan: { goals, gives } });
  expect(isCurrent(permissionSet, p.engine)).toBe(false);
  await p.ports.record({ ...news, plan: { goals } });
  expect(situationOf(permissionSet, p.engine)).toBeUndefined(); // it cannot even be foretold
  expect(isCurrent(permissionSet, p.engine)).toBe(false);
});

test('a step waits for what it needs to be seen by this process: nothing is read for it, asked or sent', async () => {
  const { p, start, w } = setup();
  await p.all();
  w.assigned.length = 0;
  const q = await takenUp(start());
  const before = [w.reads.length, w.sent.length];
  expect(await perform(permissionSet, q.engine, consentOf(q.engine))).toBe('waiting');
  expect(await perform(handOver, q.engine, consentOf(q.engine))).toBe('waiting');
  expect([w.reads.length, w.sent.length]).toEqual(before);
  expect(q.asks).toEqual([]);
});

test('credentials that the operator wants to exchange are not taken up again, however often it is begun', async () => {
  const { p, w } = setup(
    {},
    {
      on: (ask) =>
        ask.is === 'done' && ask.step.id === organization.id
          ? { do: 'switch', actor: 'management' }
          : ask.is === 'credentials' && p.run().identities.management
            ? { do: 'leave' }
            : undefined,
    },
  );
  expect(await p.all()).toBe('organization: credentials');
  const reads = w.reads.length;
  expect(await p.all()).toBe('organization: credentials');
  expect(w.reads).toHaveLength(reads);
});

test('once others are accepted in their place, they are taken up as any', async () => {
  let switched = false;
  const { p } = setup(
    {},
    {
      on: (ask) => {
        if (ask.is !== 'done' || ask.step.id !== organization.id || switched) return undefined;
        switched = true;
        return { do: 'switch', actor: 'management' };
      },
    },
  );
  expect(await p.all()).toBe('finished');
  p.engine.live.clear(); // as when they fail
  const asked = p.asks.length;
  await p.ports.record({ type: 'opened', by: 'later', program: 'test' });
  expect(await p.all()).toBe('finished');
  expect(p.asks.slice(asked)).toEqual(['hand-over: finished']);
});

test('credentials that failed are out of hand, and nothing is shown as going on, before others are chosen', async () => {
  const { p, w } = setup();
  const { show } = p.ports;
  p.ports.show = (activity) => {
    if (activity.is === 'sending') w.expired.add('mgmt');
    show(activity);
  };
  expect(await p.all()).toBe('register-delegated-administrator: credentials');
  expect(p.engine.live.has('management')).toBe(false);
  expect(p.activities.at(-1)).toBe('idle');
});

/** A step that asks for one decision, which nothing is the default of. */
const deciding = step({
  ...{ id: 'deciding', title: '', short: '', document: { section: '', says: [] } },
  ...{ actor: 'management', observedBy: 'either', calls: ['sts:GetCallerIdentity'], dependsOn: {} },
  questions: { way: { says: 'Which way?', as: 'choice', noDefault: true } },
  choices: {
    way: async function* () {
      yield { value: 'closed', label: 'The closed one', not: 'it is closed' };
      yield { value: 'both', label: '', not: 'it is closed', danger: { says: [], typed: ['Word'] } };
      yield { value: 'open', label: 'The open one' };
    },
  },
  observe: async () => undefined,
  plan: (_, { answers }) => ({
    goals: [answers.way ? met('way', '', answers.way) : open('way', '', 'way')],
    gives: {},
  }),
});

test('a choice that cannot be chosen is not taken, whoever answers, and whatever is typed', async () => {
  const replies: Reply[] = [
    { do: 'answer', answer: 'closed' },
    { do: 'answer', answer: 'both', typed: 'Word' },
    { do: 'answer', answer: 'open' },
  ];
  const { p } = setup(
    {},
    { on: (ask: Ask) => (ask.is === 'question' ? (replies.shift() ?? { do: 'leave' }) : undefined) },
  );
  expect(await p.all([deciding])).toBe('finished');
  expect(p.run().answers.deciding).toEqual({ way: 'open' });
  expect(p.asks.filter((ask) => ask === 'deciding: question way')).toHaveLength(3);
});

test('where nothing is looked at there is nothing to read, and it is not asked', async () => {
  const { p } = setup();
  await p.all();
  expect(p.asks.filter((ask) => ask.startsWith(`${beforeYouStart.id}: `))).toEqual([
    'before-you-start: question understood',
  ]);
});
