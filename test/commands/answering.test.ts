import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { here } from '../here.ts';
import { answered, bench } from './bench.ts';
import { finished } from './finished.ts';
import { planned, planning } from './planned.ts';

const documented = (name: string): Promise<string> =>
  readFile(new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url), 'utf8');
const schema = async (name: string) =>
  new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(JSON.parse(await documented(name)));

test('what plan prints as JSON has the documented form, in one line', async () => {
  const at = await bench('fresh');
  const { answers } = await answered(at);
  const valid = await schema('plan-1');
  const { out } = await planned(at, answers, ['--yes', '--json']);
  expect(out.trim().split('\n')).toHaveLength(1);
  expect(valid(JSON.parse(out)), JSON.stringify(valid.errors)).toBe(true);
  const missing = await planned(at, {}, ['--yes', '--json']);
  expect(valid(JSON.parse(missing.out)), JSON.stringify(valid.errors)).toBe(true);
});

test.each([
  ['plan-1', ['plan', '--schema']],
  ['verify-1', ['verify', '--schema']],
  ['reconcile-1', ['audit', 'reconcile', '--schema']],
  ['verdict-1', ['audit', 'verify', '--schema']],
])(
  'the documented schema %s is the one that is printed, where there is no run either',
  async (name, command) => {
    const { code, out, err } = await here(command, { CW_RUNBOOK_HOME: tmpdir() });
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual(JSON.parse(await documented(name)));
  },
);

test('the schema of the answers file is the one that is shipped, and takes what a run was answered', async () => {
  const { at, answers } = await finished();
  const printed = await at.cli(['answers', '--schema']);
  expect(JSON.parse(printed.out)).toEqual(JSON.parse(await documented('answers')));
  const used = await at.cli(['answers']);
  expect(JSON.parse(used.out)).toMatchObject({
    profiles: { management: 'management', 'delegated-administrator': 'delegated' },
    answers: { 'delegated-account.account': answers['delegated-account.account'] },
  });
  const valid = await schema('answers');
  expect(valid(JSON.parse(used.out)), JSON.stringify(valid.errors)).toBe(true);
  expect(valid({ answers: { 'delegated-account.acount': '1' } })).toBe(false);
  // Ready for the next one: the same answers plan nothing more.
  const file = join(at.home, 'next.json');
  await writeFile(file, used.out);
  expect(await at.cli(['plan', '--answers', file, '--yes', '--new'])).toMatchObject({ code: 0 });
});

test('answers may be YAML, where every value is text, and be given or overridden on the command line', async () => {
  const at = await bench('fresh');
  const { answers } = await answered(at);
  const file = join(at.home, 'answers.yaml');
  await writeFile(
    file,
    `# who acts
profiles:
  management: management
  delegated-administrator: delegated
answers:
  before-you-start.understood: attested
  session-duration.seen: skipped
  permission-set.policy: documented
  delegated-account.account: ${answers['delegated-account.account']}
  assign-administrator.target:
    - ${answers['assign-administrator.target']}
  administrator-user.user: nobody
`,
  );
  const plan = (...flags: readonly string[]) => at.cli(['plan', '--answers', file, '--yes', ...flags]);
  const someone = `administrator-user.user=${answers['administrator-user.user']}`;
  const seen = await plan('--answer', someone);
  expect(seen, seen.out + seen.err).toMatchObject({ code: 2, err: '' });
  expect(await plan('--answer', 'administrator-user.usr=x')).toMatchObject({
    code: 64,
    err: expect.stringContaining('Did you mean'),
  });
  expect(await plan('--answer', 'administrator-user.user')).toMatchObject({ code: 64 });
  expect(await plan('--answer', 'permission-set.name=a', '--answer', 'permission-set.name=b')).toMatchObject({
    code: 64,
    err: expect.stringContaining('more than once'),
  });
  await writeFile(file, 'profiles: [unclosed');
  expect(await plan()).toMatchObject({ code: 64, err: expect.stringContaining('is not YAML') });
});

test('verify says as JSON what it found, and writes it down', async () => {
  const { at } = await finished();
  const { out, err, code } = await at.cli(['verify', ...(await planning(at, {})), '--yes', '--json']);
  expect(code, err).toBe(0);
  const valid = await schema('verify-1');
  expect(valid(JSON.parse(out)), JSON.stringify(valid.errors)).toBe(true);
  expect(JSON.parse(out)).toMatchObject({ departures: [], unseen: [], recorded: true });
  const log = await at.cli(['audit', 'export', '--format', 'jsonl']);
  expect(log.out).toContain('"type":"compared"');
});
