import { describe, expect, test } from 'vitest';
import { isChange } from '../../src/model/plan.ts';
import { isWanted } from '../../src/model/progress/applicable-steps.ts';
import type { Choice } from '../../src/model/question.ts';
import { emptyRun, type Run } from '../../src/model/run.ts';
import { assignAdministrator } from '../../steps/assign-administrator.ts';
import { assignInManagement } from '../../steps/assign-in-management.ts';
import { targetChoices } from '../../steps/assignments/target-choices.ts';
import { steps } from '../../steps/index.ts';
import { noProfiles, type ProfilesOf } from '../../steps/lookups/profiles.ts';
import { managementSet } from '../../steps/management-set.ts';
import type { Holder } from '../../steps/permission-sets/holders.ts';
import type { Grants } from '../../steps/permission-sets/observe-permission-set.ts';
import { at, DEV, delegate, goals, instance, MGMT, organization } from './plans.ts';

const user = { principals: [{ type: 'USER' as const, id: 'u-1', name: 'ada' }] };
const set = { arn: 'arn:set', name: 'CodeWhisperer_administrator', policy: 'legacy-profile-2026' };
const own = { id: MGMT, name: 'Root' };
const accounts = [
  { id: MGMT, name: 'Root', state: 'ACTIVE' },
  { id: DEV, name: 'Dev', state: 'ACTIVE' },
];
const nobody = { rows: [], gone: [] };
const assignDev = `USER:u-1@${DEV}: sso:CreateAccountAssignment`;

const decide = (targets: readonly string[], management?: string) =>
  assignAdministrator.plan(
    { accounts, seen: nobody, profiles: noProfiles, earlier: [] },
    at(
      { target: JSON.stringify(targets), ...(management === undefined ? {} : { management }) },
      { organization, instance, delegate, user, set },
    ),
  );

test('naming the management account raises a question, and changes nothing before it is answered', () => {
  const open = decide([DEV, MGMT]);
  expect(goals(open)).toEqual(['management: open management']);
  expect(open.notes?.join()).toContain('can neither assign anything in the management account');
  expect(open.gives).toBeUndefined();
  expect(goals(decide([DEV, MGMT], 'whatever'))).toEqual(['management: open management']);
});

test('left out, it is said; alone it cannot be left out; with a set of its own later steps see to it', () => {
  const out = decide([DEV, MGMT], 'leave-out');
  expect(goals(out)).toEqual(['target: met', 'management: warning', assignDev]);
  expect(out.gives).toEqual({ accounts: [{ id: DEV, name: 'Dev' }] });
  expect(goals(decide([MGMT], 'leave-out'))).toEqual(['management: open management']);
  const with_ = decide([DEV, MGMT], 'own-set');
  expect(goals(with_)).toEqual(['target: met', 'management: met', assignDev]);
  expect(with_.gives).toEqual({ accounts: [{ id: DEV, name: 'Dev' }], own });
  expect(goals(decide([MGMT], 'own-set'))).toEqual(['target: met', 'management: met']);
});

describe('in which account: what is known of each', () => {
  const listed = (profiles: readonly ProfilesOf[], holders: readonly Holder[] = []) =>
    targetChoices(
      [
        ...[
          { id: MGMT, name: 'Root', state: 'ACTIVE' },
          { id: '4', name: 'zoo', state: 'ACTIVE' },
        ],
        ...[
          { id: DEV, name: 'Dev', state: 'ACTIVE' },
          { id: '5', name: 'Old', state: 'SUSPENDED' },
        ],
      ],
      { management: MGMT, profiles, holders, set: 'Set' },
    );
  const profile = (id: string, ...names: readonly string[]): ProfilesOf => ({
    ...{ id, name: id },
    profiles: { seen: names.map((name) => ({ name, region: 'us-east-1' })) },
  });
  const marked = (all: readonly Choice[]) => all.flatMap((one) => (one.marked ? [one.value] : []));
  test('by name, the management account and then what cannot be chosen last, and nothing marked where no profile was seen', () => {
    const all = listed([profile(DEV), profile('4')]);
    expect(all.map(({ value }) => value)).toEqual([DEV, '4', MGMT, '5']);
    expect(all.map(({ not }) => not)).toEqual([undefined, undefined, undefined, 'suspended']);
    expect(marked(all)).toEqual([]);
    expect(all[0]?.facts).toEqual(['no profile seen']);
  });
  test('the one with a profile is first, and marked where it is the only one', () => {
    const all = listed([profile('4', 'QDevProfile-us-east-1')]);
    expect([all[0]?.value, all[0]?.facts, marked(all)]).toEqual(['4', ['has QDevProfile-us-east-1'], ['4']]);
    expect(marked(listed([profile('4', 'QDevProfile-x'), profile(DEV, 'QDevProfile-y')]))).toEqual([]);
  });
  test('the management account is never marked, nor one that is not active', () => {
    expect(marked(listed([profile(MGMT, 'QDevProfile-x')]))).toEqual([]);
    expect(marked(listed([profile('5', 'QDevProfile-x')]))).toEqual([]);
  });
  test('what cannot be looked at, and who has the set there, is said', () => {
    const refused = {
      id: DEV,
      name: 'Dev',
      profiles: { refused: 'AccessDeniedException: no', code: 'AccessDeniedException' },
    };
    const ada = { account: DEV, place: 'Dev', type: 'USER', id: 'u', name: 'ada' } as const;
    const [dev] = listed([refused], [ada, { ...ada, type: 'GROUP', id: 'g', name: 'Crew' }]);
    expect(dev?.facts).toEqual(['profile not known (AccessDeniedException)', 'ada, the group Crew have Set']);
  });
});

