import { cp, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from '@cdktf/hcl-tools';
import { describe, expect, test } from 'vitest';
import set from '../compat/0.1.0/set.json' with { type: 'json' };
import { checkDocument } from '../export/automation-check.ts';
import { fixtureBook } from '../fixture-runbook/index.ts';
import { type Ended, here } from '../here.ts';

const stored = join(import.meta.dirname, '..', 'compat', '0.1.0', 'runs');
/** Journals that an earlier version wrote, each in a home of its own. */
async function homeWith(...names: readonly string[]) {
  const home = await mkdtemp(join(tmpdir(), 'cw-export-'));
  for (const { name, run } of set.runs) {
    if (!names.includes(name)) continue;
    await mkdir(join(home, 'runs', run), { recursive: true, mode: 0o700 });
    await cp(join(stored, name, 'journal.jsonl'), join(home, 'runs', run, 'journal.jsonl'));
  }
  const cli = (...args: readonly string[]): Promise<Ended> =>
    here(['export', ...args], { ...process.env, CW_RUNBOOK_HOME: home });
  return { home, cli };
}
const formats = ['terraform', 'cloudformation', 'ssm', 'cli'] as const;

describe('runs of an earlier version', () => {
  test.each(['finished', 'killed', 'troubled', 'adopted', 'resumed', 'demo'])('%s', async (name) => {
    const { home, cli } = await homeWith(name);
    for (const one of formats) {
      const out = join(home, one);
      await mkdir(out);
      const ended = await cli(one, '--out', out);
      // Before there is a set or an assignment CloudFormation has nothing to hold.
      if (one === 'cloudformation' && ['adopted', 'demo'].includes(name)) {
        expect(ended).toMatchObject({ code: 5, err: expect.stringContaining('nothing yet') });
        continue;
      }
      expect(ended, ended.err).toMatchObject({ code: 0 });
      const files = await readdir(out);
      expect(ended.out.trim().split('\n').toSorted()).toEqual(
        files.map((file) => join(out, file)).toSorted(),
      );
      for (const file of files) {
        const text = await readFile(join(out, file), 'utf8');
        expect((await stat(join(out, file))).mode & 0o777).toBe(0o600);
        expect(text).not.toMatch(/undefined|\[object|"\$after"|known after/);
        if (!file.includes('resources-to-import')) expect(text.includes('SIMULATED')).toBe(name === 'demo');
        if (one === 'terraform') expect(await format(text)).toBe(text);
        if (one === 'ssm') expect(() => checkDocument(text)).not.toThrow();
        if (one === 'cloudformation') expect(() => JSON.parse(text)).not.toThrow();
      }
    }
  });

  test('a set that was there is imported, and what it holds by decision is left alone', async () => {
    const { cli } = await homeWith('adopted');
    const { out } = await cli('terraform');
    expect(out.match(/^import \{$/gm)).toHaveLength(2);
    expect(out).toContain('ignore_changes');
    // What it holds is another policy, left by decision: it is no part of the configuration.
    expect(out).not.toContain('aws_ssoadmin_permission_set_inline_policy');
    expect(out).toMatch(/^# - .*used as it is by decision\.$/m);
  });
});

test('nothing is overwritten unless that is asked for, and several files want a folder', async () => {
  const { home, cli } = await homeWith('finished');
  const file = join(home, 'setup.tf');
  const first = await cli('terraform', '--out', file);
  expect(first).toMatchObject({ code: 0, out: `${file}\n` });
  await writeFile(file, 'mine');
  expect(await cli('terraform', '--out', file)).toMatchObject({
    code: 64,
    err: expect.stringContaining('already, and it is not overwritten'),
  });
  expect(await readFile(file, 'utf8')).toBe('mine');
  expect(await cli('terraform', '--out', file, '--force')).toMatchObject({ code: 0 });
  const printed = await cli('terraform');
  expect(await readFile(file, 'utf8')).toBe(printed.out);
  expect(await readdir(home)).toEqual(['runs', 'setup.tf']);
  expect(await cli('ssm', '--out', file)).toMatchObject({
    code: 64,
    err: expect.stringContaining('--out FOLDER'),
  });
  expect(await cli('ssm', '--out', join(home, 'no', 'folder'))).toMatchObject({ code: 64 });
  expect(await cli('ssm', '--out', join(home, 'made'))).toMatchObject({ code: 0 });
  expect(await readdir(join(home, 'made'))).toHaveLength(2);
  const ssm = await cli('ssm');
  expect(ssm.err).toContain('With it go codewhisperer-2-delegated-administrator.json');
});

test.each([
  ['a format that there is not', ['pulumi'], 64],
  ['no format', [], 64],
  ['--remaining of what describes all of it', ['terraform', '--remaining'], 64],
  ['no such run', ['cli', '--run', '5Z0KQ7XA'], 64],
])('%s is refused', async (_, args, code) => {
  const { cli } = await homeWith('finished');
  expect(await cli(...args)).toMatchObject({ code, out: '' });
});

test('a run that was taken back, one of another runbook, and one that knows nothing yet are refused by name', async () => {
  const back = await homeWith('undone');
  const { run = '' } = set.runs.find(({ name }) => name === 'undone') ?? {};
  expect(await back.cli('cli')).toMatchObject({
    code: 5,
    out: '',
    err: expect.stringContaining(`Run ${run} is being undone, or was undone`),
  });
  const { home } = await homeWith('finished');
  const env = { ...process.env, CW_RUNBOOK_HOME: home };
  expect(await here(['export', 'terraform'], env, fixtureBook)).toMatchObject({ code: 5, out: '' });

  const begun = await homeWith('finished');
  const id = set.runs.find(({ name }) => name === 'finished')?.run ?? '';
  const file = join(begun.home, 'runs', id, 'journal.jsonl');
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, `${lines.slice(0, 3).join('\n')}\n`);
  expect(await begun.cli('cli')).toMatchObject({
    code: 5,
    out: '',
    err: expect.stringContaining(`Run ${id} has nothing to export`),
  });
});
