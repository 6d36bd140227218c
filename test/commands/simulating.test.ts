import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { more, test } from '../more.ts';
import { bench } from './bench.ts';
import { finished } from './finished.ts';

const effects = [
  'organizations:RegisterDelegatedAdministrator',
  'sso:CreatePermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:CreateAccountAssignment',
];

more(
  'a pipeline is rehearsed: plan, apply and verify in a simulated organization, with the answers as they are',
  async () => {
    const at = await bench('fresh'); // of which nothing is asked
    const file = join(at.home, 'answers.json');
    const profiles = { management: 'corp-management', 'delegated-administrator': 'corp-identity' };
    const write = (answers: object) => writeFile(file, JSON.stringify({ profiles, answers }));
    const usual = {
      'before-you-start.understood': 'attested',
      'session-duration.seen': 'skipped',
      'permission-set.policy': 'documented',
      'delegated-account.account': 'Shared Services',
      'assign-administrator.target': 'Workloads Dev',
    };
    await write(usual);
    const plan = join(at.home, 'setup.plan');
    const planned = ['plan', '--answers', file, '--yes', '--simulate', '--out', plan];
    const first = await at.cli(planned);
    expect(first.code, first.err).toBe(4);
    const [, user = ''] = /^ {4}(\S+\.\S+) \S/m.exec(first.out) ?? [];
    await write({ ...usual, 'administrator-user.user': user });
    const made = await at.cli(planned);
    expect(made.code, made.out + made.err).toBe(2);
    expect(made.err).toMatch(/^Simulated: nothing happened at AWS\. \d+ requests, 0 changes\.$/m);
    const applied = await at.cli(['apply', plan, '--yes', '--confirm', 'Shared Services', '--simulate']);
    expect(applied.code, applied.err).toBe(0);
    expect(applied.err).toContain(`4 changes.\n${effects.map((one) => `  ${one}`).join('\n')}`);
    const verified = await at.cli(['verify', '--yes', '--simulate']);
    expect(verified.code, verified.err).toBe(0);
    // A demo's run is looked at where it was made, as undo does.
    const asItIs = await at.shipped(['verify', '--yes']);
    expect(asItIs, asItIs.err).toMatchObject({ code: 0, out: verified.out });
    const traced = await at.cli(['audit', 'reconcile', '--yes', '--simulate']);
    const alike = await at.shipped(['audit', 'reconcile', '--yes']);
    expect(alike, alike.err).toMatchObject({ code: traced.code, err: '' });
    expect(alike.out).toMatch(/\d+ requests/);
    const elsewhere = await at.shipped([
      'plan',
      '--run',
      JSON.parse((await at.shipped(['status', '--json'])).out).id,
    ]);
    expect(elsewhere).toMatchObject({
      code: 5,
      err: expect.stringMatching(/^Use .*dist\/cw-runbook\.cjs demo for it/m),
    });
    const refused = await at.shipped(['verify', '--yes', '--simulate', '--run', 'nothing']);
    expect(refused.code).toBe(64);
    // The reason first, and the ledger last: also where nothing came of it.
    expect(refused.err).toMatch(
      /nothing[\s\S]*\nSimulated: nothing happened at AWS\. 0 requests, 0 changes\.\n$/,
    );
    const words = ['--confirm', 'Workloads Dev', '--confirm', 'Shared Services'];
    const undone = await at.cli(['undo', '--answers', file, '--yes', ...words, '--simulate']);
    expect(undone.code, undone.err).toBe(0);
    expect(undone.err).toContain(
      '3 changes.\n  sso:DeleteAccountAssignment\n  sso:DeletePermissionSet\n  organizations:DeregisterDelegatedAdministrator\n',
    );
    const nothing = await at.cli(['undo', '--answers', file, '--yes', ...words, '--simulate']);
    expect(nothing).toMatchObject({
      code: 0,
      out: expect.stringContaining('no run in this simulated organization'),
    });
    expect(await at.effects()).toEqual([]);
    expect((await at.ledger()).requests).toEqual([]);
  },
);

test('a run that was begun at AWS is never gone on with as a rehearsal', async () => {
  const { at } = await finished();
  const file = join(at.home, 'answers.json');
  const asked = ['--answers', file, '--yes', '--simulate'];
  const id: string = JSON.parse((await at.cli(['status', '--json'])).out).id;
  const before = (await at.ledger()).requests.length;
  expect(await at.cli(['undo', ...asked])).toMatchObject({
    code: 0,
    out: expect.stringContaining('no run in this simulated organization'),
  });
  for (const words of [
    ['undo', '--run', id],
    ['verify', '--run', id],
    ['run', '--run', id],
  ]) {
    const refused = await at.cli([...words, ...asked]);
    expect([refused.code, refused.err], words[0]).toEqual([5, expect.stringContaining(id)]);
  }
  expect((await at.ledger()).requests).toHaveLength(before);
});

test('the file of a run that was begun at AWS is no rehearsal, and the scenario is that of the file', async () => {
  const real = await bench('fresh');
  const handed = join(real.home, 'run.cwhandoff');
  const answers = join(real.home, 'answers.json');
  expect((await real.run()).code).toBe(4);
  expect((await real.cli(['handoff', '--to', handed])).code).toBe(3);
  const resume = (scenario: string, file = handed) =>
    real.cli(['resume', file, '--answers', answers, '--yes', `--simulate=${scenario}`]);
  expect(await resume('fresh')).toMatchObject({
    code: 5,
    err: expect.stringContaining('it is no rehearsal'),
  });
  expect((await real.cli(['run', '--answers', answers, '--yes', '--simulate'])).code).toBe(4);
  const { runs } = JSON.parse((await real.cli(['runs', '--json'])).out);
  const demo = runs.find(({ simulated }: { simulated: boolean }) => simulated).id;
  expect((await real.cli(['handoff', '--run', demo, '--to', `${handed}2`])).code).toBe(3);
  expect(await resume('large', `${handed}2`)).toMatchObject({
    code: 5,
    err: expect.stringContaining('--simulate fresh'),
  });
  const went = await real.cli(['resume', `${handed}2`, '--answers', answers, '--yes', '--simulate']);
  expect(went.err).toMatch(/\nSimulated: nothing happened at AWS\. \d+ requests, 0 changes\.\n$/);
});

test('a scenario that there is not is refused by name', async () => {
  const at = await bench('fresh');
  const ended = await at.shipped(['verify', '--simulate', 'tomorrow']);
  expect(ended.code).toBe(64);
  expect(ended.err).toContain('tomorrow');
});
