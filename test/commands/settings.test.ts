import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJournal } from '../../src/journal/journal.ts';
import { bench } from '../faults/bench.ts';

const written = async (folder: string): Promise<string> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'utf8')))).join('\n');
};

test.each<[string, Readonly<Record<string, string>>, RegExp]>([
  [
    'a Region in quotes',
    { AWS_REGION: '"us-east-1"' },
    /^AWS_REGION is “"us-east-1"”, which is not the name of a Region\.$/m,
  ],
  ['a city', { AWS_REGION: 'N. Virginia' }, /^AWS_REGION is “N\. Virginia”/m],
  [
    'FIPS with an endpoint',
    { AWS_USE_FIPS_ENDPOINT: 'true' },
    /^AWS_USE_FIPS_ENDPOINT is true, and the calls go to http:/m,
  ],
  ['dual-stack with one', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, /^AWS_USE_DUALSTACK_ENDPOINT is true/m],
  ['a switch that is none', { AWS_USE_FIPS_ENDPOINT: 'wahr' }, /can only be true or false/m],
  [
    'a password that breaks a proxy’s address',
    { HTTPS_PROXY: 'http://jdoe:2024#hunter2!@proxy:8080' },
    /write # as %23, \\ as %5C, % as %25/,
  ],
  [
    'an endpoint with a password',
    { AWS_ENDPOINT_URL: 'http://jdoe:hunter2@127.0.0.1:1/?tok=hunter2' },
    /^AWS_ENDPOINT_URL contains more than an address/m,
  ],
])(
  '%s: exit 6 with a sentence, before anything is sent; no part of a secret is shown or stored',
  async (_, env, says) => {
    const at = await bench();
    const ended = await at.run({ env: { ...env, CW_RUNBOOK_DEBUG: '1' } });
    expect(ended.err).toMatch(says);
    expect(ended.code).toBe(6);
    expect(ended.err).not.toContain('    at '); // no stack trace
    expect(`${ended.out}${ended.err}${await written(at.state)}`).not.toMatch(/hunter2|jdoe|2024#/);
    expect((await at.ledger()).requests.filter(({ userAgent }) => userAgent.includes('cw-runbook'))).toEqual(
      [],
    );
  },
);

test('blanks around AWS_REGION, and what only the SDK would read, are in nobody’s way', async () => {
  const at = await bench();
  const env = {
    AWS_REGION: ` ${at.simulator.region}\r`,
    AWS_RETRY_MODE: '"standard"',
    AWS_MAX_ATTEMPTS: 'many',
    AWS_DEFAULTS_MODE: 'garbage',
    AWS_SDK_UA_APP_ID: 'ü'.repeat(60),
    AWS_AUTH_SCHEME_PREFERENCE: '"garbage',
    AWS_SIGV4A_SIGNING_REGION_SET: '',
  };
  const ended = await at.run({ env });
  expect(ended, ended.err).toMatchObject({ code: 0 });
});

test('a run whose journal holds a password of its endpoint is not handed on, and its address is shown without', async () => {
  const at = await bench();
  const id = '01KBEGUN000000000000000000';
  const endpoint = at.simulator.url.replace('http://', 'http://jdoe:hunter2@');
  const header = { journal: 1, run: id, program: 'cw-runbook/0.1.0', simulated: false, endpoint } as const;
  const journal = await createJournal(join(at.state, 'runs', id), {
    ...header,
    started: '2026-11-23T00:00:00.000Z',
  });
  await journal.append({ type: 'started', run: id, simulated: false, endpoint });
  await journal.close();
  for (const args of [
    ['status'],
    ['audit', 'export'],
    ['audit', 'export', '--format', 'jsonl'],
    ['handoff', '--to', at.home],
  ]) {
    const { out, err, code } = await at.start(args).ended;
    expect(`${out}${err}`, args.join(' ')).not.toContain('hunter2');
    expect(code, err).toBe(args[0] === 'handoff' ? 64 : 0);
  }
  const ended = await at.run();
  expect(ended, ended.err).toMatchObject({ code: 0 });
  expect(ended.out).toContain(`run          ${id} at ${at.simulator.url}`);
  expect(ended.out).not.toContain('hunter2');
});
