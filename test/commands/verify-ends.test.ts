import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { bench } from './bench.ts';
import { finished } from './finished.ts';
import { planning } from './planned.ts';

const logged = async (at: Awaited<ReturnType<typeof bench>>): Promise<string> =>
  (await at.cli(['audit', 'export', '--format', 'jsonl'])).out;

test('with credentials of other accounts than the run’s nothing is verified, and whose are wanted is said', async () => {
  const { at } = await finished();
  const before = (await at.ledger()).requests.length;
  const swapped = { management: 'delegated', 'delegated-administrator': 'delegated' };
  const ended = await at.cli(['verify', ...(await planning(at, {}, swapped)), '--yes']);
  expect(ended.code, ended.out + ended.err).toBe(6);
  expect(ended.err).toContain(at.simulator.accounts[0]?.id);
  const asked = (await at.ledger()).requests.slice(before).map(({ operation }) => operation);
  expect(asked.filter((one) => !/GetCallerIdentity|DescribeOrganization$/.test(one))).toEqual([]);
  expect((await at.cli(['verify'])).code).toBe(4);
  expect(await logged(at)).not.toContain('"type":"compared"');
});

test('whose credentials look is no drift: one of the two accounts is enough', async () => {
  const { at } = await finished();
  const env: Record<string, string> = {};
  for (const [name, file] of [
    ['AWS_CONFIG_FILE', 'config'],
    ['AWS_SHARED_CREDENTIALS_FILE', 'credentials'],
  ] as const) {
    env[name] = join(at.home, `one-${file}`);
    const both = await readFile(join(at.home, 'aws', file), 'utf8');
    await writeFile(env[name], both.slice(both.search(/\[(profile )?delegated\]/)));
  }
  const profiles = { 'delegated-administrator': 'delegated' };
  const asked = ['verify', ...(await planning(at, {}, profiles)), '--yes', '--json'];
  const seen = await at.cli(asked, env);
  expect(JSON.parse(seen.out), seen.err).toMatchObject({ departures: [], recorded: true });
});

test('what could not be looked at is no drift, and has an exit code of its own', async () => {
  const { at } = await finished();
  const account = at.simulator.accounts[0]?.id;
  const actions = ['sts:GetCallerIdentity', 'organizations:DescribeOrganization', 'sso:*', 'identitystore:*'];
  const body = JSON.stringify({ account, actions });
  expect((await fetch(`${at.simulator.url}/_permissions`, { method: 'POST', body })).ok).toBe(true);
  const seen = await at.cli(['verify', '--yes', '--json']);
  expect(seen.code, seen.out + seen.err).toBe(3);
  expect(JSON.parse(seen.out)).toMatchObject({ departures: [], recorded: true });
  expect(JSON.parse(seen.out).unseen.length).toBeGreaterThan(0);
});

test('of a run that was handed off it prints the result, and says that it was not recorded', async () => {
  const at = await bench('fresh');
  expect((await at.run()).code).toBe(4);
  expect((await at.cli(['handoff', '--to', join(at.home, 'a.cwhandoff')])).code).toBe(3);
  const before = await logged(at);
  const seen = await at.cli(['verify', '--yes', '--json']);
  expect(seen.code, seen.err).toBe(0);
  expect(JSON.parse(seen.out)).toMatchObject({ departures: [], recorded: false });
  expect(seen.err).toContain('Not recorded in the journal: the run was handed off');
  expect(await logged(at)).toBe(before);
});

test('of a run that is open elsewhere it prints the result, and says that it was not recorded', async () => {
  const { at } = await finished();
  const runs = join(at.home, 'state', 'runs');
  const [id = ''] = await readdir(runs);
  const elsewhere = await openJournal(join(runs, id));
  try {
    const seen = await at.cli(['verify', '--yes']);
    expect(seen.code, seen.err).toBe(0);
    expect(seen.out).toMatch(/^As verified: /);
    expect(seen.err).toMatch(/^Not recorded in the journal: .*open/m);
  } finally {
    await elsewhere.close();
  }
  expect(await logged(at)).not.toContain('"type":"compared"');
});