test('an answer about the management account counts for nothing where it is not named', () => {
  const plan = decide([DEV], 'own-set');
  expect(goals(plan)).toEqual(['target: met', assignDev]);
  expect(plan.gives).toEqual({ accounts: [{ id: DEV, name: 'Dev' }] });
});

const given = { organization, instance, set, assignment: { accounts: [], own } };
const make = (found: Grants | undefined, answers: Readonly<Record<string, string>>) =>
  managementSet.plan({ set: found }, at(answers, given));
const name = 'CodeWhisperer_administrator_mgmt';
const there: Grants = {
  ...{ arn: 'arn:own', name, inline: '', session: 'PT1H', managed: [], customer: [], boundary: '' },
  ...{ provisioned: [], outdated: [], holders: [] },
};

test('its set: another name, which fits, and the policy that was chosen for the other one', () => {
  const ask = make(undefined, {});
  expect(ask.goals).toMatchObject([{ is: 'open', question: 'name', initial: name }]);
  expect(name.length).toBeLessThanOrEqual(32);
  expect(goals(make(undefined, { name: set.name }))).toEqual(['own: wrong']);
  const plan = make(undefined, { name });
  expect(goals(plan)).toEqual([
    ...['own: met', 'set: sso:CreatePermissionSet', 'editable: met'],
    ...['policy: sso:PutInlinePolicyToPermissionSet', 'grants: met', 'provisioned: met'],
  ]);
  expect(plan.gives).toMatchObject({ name, policy: 'legacy-profile-2026' });
  const [create] = plan.goals.filter((goal) => isChange(goal));
  expect(create?.call.input).toMatchObject({ Name: name, Tags: [{ Value: 'run-1' }] });
});

test('a set of that name that member accounts have: read what that leads to; in the management account it is changed', () => {
  const shared = make({ ...there, provisioned: [DEV, MGMT] }, { name });
  expect(shared.goals).toContainEqual(expect.objectContaining({ is: 'open', question: 'existing' }));
  const alone = make({ ...there, inline: '' }, { name });
  expect(goals(alone)).toContain('editable: met');
});

test('the assignments there are dangerous, and say who can never take them away', () => {
  const assign = (type: 'USER' | 'GROUP') =>
    assignInManagement.plan(
      nobody,
      at(
        {},
        {
          instance,
          user: { principals: [{ type, id: 'p-1', name: 'ada', members: 3 }] },
          assignment: { accounts: [], own },
          set: { arn: 'arn:own', name, policy: 'documented' },
        },
      ),
    );
  expect(goals(assign('USER'))).toEqual([`USER:p-1@${MGMT}: dangerous sso:CreateAccountAssignment`]);
  const [goal] = assign('GROUP').goals;
  expect(goal).toMatchObject({ typed: ['Root', MGMT] });
  const said = goal?.is === 'change' ? goal.decisive?.join('\n') : '';
  expect(said).toContain('The delegated administrator can neither remove this assignment');
  expect(said).toMatch(/The delegated administrator decides who is in the group/);
});

test('the two steps are in a run only once it is decided so', () => {
  const look = (gives: object) => ({ plan: { goals: [], gives }, at: 0, basis: '', remembered: false });
  const run = (assignment: object): Run => ({
    ...emptyRun,
    observations: Object.fromEntries(
      steps.map(({ id }) => [id, look(id === assignAdministrator.id ? assignment : {})]),
    ),
  });
  for (const step of [managementSet, assignInManagement]) {
    expect(isWanted(step, emptyRun)).toBeUndefined();
    expect(isWanted(step, run({ accounts: [] }))).toBe(false);
    expect(isWanted(step, run({ accounts: [], own }))).toBe(true);
  }
});
