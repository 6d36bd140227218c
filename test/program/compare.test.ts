import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exchangeIn } from '../../src/model/exchange/record.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { openSession } from './session.ts';

const prompt = 'Use these credentials for that? (y/n)';

/** `doctor --compare` at a terminal, where it asks; with what the organization was asked until then. */
async function asking() {
  const simulator = await startSimulator({ scenario: 'fresh', settle: 0 });
  onTestFinished(() => simulator.close());
  const { accessKeyId = '', secretAccessKey = '' } = simulator.accounts[0] ?? {};
  const folder = join(await mkdtemp(join(tmpdir(), 'cw-compare-')), 'recorded');
  const session = await openSession({
    args: ['doctor', '--compare', '--record', folder],
    env: {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: simulator.region,
      AWS_ENDPOINT_URL: simulator.url,
      AWS_CONFIG_FILE: '/nowhere/config',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere/config',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  const asked = async (): Promise<readonly string[]> =>
    (
      (await (await fetch(`${simulator.url}/_ledger`)).json()) as {
        requests: readonly { operation: string }[];
      }
    ).requests.map(({ operation }) => operation);
  await session.terminal.waitFor(prompt);
  return { ...session, asked, folder };
}

test.each([
  ['n', 'n\r', 3],
  ['no', 'no\r', 3],
  ['Enter', '\r', 3],
  ['another word', 'yen\r', 3],
  ['Ctrl-D', '\x04', 3],
  ['Ctrl-C', '\x03', 130],
  ['Ctrl-C after y', 'y\x03', 130],
])('%s stops: nothing more is asked of AWS', async (_, keys, code) => {
  const at = await asking();
  const before = await at.asked();
  expect(new Set(before)).toEqual(new Set(['sts:GetCallerIdentity', 'organizations:DescribeOrganization']));
  at.terminal.press(keys);
  expect(await at.terminal.exit).toMatchObject({ code });
  expect(at.terminal.written()).toContain('Exited. Nothing else was sent.');
  expect(await at.asked()).toEqual(before);
  // What was asked before is all that is kept: who this is.
  const kept = (await readFile(join(at.folder, 'exchanges.jsonl'), 'utf8')).split('\n').slice(0, -1);
  expect(new Set(kept.map((line) => exchangeIn(line).operation))).toEqual(new Set(before));
  expect(await at.left()).toEqual([]);
});

test('y goes on: every read is made, and the file is kept', async () => {
  const at = await asking();
  const before = await at.asked();
  at.terminal.press('y\r');
  expect(await at.terminal.exit).toMatchObject({ code: 0 });
  expect(at.terminal.written()).toContain('Nothing differs.');
  expect((await at.asked()).length).toBeGreaterThan(before.length + 20);
  expect((await readFile(join(at.folder, 'exchanges.jsonl'), 'utf8')).length).toBeGreaterThan(1_000);
  expect(await at.left()).toEqual([]);
});
