import { lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { questionOf, seeing } from '../words.ts';
import { all } from './bench.ts';
import { acts, two } from './people.ts';

test('two people with one account each: handed off, taken over, finished, each change made once', async () => {
  const { at, ann, ben, file } = await two();
  const left = await ann.run();
  expect(left, left.err).toMatchObject({ code: 4 }); // the delegated administrator's credentials are Ben's
  expect(left.err).toMatch(/Credentials for the delegated administrator account \d{12} are needed/);

  const handed = await ann.handoff('--to', file('a.cwhandoff'), '--note', 'Registered. Yours now, Ben.');
  expect(handed, handed.err).toMatchObject({ code: 3, err: '' });
  expect(handed.out).toMatch(/This file names people: .*It contains no secrets/);
  expect(handed.out).toContain('cw-runbook resume a.cwhandoff');
  expect(handed.out).toMatch(/of the delegated administrator account \d{12}/);
  expect(handed.out).not.toContain('of the management account');
  expect((await lstat(file('a.cwhandoff'))).mode & 0o777).toBe(0o600);

  // Here it is read-only from now on, to the byte, and says so.
  const before = await ann.journal();
  const refused = await ann.run();
  expect(refused).toMatchObject({
    code: 3,
    err: expect.stringMatching(/was handed off by .*read-only here/),
  });
  const status = await ann.cli('status');
  expect(status.out).toMatch(/Handed off by .* \(hand-off [0-9A-Z]{26}\): read-only here since then/);
  expect(status.out).toContain('Note: Registered. Yours now, Ben.');
  expect(await ann.cli('undo', '--answers', join(ann.home, 'answers.json'))).toMatchObject({ code: 3 });
  expect((await ann.journal()).equals(before)).toBe(true);

  const over = await ben.resume(file('a.cwhandoff'));
  expect(over, over.err).toMatchObject({ code: 0 });
  expect(over.out).toMatch(/What was done:\n {2}Register Shared Services .* by arn:aws:iam::\d+:user/);
  expect(over.out).toMatch(seeing`What was decided:[\s\S]*${questionOf('delegated-account.account')}`);
  expect(over.out).not.toMatch(/^changed/m); // nothing has changed since
  expect(await at.effects()).toEqual(all);
  const sent = await acts(at);
  expect(new Set(sent).size).toBe(sent.length);

  // The chain goes on from the same bytes, and says who took it over and whose credentials act.
  const after = await ben.journal();
  expect(after.subarray(0, before.length).equals(before)).toBe(true);
  const log = await ben.cli('audit', 'export');
  expect(log.out).toMatch(/handed off by .*: Registered\. Yours now, Ben\./);
  expect(log.out).toMatch(/took over .* continues it, from/);
  expect(log.out).toMatch(/profile ben-delegated/);
  expect((await ben.cli('status')).out).toMatch(/^Finished /m);
});

test('the file holds no secret, and can be read as it is', async () => {
  const { at, ann, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('a.cwhandoff'));
  const text = await readFile(file('a.cwhandoff'), 'utf8');
  const secrets = at.simulator.accounts.flatMap(({ secretAccessKey, accessKeyId }) => [
    secretAccessKey,
    accessKeyId,
  ]);
  expect(secrets.filter((one) => text.includes(one))).toEqual([]);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({
    'cw-runbook-handoff': 1,
    records: lines.length - 2,
    names: expect.stringContaining('names people'),
  });
  expect(JSON.stringify(lines[0].asked)).toContain('of the delegated administrator account');
  expect(lines.at(-1)).toMatchObject({ end: true, lines: lines.length - 1 });
  const log = await ann.cli('audit', 'export', '--file', file('a.cwhandoff'));
  expect(log, log.err).toMatchObject({ code: 0 });
  expect(log.out).toMatch(/RegisterDelegatedAdministrator/);
});

test('nothing is overwritten, and a place that cannot be written leaves the run as it was', async () => {
  const { ann, file } = await two();
  await ann.run();
  await writeFile(file('mine.txt'), 'mine');
  const before = await ann.journal();
  // The journal is sound, and so is the file: what is wrong is the name on the command line, as for every other output.
  expect(await ann.handoff('--to', file('mine.txt'))).toMatchObject({
    code: 64,
    err: expect.stringMatching(
      /There is a file .*mine\.txt already, and it is not overwritten\. Nothing was changed\.\s+Name another one with --to FILE, or move/,
    ),
  });
  expect(await ann.handoff('--to', file('no/such/folder/x'))).toMatchObject({
    code: 64,
    err: expect.stringMatching(/There is no folder/),
  });
  for (const note of [
    'key AKIAIOSFODNN7EXAMPLE',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'x'.repeat(501),
  ])
    expect(await ann.handoff('--note', note)).toMatchObject({ code: 64 });
  expect(await readFile(file('mine.txt'), 'utf8')).toBe('mine');
  expect((await ann.journal()).equals(before)).toBe(true);
  expect((await ann.run()).code).toBe(4); // goes on, and asks as before
});

test('handed off once more, the same file is written again, in another place', async () => {
  const { ann, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('a.cwhandoff'));
  const again = await ann.handoff('--to', file('b.cwhandoff'));
  expect(again).toMatchObject({ code: 3, out: expect.stringContaining('was handed off already') });
  expect((await readFile(file('b.cwhandoff'))).equals(await readFile(file('a.cwhandoff')))).toBe(true);
  expect((await readdir(file('.'))).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('taken back by its id, recorded; by anything else it stays read-only', async () => {
  const { ann, file } = await two();
  await ann.run();
  const { out } = await ann.handoff('--to', file('a.cwhandoff'));
  const [, id = ''] = /Hand-off +(\S{26})/.exec(out) ?? [];
  expect(await ann.run('--take-back', 'yes')).toMatchObject({
    code: 3,
    err: expect.stringContaining('is not the hand-off'),
  });
  const back = await ann.run('--take-back', id);
  expect(back).toMatchObject({ code: 4, err: expect.stringContaining('Credentials for the delegated') });
  expect(back.out).toMatch(new RegExp(`reclaimed +the run itself, from hand-off ${id}, by .*typed: ${id}`));
  expect((await ann.cli('status')).out).toMatch(/reclaimed here/);
  // The file is out of date from then on: whoever opens it here is told, and it is written down.
  const late = await ann.resume(file('a.cwhandoff'));
  expect(late.out).toMatch(/This hand-off was reclaimed here by .*the file is out of date/);
  expect((await ann.cli('audit', 'export')).out).toMatch(/resumed the file of hand-off .* once more/);
});

test('a file that is opened where it was handed off is taken back, and not taken over', async () => {
  const { ann, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('a.cwhandoff'));
  const before = await ann.journal();
  const same = await ann.resume(file('a.cwhandoff'));
  expect(same).toMatchObject({ code: 3, err: expect.stringContaining('--reclaim') });
  expect(same.out).toContain('was handed off from here');
  expect((await ann.journal()).equals(before)).toBe(true);
});

test('opened twice by the next person, the second time is told and recorded, and nothing is done twice', async () => {
  const { at, ben, ann, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('a.cwhandoff'));
  expect(await ben.resume(file('a.cwhandoff'))).toMatchObject({ code: 0 });
  const again = await ben.resume(file('a.cwhandoff'));
  expect(again).toMatchObject({ code: 0 });
  expect(again.out).toMatch(/was taken over here already, by .*continues as it is/);
  expect((await ben.cli('audit', 'export')).out).toMatch(/resumed the file of hand-off .* once more/);
  expect(await at.effects()).toEqual(all);
});

test('without --yes nothing is taken over, and nothing is asked of AWS', async () => {
  const { at, ann, ben, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('a.cwhandoff'));
  const asked = (await at.ledger()).requests.length;
  const ended = await ben.cli('resume', file('a.cwhandoff'), '--answers', join(ben.home, 'answers.json'));
  expect(ended).toMatchObject({ code: 4, err: expect.stringContaining('Accept it with --yes') });
  expect(ended.out).toContain('Credentials that are needed');
  expect((await at.ledger()).requests.length).toBe(asked);
  expect(await readdir(ben.state)).not.toContain('runs');
});
