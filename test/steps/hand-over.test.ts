import { expect, test } from 'vitest';
import { handOver } from '../../steps/hand-over.ts';
import { codewhisperer, steps } from '../../steps/index.ts';
import { at, DELEGATE, DEV, goals, instance, MGMT } from './plans.ts';

type Profiles = Parameters<typeof handOver.plan>[0]['of'][number]['profiles'];
const given = {
  ...{ start: {}, session: {}, instance },
  delegate: { account: DELEGATE, name: 'Identity' },
  identity: { portal: 'https://x.awsapps.com/start' },
  user: { principals: [{ type: 'USER' as const, id: 'u-1', name: 'ada' }] },
  set: { arn: 'arn:set', name: 'Set', policy: 'documented' },
  assignment: { accounts: [{ id: DEV, name: 'Dev' }] },
  management: undefined,
};
const planOf = (
  profiles: Profiles,
  more: { elsewhere?: { id: string; name: string }[]; unseen?: true } = {},
) => handOver.plan({ of: [{ id: DEV, name: 'Dev', profiles }], elsewhere: [], ...more }, at({}, given));
const plan = planOf({ seen: [{ name: 'QDevProfile-us-east-1', region: 'us-east-1' }] });
const found = (id: string): string =>
  plan.goals.flatMap((goal) => (goal.id === id && goal.is === 'met' ? [goal.found] : [])).join();

test('it says who administers what, where, and with which set', () => {
  expect(goals(plan)).toEqual([
    'delegate: met',
    'set: met',
    'assignment: met',
    `profile-${DEV}: met`,
    'all: met',
  ]);
  expect([found('delegate'), found('set'), found('assignment')]).toEqual([
    `Identity (${DELEGATE})`,
    'arn:set',
    `Dev (${DEV})`,
  ]);
  expect(plan.goals.map(({ says }) => says).join()).toMatch(
    /permission set Set.*ada is CodeWhisperer administrator/,
  );
});

test('the policy is called as it was in the list: whoever reads the card has not seen the document', () => {
  expect(JSON.stringify(plan.result)).toContain('policy: CodeWhisperer document, 2024');
});

test('a set that keeps its own policy is not said to carry the chosen one', () => {
  const kept = { ...given, set: { ...given.set, kept: true as const } };
  const [, set] = handOver.plan({ of: [], elsewhere: [] }, at({}, kept)).goals;
  expect(set).toMatchObject({
    ...{ is: 'warning', says: 'Set keeps its own policy, not the document’s policy' },
    found: 'your decision',
  });
});

test('it tells the new administrator the way in, and what comes next', () => {
  const [way, next] = plan.notes ?? [];
  expect(way).toBe('Tell ada: sign in at https://x.awsapps.com/start, choose Dev, then Set.');
  expect(next).toContain('amazonq/developer/home');
  expect(plan.notes?.at(-1)).toContain(`https://${DELEGATE}.${instance.region}.console.aws.amazon.com/`);
});

test('the management account is entered with a set of its own', () => {
  const root = { id: MGMT, name: 'Root' };
  const { goals: seen, notes } = handOver.plan(
    { of: [], elsewhere: [] },
    at({}, { ...given, management: { account: root, set: 'Set_mgmt' } }),
  );
  expect(notes?.[0]).toContain('choose Dev, then Set; or Root, then Set_mgmt.');
  expect(seen).toContainEqual(
    expect.objectContaining({ id: 'assignment', found: `Dev (${DEV}), Root (${MGMT})` }),
  );
});

test('a profile that is seen is named, and the way goes on in its account and Region', () => {
  expect(found(`profile-${DEV}`)).toBe('QDevProfile-us-east-1');
  const there = planOf({ seen: [{ name: 'KiroProfile-eu-central-1', region: 'eu-central-1' }] });
  expect(there.link).toBe(
    `https://${DEV}.eu-central-1.console.aws.amazon.com/amazonq/developer/home?region=eu-central-1`,
  );
  expect(there.notes?.join()).toContain(there.link);
});

test.each<[string, Profiles, RegExp]>([
  ['none', { seen: [] }, /^no profile was seen .*None was seen in another account either/],
  [
    'none that may be looked for',
    { refused: 'AccessDeniedException: no' },
    /^could not be checked: AccessDenied/,
  ],
])('%s holds nobody up, and is said', (_, profiles, says) => {
  const [goal] = planOf(profiles).goals.filter(({ id }) => id.startsWith('profile'));
  expect(goal).toMatchObject({ is: 'warning', found: expect.stringMatching(says) });
  expect(planOf(profiles).link).toContain(`https://${DEV}.us-east-1.console.aws.amazon.com/`);
});

test('where another account has one, that is said; that none has one only where all could be looked at', () => {
  const found = (more: Parameters<typeof planOf>[1]) =>
    planOf({ seen: [] }, more)
      .goals.flatMap((goal) => (goal.is === 'warning' ? [goal.found] : []))
      .join();
  expect(found({ elsewhere: [{ id: '1', name: 'Prod' }] })).toMatch(/One was seen in Prod \(1\)\.$/);
  expect(found({ unseen: true })).toMatch(/Other accounts could not all be checked\.$/);
});

test('it is the last, and rests on every other step, itself or through one that it needs', () => {
  expect(steps.at(-1)?.id).toBe(handOver.id);
  const rests = new Set<string>();
  const add = ({ id, dependsOn }: (typeof steps)[number]): void => {
    rests.add(id);
    for (const need of Object.values(dependsOn)) add(need);
  };
  add(codewhisperer.final);
  expect([...rests].toSorted()).toEqual(steps.map(({ id }) => id).toSorted());
});
