import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { between } from '../faults/between.ts';
import { answered, bench } from './bench.ts';

/** What stands only in the process's words for the operator. */
const toOperator = 'Zq7Canary-process-stderr';
/** Each as long as what counts as a secret, and in a form that only its place makes one. */
const canaries = {
  key: 'Zq7CanaryEnvironmentSecretAccessKey00001',
  token: 'Zq7Canary-environment-session-token',
  proxy: 'Zq7Canary-proxy-password',
  process: 'Zq7Canary-process-stdout',
  argument: 'Zq7Canary-process-argument',
  config: 'Zq7Canary-config-file',
  credentials: 'Zq7Canary-credentials-file',
  answer: 'Zq7Canary-answers-file',
} as const;

/** The text of every file below some folders, by its path. */
async function texts(
  folders: readonly string[],
): Promise<readonly (readonly [where: string, text: string])[]> {
  const found = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  const paths = found.flat().flatMap((one) => (one.isFile() ? [join(one.parentPath, one.name)] : []));
  return Promise.all(paths.map(async (path) => [basename(path), await readFile(path, 'utf8')] as const));
}

test('secrets of this machine, and those that AWS repeats, are in nothing that is shown, written down or exported', async () => {
  const at = await bench('fresh', { settle: 0 });
  const { answers, flags } = await answered(at);
  const [management, delegated] = [at.simulator.accounts[0], at.account('Shared Services')];
  const own = [management, delegated].map((account) => account?.secretAccessKey ?? '');
  const repeated = [...own, canaries.key, canaries.token].join(' | ');
  // Once it refuses the set, in these words.
  const said = `It cannot be done: ${repeated} https://ann:${canaries.proxy}@proxy.example:3128 | end`;
  const url = await between(at.simulator.url, (operation, answer) =>
    operation === 'sso:CreatePermissionSet' && answer.status === 400
      ? { status: 400, body: JSON.stringify({ __type: 'ValidationException', Message: said, Reason: said }) }
      : answer,
  );
  const order = { fault: 'denied-by-scp', operation: 'sso:CreatePermissionSet', times: 1 };
  const ordered = await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
  expect(ordered.ok).toBe(true);
  await writeProfiles(join(at.home, 'aws'), { ...at.simulator, url } as never);
  const common = `region = ${at.simulator.region}\nendpoint_url = ${url}\n`;
  const bin = join(at.home, 'bin');
  await mkdir(bin);
  const sources: string[] = [];
  for (const [name, account] of Object.entries({ management, delegated })) {
    const keys = { AccessKeyId: account?.accessKeyId, SecretAccessKey: account?.secretAccessKey };
    const printed = JSON.stringify({ Version: 1, ...keys, Note: canaries.process });
    const script = join(bin, name);
    await writeFile(script, `#!/bin/sh\necho ${toOperator} >&2\necho '${printed}'\n`, { mode: 0o755 });
    const line = `credential_process = ${script} --password=${canaries.argument}\n`;
    sources.push(`[profile by-${name}]\n${common}${line}external_id = ${canaries.config}\n`);
  }
  sources.push(`[profile other]\n${common}sso_start_url = https://${canaries.config}.example\n`);
  const { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials } = at.env;
  await writeFile(config, `${await readFile(config, 'utf8')}\n${sources.join('\n')}`);
  const other = `[other]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = ${canaries.credentials}\n`;
  await writeFile(credentials, `${await readFile(credentials, 'utf8')}\n${other}`);

  const given = join(at.home, 'given');
  await mkdir(given);
  const summary = join(given, 'summary.md');
  const proxy = `http://ann:${canaries.proxy}@proxy.example:3128`;
  const env = {
    ...{ AWS_ACCESS_KEY_ID: 'AKIDENVIRONMENT', AWS_SECRET_ACCESS_KEY: canaries.key },
    ...{ AWS_SESSION_TOKEN: canaries.token, CW_RUNBOOK_DEBUG: '1' },
    ...{ HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: '127.0.0.1' },
    ...{ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary },
  };
  const shown: (readonly [where: string, text: string])[] = [];
  const cli = async (code: number, ...args: readonly string[]): Promise<string> => {
    const ended = await at.cli(args, env);
    expect(ended, `${args.join(' ')}: ${ended.err}`).toMatchObject({ code });
    shown.push([`${args.join(' ')}: output`, ended.out]);
    // What the process says to whoever runs it is shown to them, and goes nowhere else.
    shown.push([`${args.join(' ')}: messages`, ended.err.replaceAll(toOperator, '')]);
    return ended.out + ended.err;
  };
  const profiles = { management: 'by-management', 'delegated-administrator': 'by-delegated' };
  const file = join(at.home, 'answers.json');
  const whole = { 'before-you-start.understood': 'attested', 'session-duration.seen': 'skipped', ...answers };
  const all = { ...whole, 'permission-set.policy': 'documented' };
  const write = (more: object, some: object = {}) =>
    writeFile(file, JSON.stringify({ profiles, answers: { ...all, ...some }, ...more }));
  const unattended = ['--answers', file, '--yes'];
  const run = ['run', ...unattended, '--poll', '10', ...flags];

  // Refused before AWS is asked anything: members that there are not, and an answer that cannot be one.
  await write({ secrets: { management: canaries.answer } });
  await cli(64, ...run);
  await write({ profiles: { ...profiles, nobody: canaries.answer } });
  await cli(64, ...run);
  await write({}, { 'no.such': canaries.answer });
  await cli(64, ...run);
  // A key in the place of an answer: what it is told is what the answer is no answer to.
  for (const key of ['permission-set.name', 'before-you-start.understood', 'permission-set.policy']) {
    await write({}, { [key]: own[0] });
    expect(await cli(64, ...run)).toContain(`“(not shown)” is not an answer to ${key}`);
  }
  await write({ roles: { management: own[0] } });
  await cli(64, ...run);
  await write({ externalIds: { management: canaries.answer } });
  await cli(0, 'doctor', '--profile', 'by-management');
  await cli(2, 'plan', ...unattended);
  await cli(2, 'plan', ...unattended, '--json');
  await cli(2, 'plan', ...unattended, '--out', join(given, 'a.plan'));
  expect(await cli(1, ...run, '--json')).toContain('It cannot be done');
  await cli(0, 'status', '--commands');
  const handed = join(given, 'run.cwhandoff');
  await cli(3, 'handoff', '--to', handed);
  const [id = ''] = /(?<="handoff":")[^"]+/.exec(await readFile(handed, 'utf8')) ?? [];
  await cli(0, ...run, '--reclaim', id);
  await cli(0, 'status');
  await cli(0, 'status', '--json');
  await cli(0, 'status', '--commands');
  await cli(0, 'verify', ...unattended, '--json');
  await cli(0, 'answers');
  await cli(0, 'runs');
  await cli(0, 'audit', 'list');
  await cli(0, 'audit', 'verify');
  for (const format of ['markdown', 'jsonl', 'html', 'csv', 'ocsf'])
    for (const redact of [[], ['--redact', 'pii']])
      expect(await cli(0, 'audit', 'export', '--format', format, ...redact)).toContain('It cannot be done');
  for (const engine of ['terraform', 'cloudformation', 'ssm', 'cli']) {
    await mkdir(join(given, engine));
    await cli(0, 'export', engine, '--out', join(given, engine));
  }

  const files = await texts([join(at.home, 'state'), given]);
  const names = files.map(([name]) => name);
  expect(names).toEqual(
    expect.arrayContaining(['journal.jsonl', 'a.plan', 'run.cwhandoff', 'summary.md', 'codewhisperer.tf']),
  );
  expect(files.find(([name]) => name === 'journal.jsonl')?.[1]).toContain('It cannot be done');
  const secrets = [...Object.values(canaries), ...own, toOperator];
  expect(secrets.filter((one) => one.length < 16)).toEqual([]);
  const found = [...shown, ...files].flatMap(([where, text]) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${where} has ${secret}`),
  );
  expect(found).toEqual([]);
});
