import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeregisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { expect, test } from 'vitest';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { view } from '../simulator/simulated.ts';
import { type Runner, runner } from './in-process.ts';

/** From now on the profile `delegated` is another account's. */
async function actAs(at: Runner, account: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cw-other-'));
  await writeProfiles(folder, at.simulator, account);
  process.env.AWS_CONFIG_FILE = join(folder, 'config');
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, 'credentials');
}
const alone = { profiles: { 'delegated-administrator': 'delegated' } };

test('a registration that AWS acts on later is waited for: told once, and the run comes to its end', async () => {
  const at = await runner('fresh', { delegationLag: 1_500 });
  const ended = await at.run({}, {}, { changeTimeout: 60_000 });
  expect(ended, ended.said).toMatchObject({ code: 0 });
  const waiting = ended.said.match(/^waiting .*$/gm) ?? [];
  expect(waiting).toEqual([
    expect.stringMatching(/delegated-identity: AWS does not let account \d+ administer .* yet/),
  ]);
  expect((await at.ledger()).effects).toHaveLength(4);
});

test('one that takes longer than the patience ends with 3, and no advice to waive anything', async () => {
  const at = await runner('fresh', { delegationLag: 3_600_000 });
  const ended = await at.run();
  expect(ended, ended.said).toMatchObject({ code: 3 });
  expect(ended.said).toMatch(/AWS does not let account \d+ administer IAM Identity Center yet/);
  expect(ended.said).not.toContain('waive');
});

test.each(['fresh', 'delegated'] as const)(
  '%s: an ordinary member’s profile is told that it is not the delegated administrator, not to waive a check',
  async (scenario) => {
    const at = await runner(scenario);
    const member = at.account('Workloads Prod');
    await actAs(at, member);
    const ended = await at.run({}, {}, alone);
    expect(ended, ended.said).toMatchObject({ code: 5 });
    expect(ended.said).toContain(`account ${member} is not the delegated administrator`);
    expect(ended.said).toContain(`Use credentials of the management account ${at.accounts.management}`);
    expect(ended.said).not.toContain('waive');
    expect((await at.ledger()).effects).toEqual([]);
  },
);

test('the delegated administrator is suspended: one way, and once it is gone another account is registered', async () => {
  const state = join(await mkdtemp(join(tmpdir(), 'cw-suspended-')), 'organization.json');
  await (await startSimulator({ scenario: 'delegated', state, seed: 'permissions' })).close();
  const kept = JSON.parse(await readFile(state, 'utf8')) as {
    state: { accounts: { name: string; state: string }[] };
  };
  for (const one of kept.state.accounts) if (one.name === 'Shared Services') one.state = 'SUSPENDED';
  await writeFile(state, JSON.stringify(kept));
  const at = await runner('delegated', { state });
  const AccountId = at.account('Shared Services');
  const another = at.account('Security Tooling');
  const answers = { 'delegated-account.account': another };
  const confirm = [another];

  const stopped = await at.run(answers, {}, { confirm });
  expect(stopped, stopped.said).toMatchObject({ code: 5 });
  expect(stopped.said).toContain(
    `aws organizations deregister-delegated-administrator --account-id ${AccountId} --service-principal sso.amazonaws.com`,
  );
  expect(stopped.said).not.toMatch(/Choose .* in the step before/);

  await view(at.simulator)
    .as()
    .organizations.send(
      new DeregisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: 'sso.amazonaws.com' }),
    );
  await actAs(at, another);
  const gone = await at.run(answers, {}, { confirm });
  expect(gone, gone.said).toMatchObject({ code: 0 });
});

test.each([
  ['actions', 'The policies of these credentials do not allow it'],
  ['denied', 'A policy of these credentials denies it outright'],
  ['scp', 'A service control policy of the organization denies it'],
  ['boundary', 'The permissions boundary of these credentials denies it'],
  ['session', 'The policy of this session denies it'],
] as const)(
  'a denial that lasts is not waited for, and who can change it is said: %s',
  async (layer, says) => {
    const at = await runner('delegated');
    const action = 'sso:ListPermissionSets';
    const named = layer === 'denied' || layer === 'scp';
    await at.order('_permissions', {
      account: at.accounts['delegated-administrator'],
      [layer]: named ? [action] : ['iam:*', 'sts:*', 'sso:DescribeInstance'],
    });
    const ended = await at.run({}, {}, { changeTimeout: 3_600_000 });
    expect(ended, ended.said).toMatchObject({ code: 5 });
    expect(ended.said).toContain(`${says}`);
    expect(ended.said).toContain(`(${action})`);
  },
);
