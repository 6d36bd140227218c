import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { program, testNode } from '../program/demo.ts';
import { bench } from './bench.ts';

const page = await readFile(new URL('../../SECURITY.md', import.meta.url), 'utf8');
const [, part = ''] = /^### See for yourself$([\s\S]*?)^### /m.exec(page) ?? [];
const blocks = [...part.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const lines = (blocks[1] ?? '').split('\n').filter(Boolean);

test('what SECURITY.md lets people see for themselves is there to be seen', async () => {
  const at = await bench('fresh');
  const bin = join(at.home, 'bin');
  await mkdir(bin);
  const command = `#!/bin/sh\nexec "${testNode}" "${program}" "$@"\n`;
  await writeFile(join(bin, 'cw-runbook'), command, { mode: 0o755 });
  const before = lines.filter((line) => /^(export|echo) /.test(line)).join('\n');
  const sh = (text: string): Promise<{ code: number | null; out: string }> =>
    new Promise((resolve) => {
      const env = { ...at.env, PATH: `${bin}:${process.env.PATH}` };
      const child = spawn('sh', ['-c', `${before}\n${text}`], { cwd: at.home, env });
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (some: string) => {
        out += some;
      });
      child.stderr.resume();
      child.on('close', (code) => resolve({ code, out }));
    });

  const ended = lines.filter((line) => /# exit code \d/.test(line));
  expect(ended).toHaveLength(2);
  for (const line of ended)
    expect((await sh(line)).code, line).toBe(Number(/# exit code (\d)/.exec(line)?.[1]));

  expect(lines.find((line) => line.startsWith('curl'))).toContain('/_ledger');
  expect((await at.ledger()).requests.map(({ operation }) => operation)).toEqual([
    'sts:GetCallerIdentity',
    'organizations:DescribeOrganization',
  ]);

  await sh(lines.find((line) => line.includes('--yes')) ?? '');
  const { out } = await sh(lines.find((line) => line.startsWith('ls ')) ?? '');
  const modes = out.split('\n').flatMap((line) => /^[-d][rwx-]{9}/.exec(line) ?? []);
  expect(out).toContain('journal.jsonl');
  expect(new Set(modes)).toEqual(new Set(['drwx------', '-rw-------']));
});
