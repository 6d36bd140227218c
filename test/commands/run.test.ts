import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { all, answered, bench } from './bench.ts';
import { finished } from './finished.ts';

test('fresh: everything is done once, and doing it again changes nothing', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const first = await at.shippedRun(answers, flags);
  expect(first, first.err).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain('every step is done, and checked once more');
  expect(await at.effects()).toEqual(all);
  expect(await at.run(answers, flags)).toMatchObject({ code: 0 });
  expect(await at.run(answers, [...flags, '--new'])).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);
});

test('what the file attests is printed before anything is changed: what AWS says of the product, and of when', async () => {
  const at = await bench('fresh');
  const delegate = at.account('Shared Services');
  const { out } = await at.run({ 'delegated-account.account': delegate.id }, ['--confirm', delegate.name]);
  const read = out.search(/^read +before-you-start: .*looked up on .*15 May 2026.*30 April 2027/m);
  expect(read, out).toBeGreaterThan(-1);
  expect(out.search(/^sending/m), out).toBeGreaterThan(read);
});

test('one request per intended change, each naming its run and attempt in the user agent', async () => {
  const { at } = await finished();
  const { requests } = await at.ledger();
  const writes = requests.filter(({ operation }) => all.includes(operation));
  expect(writes.map(({ operation }) => operation)).toEqual(all);
  for (const { userAgent } of writes)
    expect(userAgent).toMatch(/cw-runbook\/\S+.* md\/run#\w+ md\/act#[\w.-]+/);
});

describe('what is missing is named, with the flag or the key that gives it', () => {
  test('nothing is accepted or confirmed without being told', async () => {
    const at = await bench('fresh');
    const file = join(at.home, 'a.json');
    await writeFile(
      file,
      JSON.stringify({
        profiles: { management: 'management' },
        answers: { 'before-you-start.understood': 'attested' },
      }),
    );
    expect(await at.cli(['run', '--answers', file])).toMatchObject({
      code: 4,
      err: expect.stringContaining('--yes'),
    });
    const operations = (await at.ledger()).requests.map(({ operation }) => operation);
    expect(new Set(operations)).toEqual(
      new Set(['sts:GetCallerIdentity', 'organizations:DescribeOrganization']),
    );
  });
  test('a dangerous change takes the account’s name', async () => {
    const at = await bench('fresh');
    const ended = await at.run({ 'delegated-account.account': at.account('Shared Services').id });
    expect(ended).toMatchObject({ code: 4, err: expect.stringContaining("--confirm 'Shared Services'") });
    expect(await at.effects()).toEqual([]);
  });
  test('an unanswered question', async () => {
    const at = await bench('fresh');
    expect(await at.run()).toMatchObject({
      code: 4,
      err: expect.stringContaining('delegated-account.account'),
    });
  });
  test.each([
    ['{"answers": {"delegated-account.acount": "1"}}', 'Did you mean “delegated-account.account”'],
    ['{"answer": {}}', 'has the member “answer”'],
    ['[1', 'is not JSON'],
    ['{"answers": {"delegated-account.account": 1}}', 'not a text'],
  ])('a bad answers file: %s', async (text, says) => {
    const at = await bench('fresh');
    const file = join(at.home, 'bad.json');
    await writeFile(file, text);
    expect(await at.cli(['run', '--answers', file])).toMatchObject({
      code: 64,
      err: expect.stringContaining(says),
    });
  });
});

describe('the other commands', () => {
  test('status and the audit log tell who did what, when, where, and how it is known', async () => {
    const { at } = await finished();
    expect((await at.cli(['status'])).out).toMatch(/^Finished /m);
    const { out, code } = await at.cli(['audit', 'export', '--format', 'markdown']);
    expect(code).toBe(0);
    const { requests } = await at.ledger();
    expect(requests.length).toBeGreaterThan(0);
    for (const operation of all) expect(out).toContain(operation);
    expect(out).toMatch(/verified: AWS accepted it, and it was read back/);
    expect(out).toMatch(/\| AWS request \| [0-9a-f]{8}-[0-9a-f]{4}-/); // AWS's request ids
    expect(out).toContain(at.simulator.organizationId);
    const lines = (await at.cli(['audit', 'export', '--format', 'jsonl'])).out.trim().split('\n');
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ at: expect.stringMatching(/Z$/), type: expect.any(String) });
    expect(out).not.toContain(at.simulator.accounts[0]?.secretAccessKey);
    expect(lines.join('')).not.toContain(at.simulator.accounts[0]?.secretAccessKey);
  });
  test('a guided run without a terminal says so', async () => {
    const at = await bench('fresh');
    for (const args of [[], ['demo']])
      expect(await at.shipped(args)).toMatchObject({
        code: 4,
        err: expect.stringContaining('standard input is not a terminal'),
      });
  });
  test('a run that was begun elsewhere is not gone on with here', async () => {
    const at = await bench('fresh');
    await at.run();
    const other = await bench('fresh');
    const file = join(at.home, 'answers.json');
    const ended = await at.cli(['run', '--answers', file, '--yes'], {
      AWS_ENDPOINT_URL: other.simulator.url,
    });
    expect(ended).toMatchObject({
      code: 5,
      err: expect.stringContaining('A run continues only where it began'),
    });
  });
  test('a damaged journal is refused, with the line, and nothing is touched', async () => {
    const at = await bench('fresh');
    await at.run();
    const runs = join(at.home, 'state', 'runs');
    const [id = ''] = await readdir(runs);
    const file = join(runs, id, 'journal.jsonl');
    const text = (await readFile(file, 'utf8')).replace('attested', 'attestad');
    await writeFile(file, text);
    const ended = await at.run();
    expect(ended).toMatchObject({ code: 7, err: expect.stringMatching(/damaged at line \d+/) });
    expect(await readFile(file, 'utf8')).toBe(text);
  });
  test.each([
    [['simulator', '--port', 'x'], 64],
    [['demo', '--scenario', 'nope'], 64],
    [['run'], 64],
    [['status', '--run', '01NOSUCH'], 64],
    [['--help'], 0],
  ])('%j exits with %i, in sentences', async (args, code) => {
    const at = await bench('fresh');
    const ended = await at.cli(args);
    expect(ended.code, ended.err).toBe(code);
    expect(ended.err + ended.out).not.toMatch(/\n\s+at /);
  });
  test('what is no command exits with 64, in sentences, as it is shipped', async () => {
    const ended = await (await bench('fresh')).shipped(['frobnicate']);
    expect(ended.code, ended.err).toBe(64);
    expect(ended.err + ended.out).not.toMatch(/\n\s+at /);
  });
  test('a profile that does not exist: the nearest is named', async () => {
    const at = await bench('fresh');
    const file = join(at.home, 'typo.json');
    await writeFile(
      file,
      JSON.stringify({
        profiles: { management: 'managment' },
        answers: { 'before-you-start.understood': 'attested' },
      }),
    );
    expect(
      await at.cli(['run', '--answers', file, '--yes'], { AWS_ENDPOINT_URL: at.simulator.url }),
    ).toMatchObject({ code: 6, err: expect.stringContaining('Did you mean “management”') });
  });
  test('wrong credentials: says which account is needed', async () => {
    const at = await bench('delegated');
    const file = join(at.home, 'wrong.json');
    await writeFile(
      file,
      JSON.stringify({
        profiles: { management: 'management', 'delegated-administrator': 'management' },
        answers: { 'before-you-start.understood': 'attested', 'session-duration.seen': 'skipped' },
      }),
    );
    const delegate = at.simulator.accounts.find(({ role }) => role === 'delegated-administrator');
    expect(await at.cli(['run', '--answers', file, '--yes'])).toMatchObject({
      code: 6,
      err: expect.stringContaining(delegate?.id ?? '?'),
    });
  });
  test('with the delegated administrator’s credentials alone, what is done already opens as done', async () => {
    const at = await bench('delegated');
    const file = join(at.home, 'alone.json');
    await writeFile(
      file,
      JSON.stringify({
        profiles: { 'delegated-administrator': 'delegated' },
        answers: { 'before-you-start.understood': 'attested', 'session-duration.seen': 'skipped' },
      }),
    );
    const ended = await at.cli(['run', '--answers', file, '--yes']);
    expect(ended, ended.err).toMatchObject({
      code: 4,
      err: expect.stringContaining('administrator-user.user'),
    });
    expect(ended.out).toMatch(/checked +register-delegated-administrator: done/);
  });
});

test.each<[Scenario, RegExp]>([
  ['customer-key', /^warning +home-region: .*customer managed key arn:aws:kms:\S+ .*permissions --actor/m],
  ['multi-region', /^note +home-region: The instance was extended to .*primary Region/m],
  ['active-directory', /^note +delegated-account: .*Active Directory[\s\S]*who is in its groups/m],
])(
  '%s: what a screen says beside its question is said before anything dangerous is confirmed',
  async (scenario, says) => {
    const at = await bench(scenario);
    const ended = await at.run({ 'delegated-account.account': at.account('Shared Services').id });
    expect(`${ended.out}${ended.err}`).toMatch(says);
    expect(await at.effects()).toEqual([]);
  },
);
