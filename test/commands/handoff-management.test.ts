import { expect, test } from 'vitest';
import { actionsOf } from './in-process.ts';
import { acts, two } from './people.ts';

test('two people with one account each, the management account a target: it is handed back for its own two steps', async () => {
  const { at, answers, ann, ben, file } = await two();
  const [management] = at.simulator.accounts;
  if (!management) throw new Error('the organization has no account');
  const confirm = ['--confirm', management.name];
  const targets = {
    'assign-administrator.target': `["${answers['assign-administrator.target']}","${management.id}"]`,
    'assign-administrator.management': 'own-set',
  };
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));

  await ben.tell(targets);
  const needed = await ben.resume(file('1.cwhandoff'), ...confirm);
  expect(needed, needed.err).toMatchObject({ code: 4 });
  expect(needed.err).toContain(`Credentials for the management account ${management.id} are needed`);
  const handed = await ben.handoff('--to', file('2.cwhandoff'), '--note', 'Yours: the last two.');
  // Nothing but her credentials is asked for.
  expect(handed.out).toContain(`of the management account ${management.id}`);
  expect(handed.out).not.toContain('of the delegated administrator');

  await ann.tell(targets);
  // What cw-runbook permissions prints for her is enough.
  const actions = actionsOf('management', { optional: true });
  const body = JSON.stringify({ account: management.id, actions });
  expect((await fetch(`${at.simulator.url}/_permissions`, { method: 'POST', body })).ok).toBe(true);
  const end = await ann.resume(file('2.cwhandoff'), ...confirm);
  expect(end, end.err).toMatchObject({ code: 0 });
  expect(end.out).not.toMatch(/^changed/m);
  expect(end.out).not.toMatch(/could not be|not allowed/);
  expect(await at.effects()).toEqual([
    'organizations:RegisterDelegatedAdministrator',
    ...['sso:CreatePermissionSet', 'sso:PutInlinePolicyToPermissionSet', 'sso:CreateAccountAssignment'],
    ...['sso:CreatePermissionSet', 'sso:PutInlinePolicyToPermissionSet', 'sso:CreateAccountAssignment'],
  ]);
  const sent = await acts(at);
  expect(new Set(sent).size).toBe(sent.length);
  const log = await ann.cli('audit', 'export');
  expect(log.out).toMatch(/profile ann-management[\s\S]*profile ben-delegated/);
  expect((await ann.cli('status')).out).toMatch(/^Finished /m);
});

test('what changed at the delegated administrator’s is seen with the management account’s eyes, and left to it', async () => {
  const { at, ann, ben, file } = await two();
  await ann.run();
  await ann.handoff('--to', file('1.cwhandoff'));
  await ben.tell({ 'administrator-user.user': 'nobody.at.all' });
  expect((await ben.resume(file('1.cwhandoff'))).code).not.toBe(0);
  await ben.handoff('--to', file('2.cwhandoff'));
  // Ann can look, and decide; what is Ben's to change stays his.
  const looked = await ann.resume(file('2.cwhandoff'));
  expect(looked, looked.out).toMatchObject({ code: 4 });
  expect(looked.err).toMatch(/Credentials for the delegated administrator account \d{12} are needed/);
  expect(await at.effects()).toEqual(['organizations:RegisterDelegatedAdministrator']);
});
