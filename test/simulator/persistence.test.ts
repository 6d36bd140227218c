import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentsCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import { build } from 'rolldown';
import { expect, onTestFinished, test } from 'vitest';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { simulated, view } from './simulated.ts';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'simulator-'));
const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

/** One run of a simulator on a file, closed by the caller or at the end. */
async function run(state: string, options: Partial<SimulatorOptions> = {}) {
  const simulator = await startSimulator({ scenario: 'delegated', state, ...options });
  onTestFinished(() => simulator.close());
  return view(simulator);
}

test('an organization goes on after a restart, with an assignment still in progress', async () => {
  const state = join(await folder(), 'deep', 'organization.json');
  const before = await run(state);
  const { arn: InstanceArn, store } = await before.instance();
  const { sso, identity } = before.as(before.withRole('delegated-administrator'));
  const { Users = [] } = await identity.send(new ListUsersCommand({ IdentityStoreId: store }));
  const { PermissionSet } = await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Kept' }));
  const on = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  const TargetId = before.named('Workloads Dev').id;
  const { AccountAssignmentCreationStatus } = await sso.send(
    new CreateAccountAssignmentCommand({
      ...on,
      TargetId,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId: Users[0]?.UserId,
    }),
  );
  const asked = new DescribeAccountAssignmentCreationStatusCommand({
    InstanceArn,
    AccountAssignmentCreationRequestId: AccountAssignmentCreationStatus?.RequestId,
  });
  const { AccountAssignmentCreationStatus: begun } = await sso.send(asked);
  const ledger = await before.ledger();
  await before.simulator.close();
  expect([await mode(state), await mode(join(state, '..'))]).toEqual(['600', '700']);
  expect(await readdir(join(state, '..'))).toEqual(['organization.json']);

  const status = async (world: Awaited<ReturnType<typeof run>>) =>
    (await world.as(world.withRole('delegated-administrator')).sso.send(asked))
      .AccountAssignmentCreationStatus?.Status;
  const sooner = await run(state, {
    now: () => (begun?.CreatedDate?.getTime() ?? 0) + 999,
  });
  expect(sooner.simulator.accounts).toEqual(before.simulator.accounts);
  expect(await sooner.ledger()).toEqual(ledger);
  expect(await status(sooner)).toBe('IN_PROGRESS');
  await sooner.simulator.close();

  const later = await run(state, { now: () => Date.now() + 2_000 });
  expect(await status(later)).toBe('SUCCEEDED');
  const { AccountAssignments } = await later
    .as()
    .sso.send(new ListAccountAssignmentsCommand({ ...on, AccountId: TargetId }));
  expect(AccountAssignments).toHaveLength(1);
  const { requests, effects } = await later.ledger();
  expect(effects).toEqual(ledger.effects);
  expect(requests.map(({ n }) => n)).toEqual(requests.map((_, index) => index + 1));
});

test('what was answered survives kill -9', async () => {
  const state = join(await folder(), 'organization.json');
  const program = join(state, '..', 'serve.mjs');
  await build({
    input: 'serving',
    platform: 'node',
    plugins: [
      {
        name: 'serving',
        resolveId: (asked) => (asked === 'serving' ? join(process.cwd(), 'serving.ts') : null),
        load: (id) =>
          id === join(process.cwd(), 'serving.ts')
            ? `import { startSimulator } from './src/simulator/server.ts';
        const { url, scenario, region, organizationId, accounts } = await startSimulator({ scenario: 'delegated', state: process.argv[2] });
        console.log(JSON.stringify({ url, scenario, region, organizationId, accounts }));`
            : null,
      },
    ],
    output: { file: program, codeSplitting: false },
  });
  const child = spawn(process.execPath, [program, state], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data))),
  );
  const world = view({ ...JSON.parse(line), close: async () => {} });
  const { arn: InstanceArn } = await world.instance();
  await world.as().sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Answered' }));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;

  const again = await run(state);
  const { PermissionSets } = await again.as().sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  expect(PermissionSets).toHaveLength(3);
  expect((await again.ledger()).effects.map(({ operation }) => operation)).toEqual([
    'sso:CreatePermissionSet',
  ]);
});

