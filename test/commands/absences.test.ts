import { expect } from 'vitest';
import { both, more, sampled, test } from '../more.ts';
import { always, askingFor, isNoAbsence, people, sent, ways } from './absent.ts';
import { runner } from './in-process.ts';

// Each way once, and each question once; all of both are in absences-each.test.ts.
const each = ways.map((way, n) => [way[0], askingFor[n % askingFor.length] ?? expect.fail(), way] as const);
both.each(sampled(each, 2))(
  '%s: nobody is said to be missing, and what is the matter is (%j)',
  (_, asking, way) => isNoAbsence(asking, way),
);

test.each(['name', 'email', 'group'] as const)(
  'AWS falsely says that there is none of that %s: a listing finds them',
  async (by) => {
    const at = await runner('delegated');
    const found = await people(at);
    for (const operation of ['identitystore:GetUserId', 'identitystore:GetGroupId'])
      await at.order('_faults', { fault: 'said-to-be-missing', operation, ...always });
    const ended = await at.run({ 'administrator-user.user': found[by] });
    expect(ended, ended.said).toMatchObject({ code: 0 });
  },
);

test.each([
  ['nobody.at.all', 'nobody has the user name'],
  ['nobody@example.com', 'nobody has the user name'],
  ['group:No such group', 'no group is called No such group'],
])('%s: that there is none is said only after a listing', async (user, says) => {
  const at = await runner('delegated');
  const ended = await at.run({ 'administrator-user.user': user });
  expect(ended.code).toBe(5);
  expect(ended.said).toContain(says);
  expect(await sent(at)).toContain(
    user.startsWith('group:') ? 'identitystore:ListGroups' : 'identitystore:ListUsers',
  );
});

test('a listing that is refused proves nothing: nobody is said to be missing', async () => {
  const at = await runner('delegated');
  await at.order('_faults', { fault: 'denied-by-scp', operation: 'identitystore:ListUsers', ...always });
  const ended = await at.run({ 'administrator-user.user': 'nobody.at.all' });
  expect(ended.code).toBe(5);
  expect(ended.said).toMatch(/identitystore:ListUsers/);
  expect(ended.said).not.toContain('nobody has');
});

test.each(['sso:DescribePermissionSet', 'sso:GetPermissionsBoundaryForPermissionSet'])(
  '%s refused for want of the key: no set is taken for absent, and none is made',
  async (operation) => {
    const at = await runner('existing-set');
    await at.order('_faults', { fault: 'key-trouble', operation, ...always });
    const ended = await at.run();
    expect(ended.code).toBe(5);
    expect(ended.said).toMatch(/KMS_NotFoundException.*customer managed key/s);
    expect(await sent(at)).not.toContain('sso:CreatePermissionSet');
  },
);

more('the undo takes nothing for gone for want of the key', async () => {
  const at = await runner('delegated');
  expect((await at.run()).code).toBe(0);
  for (const operation of ['sso:ListAccountAssignments', 'sso:DescribePermissionSet'])
    await at.order('_faults', { fault: 'key-trouble', operation, ...always });
  const back = await at.undo();
  expect(back.code, back.said).not.toBe(0);
  expect(back.said).toMatch(/KMS_NotFoundException/);
  expect((await at.events()).filter(({ type }) => type === 'taken-back')).toEqual([]);
});
