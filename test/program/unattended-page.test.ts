import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ListAccountAssignmentsCommand,
  ListPermissionSetsCommand,
  PutInlinePolicyToPermissionSetCommand,
} from '@aws-sdk/client-sso-admin';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type Bench, bench } from '../commands/bench.ts';
import { someoneIn } from '../commands/someone.ts';
import { view } from '../simulator/simulated.ts';
import { program } from './demo.ts';

// The commands of docs/unattended.md, as they are printed there. What is not ours (npx, gh, mail) is a small script, and
// what the reader fills in is filled in.

const page = await readFile(join(import.meta.dirname, '../../docs/unattended.md'), 'utf8');
/** What stands in the code block under a heading. */
function under(heading: string): string {
  const [, rest = ''] = page.split(`\n${heading}`);
  const [, block] = /```\w+\n([\s\S]*?)\n```/.exec(rest) ?? [];
  return block ?? expect.fail(`nothing to copy under ${heading}`);
}
interface Job {
  readonly env?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly steps?: readonly { readonly run?: string }[];
  readonly script?: readonly string[];
  readonly allow_failure?: { readonly exit_codes: number };
}
const workflow = (heading: string): Readonly<Record<string, Job>> =>
  (load(under(heading)) as { jobs: Record<string, Job> }).jobs;

/** A checkout with the files that the page names, and an organization. */
async function checkout(at: Bench) {
  const folder = await mkdtemp(join(tmpdir(), 'cw-page-'));
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const script = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), 0o755);
  };
  const ours = `exec ${JSON.stringify(process.execPath)} ${JSON.stringify(program)} "$@"`;
  await script('bin/cw-runbook', ours);
  await script('bin/npx', `test "$1 $2" = "--yes ./cw-runbook-0.2.0.tgz" || exit 99\nshift 2\n${ours}`);
  await script('bin/gh', 'test "$2" = list && echo 1; exit 0');
  await script('bin/mail', 'cat > mailed');
  // With an organization's own names for them. Each job runs it.
  await script(
    'PROFILES.sh',
    'grep -q org-management "$AWS_CONFIG_FILE" && exit 0\nsed -i "s/management\\]/org-management]/; s/delegated\\]/identity-admin]/" "$AWS_CONFIG_FILE" "$AWS_SHARED_CREDENTIALS_FILE"',
  );
  const answers = /```yaml\n(# yaml-language-server[\s\S]*?)\n```/.exec(page)?.[1] ?? '';
  await writeFile(
    join(folder, 'answers.yaml'),
    answers.replace('ada.lovelace', await someoneIn(at.simulator)),
  );
  const environment = {
    ...at.env,
    ...{ PATH: `${bin}:${process.env.PATH}`, GITHUB_STEP_SUMMARY: join(folder, 'summary') },
  };
  const filled = (text: string): string =>
    text
      .replaceAll('ACCOUNT NAME', 'Shared Services')
      .replaceAll(/\$\{\{ github\.workspace \}\}|\$CI_PROJECT_DIR/g, folder)
      .replaceAll('/etc/cw-runbook/profiles.yaml', join(folder, 'answers.yaml'));
  /** As a runner does: each script by a shell that ends where a command fails. */
  const sh = (text: string, env: Readonly<Record<string, string>> = {}) =>
    new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
      const told = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filled(value)]));
      execFile(
        'bash',
        ['-ec', filled(text)],
        { cwd: folder, env: { ...environment, ...told } },
        (error, out, err) => resolve({ code: Number(error?.code ?? 0), said: `${out}${err}` }),
      );
    });
  /** All of a job's scripts. The code of the first that fails, else 0. */
  const does = async ({ env, variables, steps, script: lines }: Job) => {
    const all = lines ?? (steps ?? []).flatMap(({ run }) => run ?? []);
    expect(all.length).toBeGreaterThan(0);
    let said = '';
    for (const one of all) {
      const ended = await sh(one, { ...env, ...variables });
      said += ended.said;
      if (ended.code !== 0) return { code: ended.code, said };
    }
    return { code: 0, said };
  };
  return { folder, sh, does };
}
async function loosened(at: Bench): Promise<void> {
  const world = view(at.simulator);
  const { arn: InstanceArn } = await world.instance();
  const { sso } = world.as();
  const { PermissionSets = [] } = await sso.send(new ListPermissionSetsCommand({ InstanceArn }));
  const AccountId = at.account('Workloads Dev').id;
  for (const PermissionSetArn of PermissionSets) {
    const has = await sso.send(
      new ListAccountAssignmentsCommand({ InstanceArn, PermissionSetArn, AccountId }),
    );
    if (!has.AccountAssignments?.length) continue;
    const InlinePolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    await sso.send(
      new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy }),
    );
  }
}
const four = 4; // changes that the fresh organization needs

