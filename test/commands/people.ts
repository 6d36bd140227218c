import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListUsersCommand } from '@aws-sdk/client-identitystore';
import { view } from '../simulator/simulated.ts';
import { type Bench, bench, type Ended } from './bench.ts';

/** Two people, each with a state folder and AWS profiles of their own; nobody has both accounts' credentials. */
export async function two() {
  const at = await bench('fresh');
  const world = view(at.simulator);
  const { store: IdentityStoreId } = await world.instance();
  const { Users = [] } = await world.as().identity.send(new ListUsersCommand({ IdentityStoreId }));
  const delegate = at.account('Shared Services');
  const flags = ['--confirm', delegate.name];
  const answers = {
    'delegated-account.account': delegate.id,
    'assign-administrator.target': at.account('Workloads Dev').id,
    'administrator-user.user': Users.find(({ UserStatus }) => UserStatus !== 'DISABLED')?.UserName ?? '',
  };
  const person = async (name: string, profile: string, actor: string) => {
    const home = await mkdtemp(join(tmpdir(), `cw-${name}-`));
    const only = async (file: string) => {
      const text = await readFile(join(at.home, 'aws', file), 'utf8');
      const part = text.split(/(?=^\[)/m).find((one) => new RegExp(`^\\[(profile )?${profile}\\]`).test(one));
      const path = join(home, file);
      await writeFile(path, (part ?? '').replace(/^\[(profile )?\w+\]/, `[$1${name}-${profile}]`), {
        mode: 0o600,
      });
      return path;
    };
    const env = {
      CW_RUNBOOK_HOME: join(home, 'state'),
      AWS_CONFIG_FILE: await only('config'),
      AWS_SHARED_CREDENTIALS_FILE: await only('credentials'),
    };
    const file = join(home, 'answers.json');
    const cli = (...args: readonly string[]): Promise<Ended> => at.cli(args, env);
    const tell = (more: Record<string, string> = {}) =>
      writeFile(
        file,
        JSON.stringify({
          profiles: { [actor]: `${name}-${profile}` },
          answers: { ...usual, ...answers, ...more },
        }),
      );
    await tell();
    const waits = ['--yes', '--poll', '100', ...flags];
    return {
      home,
      env,
      tell,
      cli,
      answers: file,
      state: join(home, 'state'),
      cliWith: (more: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ended> =>
        at.cli(args, { ...env, ...more }),
      shippedWith: (more: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ended> =>
        at.shipped(args, { ...env, ...more }),
      killed: (command: string, from: string, dies: (out: string) => boolean): Promise<Ended> =>
        at.cli([command, from, '--answers', file, ...waits], env, dies),
      run: (...more: readonly string[]) => cli('run', '--answers', file, ...waits, ...more),
      resume: (from: string, ...more: readonly string[]) =>
        cli('resume', from, '--answers', file, ...waits, ...more),
      undo: (...more: readonly string[]) => cli('undo', '--answers', file, ...waits, ...more),
      handoff: (...more: readonly string[]) => cli('handoff', ...more),
      journal: async () => {
        const runs = join(home, 'state', 'runs');
        const [id = ''] = await readdir(runs);
        return readFile(join(runs, id, 'journal.jsonl'));
      },
    };
  };
  return {
    at,
    answers: { ...usual, ...answers } as Readonly<Record<string, string>>,
    ann: await person('ann', 'management', 'management'),
    ben: await person('ben', 'delegated', 'delegated-administrator'),
    file: (name: string) => join(at.home, name),
  };
}
const usual = {
  'before-you-start.understood': 'attested',
  'session-duration.seen': 'skipped',
  'permission-set.customizations': 'no',
};
/** What was sent, by run and attempt: each once. */
export const acts = async ({ ledger }: Bench) =>
  (await ledger()).requests.flatMap(({ userAgent }) => /md\/act#(\S+)/.exec(userAgent)?.[1] ?? []);
