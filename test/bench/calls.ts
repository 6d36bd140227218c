import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenarios.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { path } from '../commands/call-reasons.ts';
import { someoneIn } from '../commands/someone.ts';
import { rounded } from './numbers.ts';
import { ended, given } from './site.ts';
import type { Line } from './start.ts';

/** What an answer of AWS takes: ms. */
const latency = 80;

/**
 * What an unattended run asks of AWS, without what it tells it for the audit log, and how long it takes to its end, as a
 * share of the critical path of docs/calls.md. The organization answers from this process, the program has its own.
 */
export async function callsBench(node: string): Promise<readonly Line[]> {
  const fresh = await unattended(node, 'fresh');
  const done = await unattended(node, 'done');
  return [
    { name: 'requests of a fresh run', value: fresh.requests, unit: '', goal: 100 },
    { name: 'requests where everything is done', value: done.requests, unit: '', goal: 50 },
    {
      name: `a fresh run with ${latency} ms for each answer, of its critical path`,
      value: rounded(fresh.took / latency / path.length),
      unit: '×',
      goal: 1.2,
    },
  ];
}

async function unattended(node: string, scenario: Scenario) {
  const home = await mkdtemp(join(tmpdir(), 'cw-bench-'));
  const simulator = await startSimulator({ scenario, settle: 0, latency, seed: 'bench' });
  try {
    await writeProfiles(join(home, 'aws'), simulator);
    const account = (name: string): string => simulator.accounts.find((one) => one.name === name)?.id ?? '';
    const confirmed = [simulator.accounts[0]?.id ?? '', account('Shared Services'), account('Workloads Dev')];
    const answers = {
      ...given,
      'delegated-account.account': account('Shared Services'),
      'assign-administrator.target': account('Workloads Dev'),
      'administrator-user.user': await someoneIn(simulator),
    };
    const file = join(home, 'answers.json');
    const profiles = { management: 'management', 'delegated-administrator': 'delegated' };
    await writeFile(file, JSON.stringify({ profiles, answers }));
    const before = simulator.ledger().requests.length;
    const from = performance.now();
    const { code, err } = await ended(
      node,
      ['run', '--answers', file, '--yes', ...confirmed.flatMap((one) => ['--confirm', one]), '--poll', '100'],
      {
        CW_RUNBOOK_HOME: join(home, 'state'),
        AWS_CONFIG_FILE: join(home, 'aws', 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws', 'credentials'),
      },
    );
    const took = performance.now() - from;
    if (code !== 0) throw new Error(`The run ended with ${code}:\n${err}`);
    const sent = simulator.ledger().requests.slice(before);
    return { took, requests: sent.filter(({ userAgent }) => !userAgent.includes(' md/head#')).length };
  } finally {
    await simulator.close();
    await rm(home, { recursive: true });
  }
}
