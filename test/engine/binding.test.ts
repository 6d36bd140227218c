import { expect, test } from 'vitest';
import { isCurrent, observeStep } from '../../src/engine/observe.ts';
import { met } from '../../src/model/plan.ts';
import { type Binding, step } from '../../src/model/step.ts';
import { DELEGATE, INSTANCE, MGMT, PROD } from './four-accounts.ts';
import { setup } from './process.ts';

const bound: Binding = {
  organization: 'o-1',
  instance: INSTANCE,
  region: 'eu-west-1',
  accounts: { management: MGMT, 'delegated-administrator': DELEGATE },
};
const finding = (binding: Binding) =>
  step({
    ...{ id: 'find', title: 'Find', short: 'Find', document: { section: '', says: [] } },
    ...{ actor: 'management', observedBy: 'none', calls: [], dependsOn: {}, questions: {} },
    observe: async () => undefined,
    plan: () => ({ goals: [met('found', 'It is found', 'yes')], gives: {} }),
    binds: () => binding,
  });

test.each<[string, Binding, string, string]>([
  ['organization', { organization: 'o-2' }, 'o-1', 'o-2'],
  ['instance', { instance: `${INSTANCE}2` }, INSTANCE, `${INSTANCE}2`],
  ['region', { region: 'us-east-1' }, 'eu-west-1', 'us-east-1'],
  ['management account', { accounts: { management: PROD } }, MGMT, PROD],
  ['delegated-administrator account', { accounts: { 'delegated-administrator': PROD } }, DELEGATE, PROD],
])('a run does not move to another %s: both are named, and it stays bound', async (what, other, was, is) => {
  const { p } = setup();
  await p.ports.record({ type: 'bound', binding: bound });
  const plan = await observeStep(finding({ ...bound, ...other }), p.engine);
  expect(plan?.goals).toEqual([
    expect.objectContaining({ is: 'wrong', found: `the run belongs to ${what} ${was}, and this is ${is}` }),
  ]);
  expect(p.run().binding).toEqual(bound);
});

test('what it found again is no other, and what is new is added', async () => {
  const { p, disk } = setup();
  const { instance: _, ...known } = bound;
  await p.ports.record({ type: 'bound', binding: known });
  expect((await observeStep(finding(bound), p.engine))?.goals).toMatchObject([{ is: 'met' }]);
  await observeStep(finding(bound), p.engine);
  expect(p.run().binding).toEqual(bound);
  expect(disk.filter(({ type }) => type === 'bound')).toHaveLength(2);
});

/** A step that the delegated administrator alone can look at. What it is told is what it rests on. */
const theirs = step({
  ...{ id: 'theirs', title: 'Theirs', short: 'Theirs', document: { section: '', says: [] } },
  ...{ actor: 'delegated-administrator', observedBy: 'actor', calls: [], dependsOn: {} },
  questions: { name: { says: 'Which?', as: 'text' } },
  observe: async () => undefined,
  plan: (_, { answers }) => ({ goals: [met('is', 'It is so', answers.name ?? 'nothing')], gives: {} }),
});

test('what only the delegated administrator can see is vouched for while it rests on the same answers, no longer', async () => {
  const { p, start } = setup();
  const { record } = p.ports;
  const answer = (name: string) =>
    record({ type: 'answered', step: 'theirs', question: 'name', answer: name });
  await answer('first');
  p.engine.live.set('delegated-administrator', {
    ...{ source: { kind: 'profile', name: 'delegate' }, region: undefined },
  });
  await observeStep(theirs, p.engine);
  const later = start(); // without their credentials
  await later.ports.record({ type: 'opened', by: 'bea@b', program: 'test' });
  expect((await observeStep(theirs, later.engine))?.goals).toMatchObject([{ is: 'met', found: 'first' }]);
  expect(isCurrent(theirs, later.engine)).toBe(true);
  const changed = { type: 'answered', step: 'theirs', question: 'name', answer: 'second' } as const;
  await later.ports.record(changed);
  // Nobody has seen it on this answer: it cannot be told without their credentials.
  await expect(observeStep(theirs, later.engine)).rejects.toThrow('no credentials were accepted');
  expect(isCurrent(theirs, later.engine)).toBe(false);
});