describe('the files of docs/unattended.md do what the page says', () => {
  test('GitHub Actions: planned into the summary, applied, and verified from the kept journal', async () => {
    const at = await bench('fresh');
    const here = await checkout(at);
    const { plan, apply } = workflow('### GitHub Actions: plan in a pull request');
    const { verify } = workflow('### GitHub Actions: verify every night');
    if (!plan || !apply || !verify) throw new Error('three jobs');
    const planned = await here.does(plan);
    expect(planned.code, planned.said).toBe(0);
    expect(await readFile(join(here.folder, 'summary'), 'utf8')).toContain(`${four} to make`);
    expect(await at.effects()).toEqual([]);
    const applied = await here.does(apply);
    expect(applied.code, applied.said).toBe(0);
    expect(await at.effects()).toHaveLength(four);
    const verified = await here.does(verify);
    expect(verified, verified.said).toMatchObject({ code: 0, said: expect.stringContaining('As verified') });

    // And cron: nothing is mailed until something differs.
    const [, command = ''] = /^\s*17 3 +\* +\* +\* +(.*)$/m.exec(under('### cron')) ?? [];
    const env = { CW_RUNBOOK_HOME: join(here.folder, 'state') };
    const mailed = (): Promise<string> => readFile(join(here.folder, 'mailed'), 'utf8').catch(() => '');
    await here.sh(command, env);
    expect(await mailed()).toBe('');
    await loosened(at);
    await here.sh(command, env);
    expect(await mailed()).toMatch(/^Drift: 1 of \d+ facts is not as this run left it\./);
    const drifted = await here.does(verify);
    expect(drifted.code, drifted.said).toBe(2);
  });

  test('GitLab CI: the plan ends with the code that the job allows, and is applied', async () => {
    const at = await bench('fresh');
    const here = await checkout(at);
    const {
      plan,
      apply,
      default: all,
    } = load(under('### GitLab CI')) as Readonly<
      Record<string, Job & { readonly before_script?: readonly string[] }>
    >;
    if (!plan || !apply) throw new Error('two jobs');
    expect((await here.does({ script: all?.before_script ?? [] })).code).toBe(0);
    const planned = await here.does(plan);
    expect(planned.code, planned.said).toBe(plan.allow_failure?.exit_codes);
    const applied = await here.does(apply);
    expect(applied.code, applied.said).toBe(0);
    expect(await at.effects()).toHaveLength(four);
  });

  test('all of it rehearsed with --simulate, once the file is filled in', async () => {
    const at = await bench('fresh');
    const here = await checkout(at);
    const [questions = '', ...rest] = under('organization, need no account').split('\n');
    expect(questions).toContain('run --questions > answers.json');
    expect((await here.sh(questions)).code).toBe(0);
    const file = join(here.folder, 'answers.json');
    const { answers: keys } = JSON.parse(await readFile(file, 'utf8'));
    const profiles = { management: 'org-management', 'delegated-administrator': 'identity-admin' };
    const answers = {
      ...{ 'before-you-start.understood': 'attested', 'session-duration.seen': 'skipped' },
      ...{ 'delegated-account.account': 'Shared Services', 'permission-set.policy': 'documented' },
      ...{
        'assign-administrator.target': 'Workloads Dev',
        'administrator-user.user': 'jane.doe@example.com',
      },
    };
    expect(Object.keys(answers).filter((key) => !(key in keys))).toEqual([]);
    await writeFile(file, JSON.stringify({ profiles, answers }));
    const codes: number[] = [];
    let said = '';
    for (const line of rest) {
      const ended = await here.sh(line);
      codes.push(ended.code);
      said += ended.said;
    }
    expect(codes, said).toEqual([2, 0, 0]); // plan, apply, verify
    expect((await at.ledger()).requests.filter(({ userAgent }) => userAgent.includes('cw-runbook'))).toEqual(
      [],
    );
  });
});
