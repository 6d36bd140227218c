import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seeing, titleOf } from '../words.ts';
import { all } from './bench.ts';
import { acts, two } from './people.ts';

test('there and back, several times: each journal goes on from the other’s bytes', async () => {
  const { at, ann, ben, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));
  const first = await ann.journal();
  // Ben has not decided who it is to be: he stops at the user, and hands back.
  await ben.tell({ 'administrator-user.user': 'nobody.at.all' });
  expect((await ben.resume(file('1.cwhandoff'))).code).not.toBe(0);
  expect(await ben.handoff('--to', file('2.cwhandoff'), '--note', 'Who is it to be?')).toMatchObject({
    code: 3,
  });

  const back = await ann.resume(file('2.cwhandoff'));
  expect(back.out).toMatch(/was handed off from here .* and comes back/);
  expect(back.out).toContain('Note: Who is it to be?');
  const second = await ann.journal();
  expect(second.subarray(0, first.length).equals(first)).toBe(true);
  expect(await ann.handoff('--to', file('3.cwhandoff'))).toMatchObject({ code: 3 });

  await ben.tell();
  const end = await ben.resume(file('3.cwhandoff'));
  expect(end.out).toContain('comes back');
  // What Ben's journal has answered stays answered, until the file says otherwise.
  expect(end, end.err).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);
  const sent = await acts(at);
  expect(new Set(sent).size).toBe(sent.length);
  const { out } = await ben.cli('audit', 'export');
  expect(out.match(/handed off by/g)).toHaveLength(3);
  expect(out.match(/took over/g)).toHaveLength(3);
  // At the top: who had it, and with which identities, though both sit at one machine.
  const [, table = ''] = /## Who had the run([\s\S]*?)##/.exec(out) ?? [];
  const [began, third] = [
    at.simulator.accounts.find(({ role }) => role === 'management')?.id,
    at.account('Shared Services').id,
  ];
  expect(table.match(/^\| \d.*/gm)).toEqual([
    expect.stringMatching(new RegExp(`arn:aws:iam::${began}.*began`)),
    expect.stringMatching(new RegExp(`arn:aws:iam::${third}.*took it over.*Who is it to be`)),
    expect.stringMatching(/took it over/),
    expect.stringMatching(new RegExp(`arn:aws:iam::${third}.*took it over`)),
  ]);
});

test('reclaimed here and taken over there: two histories are named, kept apart, and nothing is made twice', async () => {
  const { at, ann, ben, file } = await two();
  await ann.run();
  const { out } = await ann.handoff('--to', file('1.cwhandoff'));
  const [, id = ''] = /Hand-off +(\S{26})/.exec(out) ?? [];
  await ann.run('--take-back', id);
  await ben.tell({ 'administrator-user.user': 'nobody.at.all' });
  await ben.resume(file('1.cwhandoff'));
  await ben.handoff('--to', file('2.cwhandoff'));
  const before = await ann.journal();
  const refused = await ann.resume(file('2.cwhandoff'));
  expect(refused).toMatchObject({
    code: 7,
    err: expect.stringMatching(
      /continued twice from one hand-off \([0-9A-Z]{26}\): here by .*, acting as arn:\S+; in the file by .*, acting as arn:/,
    ),
  });
  const after = await ann.journal();
  expect(after.subarray(0, before.length).equals(before)).toBe(true);
  expect((await ann.cli('audit', 'export')).out).toMatch(/forked hand-off .* was gone on with elsewhere too/);
  await ann.resume(file('2.cwhandoff')); // told again, written down once
  expect((await ann.journal()).equals(after)).toBe(true);
  expect(await at.effects()).toEqual(all.slice(0, 1));
  // The file's history goes on beside it, by the command that is named.
  const [, folder = '', named = ''] =
    /CW_RUNBOOK_HOME=(\S+) cw-runbook resume (\S+),/.exec(refused.err) ?? [];
  expect(named).toBe(file('2.cwhandoff'));
  const beside = await ann.cliWith(
    { CW_RUNBOOK_HOME: folder },
    'resume',
    named,
    '--answers',
    ann.answers,
    '--yes',
  );
  expect(beside.out).toMatch(/^opened .*[\s\S]*^checked +before-you-start: done/m);
  expect((await ann.journal()).equals(after)).toBe(true);
  expect(await at.effects()).toEqual(all.slice(0, 1));
});

