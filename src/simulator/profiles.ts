import { appendFile, chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { operator } from './organization/people.ts';
import { configuredRegion } from './organization/scenario-instances.ts';
import type { Simulator } from './server.ts';

interface Keys {
  readonly id: string; // of the account
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Writes AWS `config` and `credentials` into `folder` (0700, files 0600), with the profiles `management` and `delegated`.
 * `delegated` is the account that one would delegate to, or the delegated administrator where there is one to be found:
 * in a single-account organization it is the account that is created next. `delegate`: the account that was chosen.
 * `more`: also the profiles `management-sso` and `delegated-sso`, of people who log in to the access portal.
 */
export async function writeProfiles(
  folder: string,
  simulator: Simulator,
  delegate?: string,
  more?: 'sso',
): Promise<void> {
  const { accounts, nextAccount, scenario, url } = simulator;
  const [management] = accounts;
  if (management === undefined) throw new Error('The simulated organization has no account.');
  const holder = accounts.find(({ role }) => role === 'delegated-administrator');
  const candidates = accounts.filter(({ role }) => role === 'member');
  const suitable = candidates.find(({ name }) => name === 'Shared Services') ?? candidates[0];
  // `other-delegated` is about another account's holding it than the one whose credentials are at hand.
  const delegated =
    accounts.find(({ id }) => id === delegate) ??
    (scenario === 'other-delegated' ? undefined : holder) ??
    suitable ??
    nextAccount;
  const region = configuredRegion(scenario, simulator.region);
  const profiles: readonly (readonly [name: string, keys: Keys])[] = [
    ['management', management],
    ['delegated', delegated],
  ];
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const write = async (name: string, text: (name: string, keys: Keys) => readonly string[]) => {
    const lines = profiles.flatMap(([profile, keys]) => [...text(profile, keys), '']);
    await writeFile(join(folder, name), lines.join('\n'), { mode: 0o600 });
    await chmod(join(folder, name), 0o600);
  };
  const common = [`region = ${region}`, 'output = json', `endpoint_url = ${url}`];
  await write('config', (name, keys) => [
    `[profile ${name}]`,
    ...common,
    ...(more === undefined ? [] : ['', `[profile ${name}-sso]`, ...common, ...signedIn(keys.id)]),
  ]);
  if (more !== undefined) await appendFile(join(folder, 'config'), portalSession(simulator));
  await write('credentials', (name, keys) => [
    `[${name}]`,
    `aws_access_key_id = ${keys.accessKeyId}`,
    `aws_secret_access_key = ${keys.secretAccessKey}`,
  ]);
}

const signedIn = (account: string): readonly string[] => [
  'sso_session = simulated',
  `sso_account_id = ${account}`,
  `sso_role_name = ${operator.set}`,
];
const portalSession = ({ region, url }: Simulator): string =>
  [
    '',
    '[sso-session simulated]',
    `sso_start_url = ${url}/start`,
    `sso_region = ${region}`,
    'sso_registration_scopes = sso:account:access',
    '',
  ].join('\n');
