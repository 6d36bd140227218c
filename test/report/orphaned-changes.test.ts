import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import { expect, test } from 'vitest';
import { auditExport } from '../../src/commands/audit-export.ts';
import { status } from '../../src/commands/status.ts';
import { describeOrphaned, orphanedChanges } from '../../src/model/progress/orphaned-changes.ts';
import { emptyRun } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';
import { codewhisperer } from '../../steps/index.ts';
import { runner } from '../commands/in-process.ts';
import { view } from '../simulator/simulated.ts';

const notAnyMore = 'it is no longer selected';

/** Somebody else who can be promoted. */
async function another(at: Awaited<ReturnType<typeof runner>>, than: string): Promise<string> {
  const world = view(at.simulator);
  const { store } = await world.instance();
  const { Users = [] } = await world.as().identity.send(new ListUsersCommand({ IdentityStoreId: store }));
  return (
    Users.find(({ UserStatus, UserName }) => UserStatus === 'ENABLED' && UserName !== than)?.UserName ??
    expect.fail('there is one user only')
  );
}

test('who was assigned, and is not chosen any more, is told of: before the next change, at the end, in status and in the audit log', async () => {
  const at = await runner();
  const first = at.answers['administrator-user.user'] ?? '';
  const whole = await at.run();
  expect(whole).toMatchObject({ code: 0, said: expect.not.stringContaining(notAnyMore) });
  const second = await another(at, first);
  const confirm = [...Object.values(at.accounts), at.account('Workloads Dev'), 'administrator-user.user'];
  const { code, said } = await at.run({ 'administrator-user.user': second }, {}, { confirm });
  expect({ code, said }).toMatchObject({ code: 0 });
  const told = new RegExp(
    `^warning      assign-administrator: This run also did this, and ${notAnyMore}: Assign ${first} to Workloads Dev .* It stays in force\\. cw-runbook undo removes it with all the rest\\. By hand: aws sso-admin delete-account-assignment .*--principal-id `,
    'm',
  );
  const assigning = said.search(/^sending +assign-administrator\//m);
  expect(assigning).toBeGreaterThan(0);
  expect(said.slice(0, assigning)).toMatch(told);
  const looked = await at.hear(() => status({ runbook: codewhisperer, home: at.home }));
  expect(looked.said).toContain(`${notAnyMore}: Assign ${first} to Workloads Dev`);
  const audit = await at.hear(() =>
    auditExport({ runbook: codewhisperer, home: at.home, format: 'markdown' }),
  );
  expect(audit.said).toMatch(new RegExp(`## Created, no longer selected\\s+- .*Assign ${first} to`));
  // The undo takes both back, and knows whose they are.
  const undone = await at.undo({ 'administrator-user.user': second });
  expect(undone).toMatchObject({ code: 0 });
  for (const name of [first, second])
    expect(undone.said).toMatch(new RegExp(`^plan +assign-administrator: Remove .*${name}`, 'm'));
});

test('of a user who was created it is not said that the undo deletes them', () => {
  const step = { id: 'user', actor: 'management', dependsOn: {}, appliesWhen: () => false } as never as Step;
  const intent = {
    ...{ attempt: 'user/user#1', step: 'user', change: 'user', says: 'Create ada', at: 1, situation: {} },
    call: { operation: 'identitystore:CreateUser', input: { IdentityStoreId: 'd', UserName: 'ada' } },
  };
  const [says] = describeOrphaned(step, { ...emptyRun, attempts: [{ intent, state: 'verified' }] as never });
  expect(says).toContain('Create ada. It stays, also when the run is undone.');
  expect(says).not.toContain('takes it back');
});

test('a permission set under the name that was chosen before, and what was made in a step that the run has no more', () => {
  const step = (id: string, appliesWhen?: () => boolean): Step =>
    ({ id, actor: 'management', dependsOn: {}, ...(appliesWhen ? { appliesWhen } : {}) }) as never;
  const attempt = (of: string, n: number, Name: string) => ({
    intent: {
      ...{ attempt: `${of}/set#${n}`, step: of, change: 'set', says: `Create ${Name}`, at: n, situation: {} },
      call: { operation: 'sso:CreatePermissionSet', input: { InstanceArn: 'i', Name } },
    },
    state: 'verified',
  });
  const goals = [{ is: 'met', id: 'set', says: 'There is a set', found: 'Second' }] as const;
  const observations = { here: { plan: { goals }, at: 0, basis: '', remembered: false } };
  const attempts = [attempt('here', 1, 'First'), attempt('here', 2, 'Second'), attempt('gone', 3, 'Third')];
  const run = { ...emptyRun, observations, attempts: attempts as never };
  const made = (one: Step) => orphanedChanges(one, run).map(({ says }) => says);
  expect(made(step('here'))).toEqual(['Create First']);
  expect(made(step('gone', () => false))).toEqual(['Create Third']);
  expect(made(step('gone', () => true))).toEqual([]); // it was not looked at yet
});
