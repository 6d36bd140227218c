import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutInlinePolicyToPermissionSetCommand } from '@aws-sdk/client-sso-admin';
import { expect } from 'vitest';
import { says } from '../../steps/permission-sets/plan-permission-set.ts';
import { more, test } from '../more.ts';
import { view } from '../simulator/simulated.ts';
import { seeing, titleOf } from '../words.ts';
import { all, answered, bench, user } from './bench.ts';
import { finished } from './finished.ts';
import { undo, undone, words } from './killed.ts';

test('everything goes, the last first, once, with the plan and what stays in plain lines', async () => {
  const { at, again } = await finished();
  const ended = await undo(at);
  expect(ended, ended.err).toMatchObject({ code: 0, err: '' });
  expect((await at.effects()).slice(all.length)).toEqual(undone);
  expect(ended.out).toMatch(/^plan +assign-administrator: Remove .* \(delegated administrator account\)$/m);
  expect(ended.out).toMatch(
    /^plan +register-delegated-administrator: Deregister .* \(management account\)$/m,
  );
  expect(ended.out).toMatch(/^stays +What else was made as delegated administrator stays/m);
  expect(ended.out).toMatch(/^stays +The accounts of the organization/m);
  expect(ended.out).toContain('undone       what this run made is undone');
  // Again: nothing is left. Then the run itself goes on, as to do.
  expect(await undo(at)).toMatchObject({ code: 0, out: expect.stringContaining('nothing to undo') });
  expect((await at.cli(['status'])).out).toMatch(
    seeing`undone +${titleOf('register-delegated-administrator')}`,
  );
  expect(await again()).toMatchObject({ code: 0 });
  expect((await at.effects()).slice(all.length + undone.length)).toEqual(all);
  expect(await undo(at)).toMatchObject({ code: 0 });
  const { out } = await at.cli(['audit', 'export']);
  for (const operation of undone) expect(out).toContain(operation);
  expect(out).toContain(
    `undo begun, the last first: “${titleOf('assign-administrator')}”, “${titleOf('permission-set')}”`,
  );
});

test('without the word of a change nothing is sent, and the flag is named', async () => {
  const { at } = await finished();
  // Credentials that an earlier start accepted are accepted once more: until then AWS is asked who they are, no more.
  const before = (await at.ledger()).requests.length;
  const unaccepted = await at.cli(['undo', '--answers', join(at.home, 'answers.json'), ...words]);
  expect(unaccepted).toMatchObject({ code: 4, err: expect.stringContaining('Accept them with --yes.') });
  const asked = (await at.ledger()).requests.slice(before).map(({ operation }) => operation);
  expect(asked.filter((one) => !/GetCallerIdentity|DescribeOrganization$/.test(one))).toEqual([]);
  expect(await undo(at, [])).toMatchObject({
    code: 4,
    err: expect.stringMatching(/Dangerous: Remove [\s\S]*--confirm 'Workloads Dev' or --confirm \d{12}/),
  });
  expect(await at.effects()).toEqual(all);
  // Half of it: the rest is asked for, and what is done stays done.
  expect(await undo(at, words.slice(0, 2))).toMatchObject({
    code: 4,
    err: expect.stringContaining("--confirm 'Shared Services'"),
  });
  expect((await at.effects()).slice(all.length)).toEqual(undone.slice(0, 1));
  expect(await undo(at, words.slice(2))).toMatchObject({ code: 0 });
  expect((await at.effects()).slice(all.length)).toEqual(undone);
});

