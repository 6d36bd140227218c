import { spawn } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { program } from '../program/demo.ts';
import { openTerminal } from '../terminal.ts';
import { questionOf } from '../words.ts';

/** `cw-runbook simulator` with these arguments: the line it prints when it is ready, or how it ended. */
const simulator = (...args: readonly string[]) =>
  new Promise<{ readonly url?: string; readonly code?: number | null; readonly err: string }>((resolve) => {
    const child = spawn(process.execPath, [program, 'simulator', ...args]);
    onTestFinished(() => void child.kill());
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdout
      .setEncoding('utf8')
      .once('data', (text: string) => resolve({ ...(JSON.parse(text) as { url: string }), err }));
    child.once('close', (code) => resolve({ code, err }));
  });

test('faults that are named on the command line are in force from the first request on', async () => {
  const { url } = await simulator(
    ...['--fault', 'throttle-forever'],
    ...['--fault', 'async-failed:operation=sso:ProvisionPermissionSet,times=2,reason=Not: today'],
  );
  const { orders } = (await (await fetch(`${url}/_faults`)).json()) as { orders: unknown };
  expect(orders).toEqual([
    { fault: 'throttle-forever', operation: '*', after: 0, times: 'always', parameters: {}, struck: 0 },
    {
      fault: 'async-failed',
      operation: 'sso:ProvisionPermissionSet',
      after: 0,
      times: 2,
      parameters: { reason: 'Not: today' },
      struck: 0,
    },
  ]);
});

test('proxy-mitm: the second address and its certificate are in the line that says it is ready', async () => {
  expect(await simulator('--fault', 'proxy-mitm')).toMatchObject({
    intercepted: {
      url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
    },
  });
});

test.each([
  ['earthquake', 'There is no fault “earthquake”. Did you mean'],
  ['hang:tims=2', 'hang has no parameter “tims”. Did you mean “times”?'],
  ['hang:times', '“times” is no parameter of hang: parameter=value is expected'],
  ['hang:operation=sso:Nothing', 'There is no operation “sso:Nothing”'],
])('--fault %s is refused, and its form is said', async (fault, says) => {
  const { code, err } = await simulator('--fault', fault);
  expect(code).toBe(64);
  expect(err).toContain(`--fault ${fault}: `);
  expect(err).toContain(says);
  expect(err).toContain('Its form: --fault NAME');
  expect(err).not.toMatch(/\n\s+at /);
});

test.each([
  [['--rate', '0'], 'It has to be 1 to 10000.'],
  [['--users', '100001'], 'It has to be 0 to 100000.'],
  [['--sets', '-1'], 'It has to be 0 to 3500.'],
])('%j is refused, and what it has to be is said', async (args, says) => {
  expect(await simulator(...args)).toMatchObject({ code: 64, err: expect.stringContaining(says) });
});

test('sizes are for a new organization: with one that is kept they are refused, in a demo too, and a new demo has them', async () => {
  const home = await mkdtemp(join(tmpdir(), 'simulator-'));
  const state = join(home, 'organization.json');
  const { url } = await simulator('--state', state, '--users', '5');
  expect(url).toBeDefined();
  const again = await simulator('--state', state, '--users', '9');
  expect(again.code).toBe(64);
  expect(again.err).toContain(
    `there is one already: ${state}.\nName another --state FILE, or leave them out.`,
  );

  const demo = (...args: readonly string[]) =>
    openTerminal({ args: [program, 'demo', ...args], env: { CW_RUNBOOK_HOME: home }, columns: 100 });
  const first = demo('--users', '30', '--sets', '20', '--rate', '20');
  await first.waitFor(questionOf('before-you-start.understood'));
  const kept = JSON.parse(await readFile(join(home, 'demo/fresh/organization.json'), 'utf8'));
  expect([kept.state.crowd, kept.state.sets.length]).toEqual([30, 20]);
  first.press('ctrl-c');
  await first.exit;
  const second = demo('--users', '40');
  expect(await second.exit).toMatchObject({ code: 64 });
  expect(second.written()).toContain('Start over with --fresh, or leave them out.');
});
