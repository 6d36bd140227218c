import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { here } from '../here.ts';

const home = mkdtempSync(join(tmpdir(), 'cw-named-'));
const folder = join(home, 'folder');
mkdirSync(folder);

const reading: readonly (readonly [string, (file: string) => readonly string[]])[] = [
  ['resume', (file) => ['resume', file, '--answers', file]],
  ['apply', (file) => ['apply', file, '--yes']],
  ['run', (file) => ['run', '--answers', file]],
  ['plan', (file) => ['plan', '--answers', file]],
  ['audit verify', (file) => ['audit', 'verify', file]],
  ['audit export', (file) => ['audit', 'export', '--file', file]],
];

for (const [what, file] of [
  ['is missing', join(home, 'none')],
  ['is a folder', folder],
] as const)
  test.each(reading)(`%s: a file that ${what} is wrong usage, and named`, async (_, args) => {
    const { code, out, err } = await here(args(file), { ...process.env, CW_RUNBOOK_HOME: home });
    expect({ code, out, err }).toEqual({ code: 64, out: '', err: expect.stringContaining(file) });
  });
