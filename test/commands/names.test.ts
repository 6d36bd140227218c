import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateUserCommand } from '@aws-sdk/client-identitystore';
import { expect, test } from 'vitest';
import { view } from '../simulator/simulated.ts';
import { bench } from './bench.ts';

test('of two accounts called alike the name confirms neither: the id is asked for, and why is said', async () => {
  const state = join(await mkdtemp(join(tmpdir(), 'cw-alike-')), 'organization.json');
  const at = await bench('fresh', { state });
  const delegate = at.account('Shared Services');
  const kept = JSON.parse(await readFile(state, 'utf8'));
  const other = kept.state.accounts.find(({ name }: { name: string }) => name === 'Workloads Prod');
  other.name = 'shared  services';
  await writeFile(`${state}.new`, JSON.stringify(kept));
  await rename(`${state}.new`, state);
  const answers = { 'delegated-account.account': delegate.id };
  for (const name of ['Shared Services', 'shared  services', other.id]) {
    const ended = await at.run(answers, ['--confirm', name]);
    expect([ended.code, await at.effects()], ended.err).toEqual([4, []]);
    expect(ended.err).toContain('So the 12-digit id is asked for');
    expect(ended.err).toMatch(new RegExp(`Confirm it with --confirm ${delegate.id}\\.$`, 'm'));
  }
  await at.run(answers, ['--confirm', delegate.id]);
  expect((await at.ledger()).effects).toMatchObject([
    { operation: 'organizations:RegisterDelegatedAdministrator' },
  ]);
});

test('a text that is one person’s user name and another’s e-mail address names nobody; their ids do', async () => {
  const at = await bench('delegated');
  const world = view(at.simulator);
  const { store: IdentityStoreId } = await world.instance();
  const create = async (UserName: string, email: string): Promise<string> => {
    const made = await world.as().identity.send(
      new CreateUserCommand({
        ...{ IdentityStoreId, UserName, DisplayName: UserName },
        Name: { GivenName: 'A', FamilyName: 'B' },
        Emails: [{ Value: email, Type: 'work', Primary: true }],
      }),
    );
    return made.UserId ?? '';
  };
  const one = await create('pat@example.com', 'pat.one@example.com');
  const two = await create('pat.two', 'pat@example.com');
  const before = (await at.effects()).length;
  const target = { 'assign-administrator.target': at.account('Workloads Dev').id };
  const ended = await at.run({ ...target, 'administrator-user.user': 'pat@example.com' });
  expect(ended.code, ended.err).toBe(5);
  expect(ended.err).toContain('pat@example.com names two people');
  expect(ended.err).toContain(`id:${one} or id:${two}`);
  expect((await at.effects()).length).toBe(before);
  const named = await at.run({ ...target, 'administrator-user.user': `id:${one}` });
  expect(named.code, named.err).toBe(0);
  const { effects } = await at.ledger();
  expect(effects.at(-1)?.key).toContain(one);
});
