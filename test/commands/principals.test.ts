import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from './bench.ts';

const all = (...values: readonly string[]): string => JSON.stringify(values);

test('two users and a group from Active Directory, in two accounts: six assignments, each once', async () => {
  const at = await bench('active-directory');
  const delegate = at.account('Shared Services');
  const people = ['jane.doe@corp.example.com', 'mary.major@example.com', 'group:Developers@corp.example.com'];
  const ended = await at.run(
    {
      'delegated-account.account': delegate.id,
      'administrator-user.user': all(...people),
      'assign-administrator.target': all(at.account('Workloads Dev').id, at.account('Workloads Prod').id),
    },
    ['--confirm', delegate.name],
  );
  expect(ended.code, ended.err).toBe(0);
  const { effects } = await at.ledger();
  const made = effects.filter(({ operation }) => operation === 'sso:CreateAccountAssignment');
  expect(made).toHaveLength(6);
  expect(made.filter(({ key }) => key.includes('|GROUP|'))).toHaveLength(2);
  expect(new Set(made.map(({ key }) => key)).size).toBe(6);
});

test('who is disabled is not promoted, and nothing is changed for them', async () => {
  const at = await bench('delegated');
  const ended = await at.run({
    'administrator-user.user': 'pat.candella@example.com',
    'assign-administrator.target': at.account('Workloads Dev').id,
  });
  expect([ended.code, await at.effects()]).toEqual([5, []]);
  expect(ended.err).toMatch(
    /Found: \S+ is disabled\.\nWhat to do: Choose another user, or enable this one where it is managed\./,
  );
});

test('a user who was deleted and made anew has another id: the old assignment counts for nobody and is said, and the right is given anew', async () => {
  const state = join(await mkdtemp(join(tmpdir(), 'cw-recreated-')), 'organization.json');
  const at = await bench('delegated', { state });
  const answers = {
    'administrator-user.user': 'jane.doe@example.com',
    'assign-administrator.target': at.account('Workloads Dev').id,
  };
  const first = await at.run(answers);
  expect(first.code, first.err).toBe(0);
  // Somebody deletes the user and makes her anew; AWS keeps the assignment.
  const kept = JSON.parse(await readFile(state, 'utf8'));
  const jane = kept.state.users.find(({ email }: { email: string }) => email === 'jane.doe@example.com');
  const old = jane.id;
  jane.id = '11111111-2222-4333-8444-555555555555';
  await writeFile(`${state}.new`, JSON.stringify(kept));
  await rename(`${state}.new`, state);

  const again = await at.run(answers, ['--new']);
  expect(again.code, again.err).toBe(0);
  const made = (await at.ledger()).effects.filter(({ operation }) =>
    operation.includes('CreateAccountAssignment'),
  );
  expect(made.map(({ key }) => key.split('|').at(-1))).toEqual([old, jane.id]);
  const log = (await at.cli(['audit', 'export', '--format', 'jsonl'])).out;
  expect(log).toContain(`assigned to somebody who no longer exists: user ${old}`);
});
