import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { exchangeIn } from '../../../src/model/exchange/record.ts';
import type { Scenario } from '../../../src/simulator/scenarios/scenarios.ts';
import { type SimulatorOptions, startSimulator } from '../../../src/simulator/server.ts';
import { here } from '../../here.ts';
import { altering, type inAnswersOf, type Passing } from './altering.ts';

export interface Options extends Partial<SimulatorOptions> {
  readonly as?: 'management' | 'delegated-administrator' | 'member';
  readonly alter?: (passing: Passing) => ReturnType<ReturnType<typeof inAnswersOf>>;
  readonly args?: readonly string[];
  readonly env?: () => Readonly<Record<string, string>>;
}
/** `doctor --compare` against a simulated organization. */
export async function compared(
  scenario: Scenario,
  { as = 'management', alter, args = ['--yes'], env = () => ({}), ...more }: Options = {},
) {
  const home = await mkdtemp(join(tmpdir(), 'cw-compare-'));
  const simulator = await startSimulator({ scenario, settle: 0, seed: 'compare', ...more });
  onTestFinished(() => simulator.close());
  const { accessKeyId = '', secretAccessKey = '' } = simulator.accounts.find(({ role }) => role === as) ?? {};
  const folder = join(home, 'recorded');
  const ended = await here(['doctor', '--compare', '--record', folder, ...args], {
    PATH: process.env.PATH,
    CW_RUNBOOK_HOME: join(home, 'state'),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: simulator.region,
    AWS_ENDPOINT_URL: alter ? await altering(simulator.url, alter) : simulator.url,
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/config',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env(),
  });
  const file = join(folder, 'exchanges.jsonl');
  const text = await readFile(file, 'utf8');
  const ledger = (await (await fetch(`${simulator.url}/_ledger`)).json()) as {
    requests: { operation: string }[];
  };
  const exchanges = text.split('\n').slice(0, -1).map(exchangeIn);
  return {
    ...ended,
    file,
    text,
    exchanges,
    asked: ledger.requests.map(({ operation }) => operation),
    folder,
  };
}

/** Where AWS is as the simulator is, nothing differs. */
export async function nothingDiffers(scenario: Scenario, as: Options['as'] = 'management'): Promise<void> {
  const { out, err, code } = await compared(scenario, { as });
  expect(out + err).toContain('Nothing differs.');
  expect(code).toBe(0);
}
