import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { program, testNode } from '../program/demo.ts';
import { openTerminal } from '../terminal.ts';

const columns = 44;

/** What the program prints into a pipe: both streams, in one text. */
const piped = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> =>
  new Promise((resolve) => {
    execFile(testNode, [program, ...args], { env }, (_, out, err) => resolve(out + err));
  });

test.each([
  [['status']],
  [['runs', 'remove', 'NOTHING1']],
  [['audit', 'verify', '/nowhere/to/be/found/journal.jsonl']],
  [['stauts']],
])('%j: a terminal breaks nothing inside a word, and a pipe gets each line whole', async (args) => {
  const home = await mkdtemp(join(tmpdir(), 'cw-printed-'));
  const env = { PATH: process.env.PATH, HOME: home, TERM: 'xterm-256color' };
  const whole = await piped(args, env);
  const terminal = openTerminal({ args: [program, ...args], env, columns });
  await terminal.exit;
  const rows = terminal.written().replaceAll('\r', '').trimEnd().split('\n');
  for (const row of rows)
    if (row.length > columns) expect(row, 'a row too long that is no command').toMatch(/^ *\S+( \S+){0,3}$/);
  const words = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ');
  expect(words(rows.join('\n'))).toBe(words(whole));
  expect(whole.split('\n').some((line) => line.length > columns)).toBe(true);
});

test('sentences are printed in one way; what is written as it is, a program reads', async () => {
  const folder = join(import.meta.dirname, '../../src/commands');
  const raw: string[] = [];
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith('.ts') && name !== 'process/output.ts') {
      const text = await readFile(join(folder, name), 'utf8');
      if (/\bstd(?:out|err)\.write\(/.test(text)) raw.push(name);
    }
  expect(raw.toSorted()).toEqual([
    'answers.ts', // a template in JSON
    'audit-reconcile.ts', // JSON
    'audit-verify.ts', // JSON
    'auditing/write-out.ts', // an export
    'command-line/answered.ts', // help, laid out already
    'command-line/completion.ts', // a shell's script
    'command-line/runs.ts', // a template in JSON
    'command-line/tools.ts', // the manual page
    'command-line/usage-errors.ts', // help, laid out already
    'export.ts', // files
    'permissions.ts', // a policy
    'plan.ts', // JSON
    'planning/print-schema.ts', // JSON
    'process/ask-line.ts', // a line's end
    'process/explain.ts', // a stack
    'process/json.ts', // JSON
    'process/sign-in.ts', // what another program says
    'simulator.ts', // JSON
    'status.ts', // a script
    'unattended/voice.ts', // JSON lines, and annotations
    'verify.ts', // JSON
  ]);
});
