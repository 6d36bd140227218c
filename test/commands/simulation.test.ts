import { expect, test } from 'vitest';
import { actionsOf, runner } from './in-process.ts';

const simulated = /IAM’s policy simulator allows (\d+) of (\d+) actions/;

test('a simulator that does not take actions together is asked about them apart, and nothing is to be waived', async () => {
  const at = await runner('fresh');
  await at.order('_faults', { fault: 'simulation-apart' });
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 0 });
  const plans = (await at.events()).flatMap((event) => (event.type === 'looked' ? [event.plan] : []));
  const goals = plans.flatMap((plan) => plan.goals).filter(({ id }) => id === 'permissions');
  expect(goals.length).toBeGreaterThanOrEqual(2);
  // Written down as goals like any other, each in its place.
  expect(plans.filter((plan) => 'ahead' in plan)).toEqual([]);
  const registering = plans.find(({ goals: all }) => all.some(({ id }) => id === 'registered'));
  expect(registering?.goals.map(({ id }) => id)).toEqual(['access', 'permissions', 'registered']);
  for (const goal of goals) {
    const [, allowed, all] = simulated.exec(goal.is === 'met' ? goal.found : '') ?? [];
    expect([goal.is, allowed]).toEqual(['met', all]);
  }
});

test('a policy that names the identity store alone: said before the first change, and what AWS refuses for it', async () => {
  const at = await runner('fresh');
  const account = at.accounts['delegated-administrator'];
  const actions = actionsOf('delegated-administrator');
  const store = `arn:aws:identitystore::${at.accounts.management}:identitystore/*`;
  await at.order('_permissions', { account, actions, resources: [store] });
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 5 });
  const [said = ''] = /^warning +delegated-identity: .*$/m.exec(ended.said) ?? [];
  expect(said).toMatch(/not allowed: .*identitystore:ListUsers \(no identity-based policy allows it\)/);
  expect(said).toMatch(/not known: .*identitystore:GetUserId \(.*arn:aws:identitystore:::user\//);
  expect(ended.said).toMatch(
    /not authorized to perform: identitystore:GetUserId on resource: arn:aws:identitystore:::user\/\*/,
  );
  expect((await at.ledger()).effects).toHaveLength(1); // the registration, by the management account

  const people = ['user', 'group', 'membership'].map((kind) => `arn:aws:identitystore:::${kind}/*`);
  await at.order('_permissions', { account, actions, resources: [store, ...people] });
  const gone = await at.run();
  expect(gone, gone.said).toMatchObject({ code: 0 });
});
