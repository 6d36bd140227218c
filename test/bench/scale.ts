import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import { ListInstancesCommand } from '@aws-sdk/client-sso-admin';
import { Command, Option } from 'commander';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { program } from '../program/demo.ts';
import { clients } from '../simulator/simulated.ts';
import { openTerminal } from '../terminal.ts';
import { toList } from './list.ts';

// How long the shipped program takes in an organization as large as AWS lets one be, at AWS's 20 requests a second, and
// what it takes of the memory. docs/large-organizations.md holds what was measured.

/** A simulated organization, and how a run in it goes. Times are seconds. */
async function organization(options: Omit<SimulatorOptions, 'rate' | 'seed'>) {
  const home = await mkdtemp(join(tmpdir(), 'cw-scale-'));
  const simulator = await startSimulator({ ...options, rate: 20, seed: 'scale' });
  await writeProfiles(join(home, 'aws'), simulator);
  const account = (name: string) => simulator.accounts.find((one) => one.name === name)?.id ?? '';
  const peak = join(home, 'peak');
  const hook = join(home, 'peak.cjs');
  await writeFile(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS / 1024)))`,
  );
  const env = {
    CW_RUNBOOK_HOME: join(home, 'state'),
    AWS_CONFIG_FILE: join(home, 'aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws', 'credentials'),
    NODE_OPTIONS: `--require ${hook}`,
  };
  /** Its lines, each with when it came, and the most memory it had, in MiB. */
  const run = async (answers: Readonly<Record<string, unknown>>, flags: readonly string[] = []) => {
    const file = join(home, 'answers.json');
    const given = {
      'before-you-start.understood': 'attested',
      'session-duration.seen': 'skipped',
      'permission-set.policy': 'documented',
      'delegated-account.account': account('Shared Services'),
      'assign-administrator.target': account('Workloads Dev'),
    };
    const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
    await writeFile(file, JSON.stringify({ profiles, answers: { ...given, ...answers } }));
    const from = performance.now();
    const lines: { readonly at: number; readonly text: string }[] = [];
    const child = spawn(process.execPath, [program, 'run', '--answers', file, '--yes', ...flags], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const one of text.split('\n')) lines.push({ at: (performance.now() - from) / 1000, text: one });
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    const when = (text: string): number => lines.find((one) => one.text.includes(text))?.at ?? Number.NaN;
    const last = (text: string): number => lines.findLast((one) => one.text.includes(text))?.at ?? Number.NaN;
    return { code, lines, when, last, memory: Number(await readFile(peak, 'utf8')) };
  };
  const ledger = async (): Promise<readonly { operation: string; status: number }[]> =>
    ((await (await fetch(`${simulator.url}/_ledger`)).json()) as { requests: [] }).requests;
  const close = async () => {
    await simulator.close();
    await rm(home, { recursive: true });
  };
  return { simulator, env, peak, run, ledger, close };
}
type Organization = Awaited<ReturnType<typeof organization>>;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = (n: number): string => `${n.toFixed(1)} s`;
const times = (n: number, floor: number): string =>
  `${seconds(n)}, ${(n / floor).toFixed(2)} times the floor of ${seconds(floor)}`;
const someone = { 'administrator-user.user': 'jane.doe@example.com' };

/** None has the name: all are looked at, once. */
async function sets(): Promise<void> {
  const at = await organization({ scenario: 'delegated', size: { users: 0, sets: 3_490 } });
  const { code, when, memory } = await at.run(someone);
  const took = when('looked       permission-set: to-do') - when('answered     permission-set.name');
  const looks = (await at.ledger()).filter(({ operation }) => operation === 'sso:DescribePermissionSet');
  const refused = looks.filter(({ status }) => status !== 200).length;
  say(`3,492 permission sets, none of the name: ${times(took, 3_492 / 20)}; exit code ${code}`);
  say(
    `  in the whole run ${looks.length} were asked about, ${refused} refused: later looks are served from what is known`,
  );
  say(`  peak memory ${memory.toFixed(0)} MiB`);
  await at.close();
}
/** One in the middle has the name. */
async function match(): Promise<void> {
  const at = await organization({ scenario: 'existing-set', size: { users: 0, sets: 3_490 } });
  await at.run(someone);
  const looked = (await at.ledger()).filter(({ operation }) => operation === 'sso:DescribePermissionSet');
  say(`3,493 permission sets, one of the name in the middle: ${looked.length} were asked about`);
  await at.close();
}
/** Everybody is listed, in a terminal. */
async function list(): Promise<void> {
  const at = await organization({ scenario: 'delegated', size: { users: 100_000, sets: 0 } });
  await at.run({});
  const terminal = openTerminal({ args: [program], env: at.env, columns: 100, rows: 30 });
  let began = Number.NaN;
  terminal.onData((data) => {
    if (Number.isNaN(began) && data.includes('so far, looking')) began = performance.now();
  });
  await toList(terminal, 100_000);
  const took = (performance.now() - began) / 1000 - 0.5; // toList waits half a second at the end
  terminal.press('ctrl-c');
  await terminal.exit;
  say(`list of 100,038 users: ${times(took, 1_001 / 20)}`);
  say(`  peak memory ${Number(await readFile(at.peak, 'utf8')).toFixed(0)} MiB`);
  await at.close();
}
/** Somebody is named: nobody is listed. And somebody who is not there is to be created: everybody is looked at, once. */
async function lookup(): Promise<void> {
  const named = await organization({ scenario: 'delegated', size: { users: 100_000, sets: 0 } });
  const found = await named.run(someone);
  const took =
    found.when('looked       administrator-user: done') - found.last('looked       delegated-identity: done');
  const listed = (await named.ledger()).filter(({ operation }) => operation === 'identitystore:ListUsers');
  say(
    `one of 100,038 users by name: ${seconds(took)}, ${listed.length} listings; peak memory ${found.memory.toFixed(0)} MiB`,
  );
  await named.close();
  const fresh = await organization({ scenario: 'delegated', size: { users: 100_000, sets: 0 } });
  const person = { userName: 'new.person', givenName: 'New', familyName: 'Person', email: 'new@example.com' };
  const made = await fresh.run({
    'administrator-user.user': 'new:',
    'administrator-user.directory': 'here',
    ...Object.fromEntries(
      Object.entries(person).map(([name, value]) => [`administrator-user.${name}`, value]),
    ),
  });
  const pages = (await fresh.ledger()).filter(({ operation }) => operation === 'identitystore:ListUsers');
  const until = made.when('confirmed    administrator-user') - made.last('answered     delegated-identity');
  say(
    `a new user among 100,038: ${times(until, 1_001 / 20)}, ${pages.length} listings; exit code ${made.code}`,
  );
  say(`  peak memory ${made.memory.toFixed(0)} MiB`);
  await fresh.close();
}
/** So many users in so many accounts. AWS takes 15 at a time, one in each account. */
async function assignments(settle: number, users = 5, accounts = 20): Promise<void> {
  const at = await organization({ scenario: 'large', size: { users: 40, sets: 5 }, settle });
  const teams = at.simulator.accounts.filter(({ name, role }) => /^Team/.test(name) && role === 'member');
  const [management] = at.simulator.accounts;
  if (!management) throw new Error('an organization has its management account');
  const { sso, identity } = clients(at.simulator.url, management, at.simulator.region);
  const { Instances: [instance] = [] } = await sso.send(new ListInstancesCommand({}));
  const { Users = [] } = await identity.send(
    new ListUsersCommand({ IdentityStoreId: instance?.IdentityStoreId }),
  );
  const people = Users.filter(({ UserStatus }) => UserStatus !== 'DISABLED').slice(0, users);
  const confirm = users > 5 ? ['--confirm', String(users)] : [];
  const { code, when, last } = await at.run(
    {
      'administrator-user.user': people.map(({ UserName = '' }) => UserName),
      'assign-administrator.target': teams.slice(0, accounts).map(({ id }) => id),
    },
    confirm,
  );
  const took = last('settled      assign') - when('sending      assign');
  const rounds = Math.ceil((users * accounts) / Math.min(15, accounts));
  say(
    `${users} users × ${accounts} accounts, each assignment ${settle / 1000} s at AWS: ${times(took, (rounds * settle) / 1000)}; exit code ${code}`,
  );
  await telling(at);
  await at.close();
}
async function telling(at: Organization): Promise<void> {
  const requests = await at.ledger();
  const lists = requests.filter(({ operation }) => operation === 'sso:ListAccountAssignmentCreationStatus');
  const busy = requests.filter(
    ({ operation, status }) => status === 400 && operation === 'sso:CreateAccountAssignment',
  );
  say(
    `  ${lists.length} listings told how they stood; ${busy.length} of the assignments were refused as too many`,
  );
}

const parts = {
  sets,
  match,
  list,
  lookup,
  'assignments-1s': () => assignments(1_000),
  'assignments-5s': () => assignments(5_000),
  'many-users-1s': () => assignments(1_000, 20, 5),
  'many-users-5s': () => assignments(5_000, 20, 5),
};
const { only } = new Command('bench:scale')
  .description('Measures the shipped program in a large organization that answers 20 requests a second.')
  .addOption(new Option('--only <part>', 'only this part').choices(Object.keys(parts)))
  .parse()
  .opts<{ only?: keyof typeof parts }>();
if (!existsSync(program)) throw new Error('Build it first: npm run build');
for (const [name, measure] of Object.entries(parts)) if (only === undefined || only === name) await measure();
