import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { someoneIn } from '../commands/someone.ts';
import { here } from '../here.ts';
import { type Portal, portal } from './portal.ts';

interface Kind {
  /** The profiles of the management account and of the delegated administrator. */
  readonly profiles: readonly [management: string, delegated: string];
  /** What nobody may find anywhere afterwards. */
  readonly secrets: readonly string[];
}
interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const accountsOf = ({ simulator: { accounts } }: Portal) =>
  [accounts[0], accounts.find(({ name }) => name === 'Shared Services')] as const;

async function sessions(at: Portal): Promise<readonly Session[]> {
  await at.logIn();
  const { accessToken } = await at.token();
  return Promise.all(
    accountsOf(at).map(async (account) => {
      const address = `${at.simulator.url}/federation/credentials?role_name=AWSAdministratorAccess&account_id=${account?.id}`;
      const answer = await fetch(address, { headers: { 'x-amz-sso_bearer_token': accessToken } });
      return ((await answer.json()) as { readonly roleCredentials: Session }).roleCredentials;
    }),
  );
}
const append = async (at: Portal, file: string, text: string): Promise<void> => {
  const path = join(at.folder, file);
  await writeFile(path, `${await readFile(path, 'utf8')}\n${text}`);
};
const common = (at: Portal) => `region = ${at.simulator.region}\nendpoint_url = ${at.simulator.url}\n`;

const secretsOf = ({ secretAccessKey, sessionToken }: Session) => [secretAccessKey, sessionToken];

const kinds: Readonly<Record<string, (at: Portal) => Promise<Kind>>> = {
  'access keys in a file': async (at) => ({
    profiles: ['management', 'delegated'],
    secrets: accountsOf(at).map((account) => account?.secretAccessKey ?? ''),
  }),
  'a session in a file': async (at) => {
    const given = await sessions(at);
    for (const [n, { accessKeyId, secretAccessKey, sessionToken }] of given.entries()) {
      await append(at, 'config', `[profile session-${n}]\n${common(at)}`);
      const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;
      await append(at, 'credentials', `[session-${n}]\n${keys}\naws_session_token = ${sessionToken}\n`);
    }
    return { profiles: ['session-0', 'session-1'], secrets: given.flatMap(secretsOf) };
  },
  'a credential_process': async (at) => {
    const given = await sessions(at);
    for (const [n, { accessKeyId, secretAccessKey, sessionToken }] of given.entries()) {
      const script = join(at.home, 'bin', `keys-${n}`);
      const keys = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
      const printed = JSON.stringify({ ...keys, SessionToken: sessionToken });
      await writeFile(script, `#!/bin/sh\necho '${printed}'\n`, { mode: 0o755 });
      const line = `credential_process = ${script} --token=hunter22secret`;
      await append(at, 'config', `[profile process-${n}]\n${common(at)}${line}\n`);
    }
    const secrets = [...given.flatMap(secretsOf), 'hunter22secret'];
    return { profiles: ['process-0', 'process-1'], secrets };
  },
  'a sign-in to the access portal': async (at) => {
    await at.logIn();
    const { accessToken, refreshToken = '', clientSecret = '' } = await at.token();
    return {
      profiles: ['management-sso', 'delegated-sso'],
      secrets: [accessToken, refreshToken, clientSecret],
    };
  },
};

/** The text of every file below some folders, by its path. */
async function texts(
  folders: readonly string[],
): Promise<readonly (readonly [path: string, text: string])[]> {
  const found = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  const paths = found.flat().flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name)] : []));
  return Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const));
}

test.each(Object.entries(kinds))(
  'with %s: nothing that is printed or written holds a secret',
  async (_, kind) => {
    const at = await portal({ settle: 0 });
    const { profiles, secrets } = await kind(at);
    expect(secrets.filter((one) => one.length < 14)).toEqual([]);
    const [management, delegated] = profiles;
    const target = at.simulator.accounts.find(({ name }) => name === 'Workloads Dev')?.id ?? '';
    const answers = {
      'before-you-start.understood': 'attested',
      'session-duration.seen': 'skipped',
      'delegated-account.account': accountsOf(at)[1]?.id ?? '',
      'permission-set.policy': 'documented',
      'administrator-user.user': await someoneIn(at.simulator),
      'assign-administrator.target': target,
    };
    const [ann, ben, given] = [join(at.home, 'ann'), join(at.home, 'ben'), join(at.home, 'given')];
    await mkdir(given);
    const file = join(at.home, 'answers.json');
    const handoff = join(given, 'run.cwhandoff');
    const confirmed = [answers['delegated-account.account'], target].flatMap((id) => ['--confirm', id]);
    const unattended = ['--answers', file, '--yes', '--poll', '10', ...confirmed];
    const act = (profiles: object) => writeFile(file, JSON.stringify({ profiles, answers }));

    const printed: string[] = [];
    const machine = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
    const env = { ...Object.fromEntries(machine), ...at.env, CW_RUNBOOK_DEBUG: '1' };
    const cli = async (home: string, code: number, ...args: readonly string[]): Promise<void> => {
      const ended = await here(args, { ...env, CW_RUNBOOK_HOME: home });
      expect(ended, ended.err).toMatchObject({ code });
      printed.push(ended.out + ended.err);
    };
    await cli(ann, 0, 'doctor', '--profile', management);
    await act({ management });
    await cli(ann, 4, 'run', ...unattended);
    await cli(ann, 3, 'handoff', '--to', handoff);
    await act({ 'delegated-administrator': delegated });
    await cli(ben, 0, 'resume', handoff, ...unattended);
    await cli(ben, 0, 'status');
    await cli(ben, 0, 'status', '--commands');
    await cli(ben, 0, 'audit', 'export');
    await cli(ben, 0, 'audit', 'export', '--format', 'jsonl');

    const written = await texts([ann, ben, given]);
    // What is looked through is what was meant.
    const telling = written.filter(([, text]) => text.includes(answers['delegated-account.account']));
    expect(telling.map(([path]) => basename(path))).toEqual([
      'journal.jsonl',
      'journal.jsonl',
      'run.cwhandoff',
    ]);
    const places = [...written, ...printed.map((text, n) => [`output ${n}`, text] as const)];
    const found = places.filter(([, text]) => secrets.some((one) => text.includes(one)));
    expect(found.map(([place]) => place)).toEqual([]);
  },
);