// Each event is killed at in test/engine/kills.test.ts, and others are with the shipped program in killed.test.ts.
// That it is refused is in test/steps/undo-permission-set.test.ts.
more('a set that another administrator changed is refused, before and now shown, exit code 5', async () => {
  const { at } = await finished();
  const world = view(at.simulator);
  const { out } = await at.cli(['audit', 'export', '--format', 'jsonl']);
  const [, arn = ''] = /"PermissionSetArn":"([^"]+)"/.exec(out) ?? [];
  const InlinePolicy =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
  const { arn: InstanceArn } = await world.instance();
  await world
    .as()
    .sso.send(
      new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn: arn, InlinePolicy }),
    );
  const before = (await at.effects()).length;
  const ended = await undo(at, [...words, '--patience', '1000']);
  expect(ended).toMatchObject({
    code: 5,
    err: expect.stringMatching(
      /somebody changed it since: its inline policy.*: Allows s3:\* on every resource/,
    ),
  });
  expect(ended.out).toContain(`Now it has: ${InlinePolicy}`);
  expect((await at.effects()).slice(before)).toEqual(undone.slice(0, 1));
});

more('an adopted set is put back as it was: its earlier policy, in every account, and no more', async () => {
  const at = await bench('existing-set-with-admin');
  const delegate = at.simulator.accounts.find(({ role }) => role === 'delegated-administrator');
  const answers = {
    'administrator-user.user': await user(at, {}, []),
    'assign-administrator.target': at.account('Workloads Prod').id,
  };
  const [choice = ''] = /replace@\S+/.exec((await at.run(answers)).err) ?? [];
  const flags = ['--confirm', delegate?.id ?? ''];
  const ended = await at.run({ ...answers, 'permission-set.existing': choice }, flags);
  expect(ended, ended.err).toMatchObject({ code: 0 });
  const before = (await at.effects()).length;
  const back = await undo(at, [...flags, '--confirm', 'Workloads Prod']);
  expect(back, back.err).toMatchObject({ code: 0 });
  expect((await at.effects()).slice(before)).toEqual([
    'sso:DeleteAccountAssignment',
    'sso:PutInlinePolicyToPermissionSet',
    'sso:ProvisionPermissionSet',
  ]);
  expect(back.out).toMatch(
    seeing`\nstays +${says.set('CodeWhisperer_administrator')} \(arn:\S+\): already in place before`,
  );
  // As at the beginning, to the letter: the choice names the same hashes.
  expect((await at.run(answers, ['--new'])).err).toContain(choice);
});

more(
  'a set that AWS would not let be tagged is made without the tag, and is known by its ARN and its date',
  async () => {
    const at = await bench('fresh');
    const { answers, flags } = await answered(at);
    const order = { fault: 'denied-tagging' };
    await fetch(`${at.simulator.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });
    const ended = await at.run(answers, flags);
    expect(ended, ended.err).toMatchObject({ code: 0 });
    expect(ended.out).toMatch(
      /^refused +permission-set\/set#\d+: .*AccessDeniedException: .*sso:TagResource/m,
    );
    expect(await at.effects()).toEqual(all);
    const back = await undo(at);
    expect(back, back.err).toMatchObject({ code: 0 });
    expect((await at.effects()).slice(all.length)).toEqual(undone);
  },
);

test('without a terminal it says how to do without', async () => {
  const { at } = await finished();
  expect(await at.cli(['undo'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('cw-runbook undo --answers FILE'),
  });
});

test('a run whose journal cannot be read is not taken for one that has made nothing', async () => {
  const { at } = await finished();
  const runs = join(at.home, 'state', 'runs');
  const [id = ''] = await readdir(runs);
  const file = join(runs, id, 'journal.jsonl');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"verified"', '"refused"'));
  expect(await undo(at)).toMatchObject({ code: 7, err: expect.stringContaining('is damaged at line') });
  expect(await at.effects()).toEqual(all);
});

test('a run that does not exist, and one that has made nothing', async () => {
  const at = await bench('fresh');
  expect(await at.cli(['undo', '--run', '01NOSUCH'])).toMatchObject({ code: 64 });
  await at.run();
  expect(await at.cli(['undo'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('There is nothing to undo'),
  });
  expect(await at.effects()).toEqual([]);
});