test('reads in the ledger survive a close', async () => {
  const state = join(await folder(), 'organization.json');
  const first = await run(state);
  await first.as().organizations.send(new DescribeOrganizationCommand({}));
  await first.simulator.close();
  const second = await run(state);
  expect((await second.ledger()).requests).toMatchObject([
    {
      n: 1,
      operation: 'organizations:DescribeOrganization',
      account: first.management.id,
      region: 'us-east-1',
      status: 200,
    },
  ]);
});

test('two simulators on one file are one organization', async () => {
  const state = join(await folder(), 'organization.json');
  const [one, two] = [await run(state), await run(state)];
  const { arn: InstanceArn } = await one.instance();
  await one.as().sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'First' }));
  await two.as().sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Second' }));
  await two.simulator.close();
  await one.simulator.close();
  const three = await run(state);
  const { PermissionSets } = await three.as().sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  expect(PermissionSets).toHaveLength(4);
  const { requests, effects } = await three.ledger();
  expect(effects).toHaveLength(2);
  expect(requests.map(({ n }) => n)).toEqual(requests.map((_, index) => index + 1));
});

test('fresh starts another organization in the same file', async () => {
  const state = join(await folder(), 'organization.json');
  const first = await run(state);
  await first.simulator.close();
  const second = await run(state, { fresh: true });
  expect(second.simulator.organizationId).not.toBe(first.simulator.organizationId);
});

test.each([
  ['nothing at all', '', /is damaged, or is no state file at all/],
  ['half of itself', '{"kind":"cw-runbook simulated org', /is damaged/],
  ['something else', '{"name":"mine"}', /is not a file of the simulator/],
  [
    'another schema',
    '{"kind":"cw-runbook simulated organization","schema":99}',
    /newer version of cw-runbook wrote it \(schema 99;/,
  ],
  [
    'no organization',
    '{"kind":"cw-runbook simulated organization","schema":1,"state":{},"ledger":{}}',
    /parts of it are missing/,
  ],
])('a state file that holds %s is refused and left alone', async (_, text, why) => {
  const state = join(await folder(), 'organization.json');
  await writeFile(state, text);
  const refused = startSimulator({ scenario: 'fresh', state });
  await expect(refused).rejects.toThrow(why);
  await expect(refused).rejects.toThrow(`The simulated organization in ${state} cannot be used`);
  expect(await readFile(state, 'utf8')).toBe(text);
});

test('a state file of another scenario is refused', async () => {
  const state = join(await folder(), 'organization.json');
  await (await run(state)).simulator.close();
  await expect(startSimulator({ scenario: 'fresh', state })).rejects.toThrow(
    'it holds the scenario “delegated”, and “fresh” was asked for',
  );
});

test('profiles are written for the two accounts that act, and for nobody else to read', async () => {
  const dir = join(await folder(), 'aws');
  const { simulator, management, withRole } = await simulated('delegated');
  await writeProfiles(dir, simulator);
  expect(await Promise.all([dir, join(dir, 'config'), join(dir, 'credentials')].map(mode))).toEqual([
    '700',
    '600',
    '600',
  ]);
  const config = await readFile(join(dir, 'config'), 'utf8');
  expect(config).toContain(
    `[profile management]\nregion = us-east-1\noutput = json\nendpoint_url = ${simulator.url}`,
  );
  const credentials = await readFile(join(dir, 'credentials'), 'utf8');
  expect(credentials).toContain(`[management]\naws_access_key_id = ${management.accessKeyId}`);
  expect(credentials).toContain(
    `[delegated]\naws_access_key_id = ${withRole('delegated-administrator').accessKeyId}`,
  );
});

test('the delegated profile of other-delegated is not the one that holds the delegation', async () => {
  const dir = await folder();
  const { simulator, withRole } = await simulated('other-delegated');
  await writeProfiles(dir, simulator);
  expect(await readFile(join(dir, 'credentials'), 'utf8')).not.toContain(
    withRole('delegated-administrator').accessKeyId,
  );
});

test('the profiles of other-region look in us-east-1', async () => {
  const dir = await folder();
  const { simulator } = await simulated('other-region');
  await writeProfiles(dir, simulator);
  expect(await readFile(join(dir, 'config'), 'utf8')).toContain('region = us-east-1');
});
