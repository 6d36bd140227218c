import { expect, test } from 'vitest';
import { all, answered, bench } from './bench.ts';
import { two } from './people.ts';

test('a decision that something was sent for is not made anew by a changed file, unless that is agreed to', async () => {
  const at = await bench('fresh');
  const { answers, flags } = await answered(at);
  const dev = { ...answers, 'assign-administrator.target': at.account('Workloads Dev').id };
  expect(await at.run(dev, ['--yes', ...flags])).toMatchObject({ code: 0 });
  const prod = { ...dev, 'assign-administrator.target': at.account('Workloads Prod').id };
  const refused = await at.run(prod, ['--yes', ...flags]);
  expect(refused.code, refused.out).toBe(4);
  expect(refused.err).toContain(
    `assign-administrator.target is ${dev['assign-administrator.target']}, and in the file ${prod['assign-administrator.target']}`,
  );
  expect(refused.err).toMatch(/--confirm assign-administrator\.target.*stays until it is undone/);
  expect(await at.effects()).toEqual(all);
  const agreed = await at.run(prod, ['--yes', ...flags, '--confirm', 'assign-administrator.target']);
  expect(agreed, agreed.err).toMatchObject({ code: 0 });
  expect(agreed.out).toMatch(
    /^changed +assign-administrator\.target: it was \d{12}, and the file says \d{12}$/m,
  );
  expect(await at.effects()).toEqual([...all, 'sso:CreateAccountAssignment']);
});

test('before anything was sent for it, a changed file counts, and what it changes is said', async () => {
  const at = await bench('fresh');
  const target = { 'assign-administrator.target': at.account('Workloads Dev').id };
  await at.run({ ...target, 'delegated-account.account': at.account('Workloads Prod').id });
  const told = await at.run({ ...target, 'delegated-account.account': at.account('Shared Services').id });
  expect(told.out).toMatch(/^changed +delegated-account\.account: it was/m);
  expect(told.err).toMatch(/Register Shared Services/);
  expect(await at.effects()).toEqual([]);
});

test('a run that has gone on twice sends nothing by itself until that is agreed to', async () => {
  const { at, ann, ben, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));
  await ben.tell({ 'assign-administrator.target': at.account('Example Corp Management').id });
  expect(await ben.resume(file('1.cwhandoff'))).toMatchObject({ code: 4 }); // as far as the permission set
  await ben.tell();
  const before = await at.effects();
  expect(before).toEqual(all.slice(0, 3));
  const state = { CW_RUNBOOK_HOME: `${ben.home}/other-state` };
  const args = ['--answers', `${ben.home}/answers.json`, '--yes', '--poll', '100'];
  const third = await ben.cliWith(state, 'resume', file('1.cwhandoff'), ...args);
  expect(third.code, third.out).toBe(2);
  expect(third.err).toMatch(/This run continued twice: .*carries this run’s tag.*Nothing more was sent/);
  expect(await at.effects()).toEqual(before);
  const [, id = ''] = /continue here with --confirm (\S+)\./.exec(third.err) ?? [];
  const again = await ben.cliWith(state, 'run', ...args);
  expect(again.code, again.out).toBe(2); // it is not forgotten
  const agreed = await ben.cliWith(state, 'run', ...args, '--confirm', id);
  expect(agreed, agreed.err).toMatchObject({ code: 0 });
  expect(await at.effects()).toEqual(all);
});

test('an undo after a take-back says that it does not know what was made from the file', async () => {
  const { at, ann, file } = await two();
  await ann.run();
  const { out } = await ann.handoff('--to', file('1.cwhandoff'));
  const [, id = ''] = /Hand-off +(\S{26})/.exec(out) ?? [];
  await ann.run('--take-back', id);
  const args = ['--answers', `${ann.home}/answers.json`, '--yes', '--confirm', 'Shared Services'];
  const undone = await ann.cli('undo', ...args);
  expect(undone, undone.err).toMatchObject({ code: 0 });
  expect(undone.out).toMatch(new RegExp(`^warning +What the journal here lists is undone.*${id}`, 'm'));
  expect((await at.effects()).at(-1)).toBe('organizations:DeregisterDelegatedAdministrator');
});
