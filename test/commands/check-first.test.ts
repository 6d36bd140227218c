import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { all, answered, bench } from './bench.ts';
import { runner } from './in-process.ts';

const both = { management: 'management', 'delegated-administrator': 'delegated' };

describe('before the first change the file is checked: what would stop the run later stops it while nothing was sent', () => {
  test.each<[string, object, object, number, RegExp]>([
    [
      'the second profile is the first one again',
      {},
      { ...both, 'delegated-administrator': 'management' },
      6,
      /the management account\. The delegated administrator account \d{12} is needed here/,
    ],
    [
      'there is no second profile of that name',
      {},
      { ...both, 'delegated-administrator': 'delegatd' },
      6,
      /Did you mean “delegated”/,
    ],
    [
      'nobody has the user name',
      { 'administrator-user.user': 'no.body' },
      both,
      5,
      /nobody has the user name or e-mail address no\.body/,
    ],
    [
      'one of two is there',
      { 'administrator-user.user': ['group:No Such', 'no.body'] },
      both,
      5,
      /no group is called No Such/,
    ],
    [
      'there is no such account',
      { 'assign-administrator.target': '999999999999' },
      both,
      5,
      /assign-administrator\.target: the organization has no account 999999999999/,
    ],
    [
      'the account is suspended',
      { 'assign-administrator.target': 'Old Sandbox' },
      both,
      5,
      /assign-administrator\.target: Old Sandbox \(\d{12}\) is suspended/,
    ],
    [
      'no account is called so',
      { 'assign-administrator.target': ['Workload Dev'] },
      both,
      5,
      /no account called “Workload Dev”[\s\S]*Did you mean “Workloads Dev”/,
    ],
  ])('%s', async (_, answers, profiles, code, says) => {
    const at = await runner();
    const ended = await at.run(answers, {}, { profiles });
    expect([ended.code, ended.said]).toEqual([code, expect.stringMatching(says)]);
    expect((await at.ledger()).effects).toEqual([]);
  });

  test('another account’s credentials than the one that is chosen: both accounts are named', async () => {
    const at = await runner();
    const answers = { 'delegated-account.account': at.account('Security Tooling') };
    const ended = await at.run(answers, {}, { confirm: ['Security Tooling'] });
    expect(ended.code, ended.said).toBe(6);
    expect(ended.said).toContain(`acts for account ${at.account('Shared Services')}`);
    expect(ended.said).toContain(`Choose credentials of account ${at.account('Security Tooling')}`);
    expect((await at.ledger()).effects).toEqual([]);
  });

  test('all that is wrong is said at once', async () => {
    const at = await runner();
    const profiles = { ...both, 'delegated-administrator': 'management' };
    const { said } = await at.run({ 'administrator-user.user': 'no.body' }, {}, { profiles });
    expect(said).toMatch(/Nothing was sent[\s\S]*no\.body[\s\S]*is needed here/);
  });

  test('only GetCallerIdentity and DescribeOrganization are sent with credentials that are only checked', async () => {
    const at = await runner();
    const profiles = { ...both, 'delegated-administrator': 'management' };
    await at.run({}, {}, { profiles });
    const accounts = (await at.events()).filter(({ type }) => type === 'identified');
    expect(accounts).toHaveLength(1);
  });

  test('a file without the second profile does the first part, and then names what is missing', async () => {
    const at = await runner();
    const ended = await at.run({}, {}, { profiles: { management: 'management' } });
    expect([ended.code, ended.said]).toEqual([4, expect.stringContaining('"delegated-administrator": "…"')]);
    expect((await at.ledger()).effects).toHaveLength(1);
  });
});

describe('accounts by name', () => {
  const named = {
    'delegated-account.account': 'Shared Services',
    'assign-administrator.target': ['workloads dev'],
  };

  test('stand for the account of that name, in this start and the next', async () => {
    const at = await bench('fresh');
    const { answers, flags } = await answered(at);
    const first = await at.run({ ...answers, ...named }, flags);
    expect(first, first.err).toMatchObject({ code: 0 });
    expect(first.out).toContain(`Shared Services is ${at.account('Shared Services').id}`);
    expect(await at.effects()).toEqual(all);
    expect(await at.run({ ...answers, ...named }, flags)).toMatchObject({ code: 0 });
    const other = await at.run(
      { ...answers, ...named, 'assign-administrator.target': 'Workloads Prod' },
      flags,
    );
    expect(other).toMatchObject({
      code: 4,
      err: expect.stringContaining('--confirm assign-administrator.target'),
    });
    expect(await at.effects()).toEqual(all);
  });

  test('two that are called alike are refused, with both ids', async () => {
    const state = join(await mkdtemp(join(tmpdir(), 'cw-alike-')), 'organization.json');
    const at = await bench('fresh', { state });
    const kept = JSON.parse(await readFile(state, 'utf8'));
    const other = kept.state.accounts.find(({ name }: { name: string }) => name === 'Workloads Prod');
    other.name = 'shared  services';
    await writeFile(`${state}.new`, JSON.stringify(kept));
    await rename(`${state}.new`, state);
    const ended = await at.run(named);
    expect(ended.code, ended.err).toBe(4);
    for (const id of [other.id, at.account('Shared Services').id]) expect(ended.err).toContain(id);
    expect(await at.effects()).toEqual([]);
  });
});