test('a copy of the file, opened on a third machine: what the other did is told, recorded, and not done again', async () => {
  const { at, ann, ben, file } = await two();
  await ann.run();
  // Ben looks as far as the permission set, and hands it to himself: the plan to make it is in the file.
  await ann.handoff('--to', file('1.cwhandoff'));
  await ben.resume(file('1.cwhandoff'), '--patience', '1').catch(() => undefined);
  await rm(join(ben.state), { recursive: true });
  expect(await at.effects()).toEqual(all);
  const again = await ben.resume(file('1.cwhandoff'));
  expect(again, again.err).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all); // found, and left as it is
  const twice =
    /^changed +permission-set, since \S+: \S+ carries this run’s tag \(cw-runbook:run = \S+\), and no call in this journal made it\. This run made it from another copy of the hand-off’s file/gm;
  expect(again.out.match(twice)).toHaveLength(1);
  const { out } = await ben.cli('audit', 'export');
  expect(
    out
      .split('\n')
      .filter((line) =>
        seeing`changed “${titleOf('permission-set')}”, .* and no call in this journal made it`.test(line),
      ),
  ).toHaveLength(1);
});

test('what was planned here and made from another copy is said to be so, on both sides of the hand-off', async () => {
  const { at, ann, ben, file } = await two();
  // Ann looks as far as the confirmation: registering is planned, and not made.
  const unconfirmed = await ann.cli('run', '--answers', join(ann.home, 'answers.json'), '--yes');
  expect(unconfirmed.err).toMatch(/Dangerous: Register/);
  const { out } = await ann.handoff('--to', file('1.cwhandoff'));
  const [, id = ''] = /Hand-off +(\S{26})/.exec(out) ?? [];
  // Somebody else of the management account goes on with a copy, and registers.
  const home = await mkdtemp(join(tmpdir(), 'cw-third-'));
  await copyFile(file('1.cwhandoff'), join(home, 'copy.cwhandoff'));
  const third = await at.cli(
    [
      'resume',
      join(home, 'copy.cwhandoff'),
      '--answers',
      join(ann.home, 'answers.json'),
      '--yes',
      '--confirm',
      'Shared Services',
      '--poll',
      '100',
    ],
    { ...ann.env, CW_RUNBOOK_HOME: join(home, 'state') },
  );
  expect(third.out).toMatch(/took over|register-delegated-administrator: done/);
  expect(await at.effects()).toEqual(all.slice(0, 1));
  // Ann takes it back, and is told what AWS shows.
  const back = await ann.run('--take-back', id);
  expect(back.out).toMatch(
    /^changed +register-delegated-administrator, since [\s\S]*This run had planned that and did not send it/m,
  );
  expect(await at.effects()).toEqual(all.slice(0, 1));
  expect((await ann.cli('audit', 'export')).out).toMatch(/This run had planned that and did not send it/);
  expect(await ben.cli('status')).toMatchObject({ code: 64 });
});

test('an attempt that was killed travels along: the next person finds out how it ended, and sends nothing again', async () => {
  const { at, ann, ben, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));
  const killed = await ben.killed('resume', file('1.cwhandoff'), (out) =>
    /^sending +assign-administrator/m.test(out),
  );
  expect(killed.code).toBeNull();
  const handed = await ben.handoff('--to', file('2.cwhandoff'));
  expect(handed.out).toMatch(/Sent, outcome unknown: checked first/);
  // Ann cannot find out how it ended: she is told whose credentials can, and why.
  const hers = await ann.resume(file('2.cwhandoff'));
  expect(hers).toMatchObject({
    code: 4,
    err: expect.stringMatching(
      /delegated administrator account \d{12} are needed\.\nWhy these: Assign .* was sent by arn:/,
    ),
  });
  await rm(ben.state, { recursive: true }); // another machine
  const end = await ben.resume(file('2.cwhandoff'), '--patience', '3000');
  expect(end, end.err).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);
  expect(await readdir(join(ben.state, 'runs'))).toHaveLength(1);
});

test('at another endpoint, or with credentials of another account, it goes no further, and says why', async () => {
  const { ann, ben, at, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));
  const elsewhere = await at.cli(
    ['resume', file('1.cwhandoff'), '--answers', join(ben.home, 'answers.json'), '--yes'],
    { ...ben.env, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
  );
  expect(elsewhere.code, elsewhere.err).not.toBe(0);
  expect(elsewhere.err).toMatch(/was begun at http:\/\/127.*endpoint now is AWS itself|no profile/);
  await expect(readdir(join(ben.state, 'runs'))).rejects.toThrow();
});
