import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { program } from '../program/demo.ts';
import { all, type Ended } from './bench.ts';
import { two } from './people.ts';

const page = await readFile(new URL('../../docs/using-it-for-real.md', import.meta.url), 'utf8');
/** The commands that the page marks as tried: who types them, and the exit code it says. */
const blocks = [...page.matchAll(/<!-- try: (ann|ben) (\d+) -->\s*```sh\n([\s\S]*?)```/g)].map(
  ([, who = '', code = '', text = '']) => ({ who, code: Number(code), text: text.replace(/^ +/gm, '') }),
);
const [, profile = ''] = /names her profile: `(.*?)`/.exec(page) ?? [];
const [, json = '{}'] = /```json\n([\s\S]*?)```/.exec(page) ?? [];

test('the page about real use: its commands, typed as they stand there, do what it says', async () => {
  const { at, ann, ben, answers } = await two();
  const shared = join(at.home, 'shared');
  await mkdir(join(shared, 'bin'), { recursive: true });
  const command = join(shared, 'bin', 'cw-runbook');
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, { mode: 0o755 });
  expect(await ann.run()).toMatchObject({ code: 4 }); // as she leaves the guided run
  const told = JSON.parse(json) as { answers: Record<string, string>; profiles: object };
  const real = Object.fromEntries(
    Object.keys(told.answers).map((key) => [key, answers[key] ?? told.answers[key]]),
  );
  await writeFile(join(shared, 'answers.json'), JSON.stringify({ ...told, answers: real }));
  const sh = (env: NodeJS.ProcessEnv, text: string): Promise<Ended> =>
    new Promise((resolve) => {
      const PATH = `${shared}/bin:${process.env.PATH}`;
      const child = spawn('sh', ['-ec', text], {
        cwd: shared,
        env: { ...at.env, ...env, PATH },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (some: string) => {
        out += some;
      });
      child.stderr.setEncoding('utf8').on('data', (some: string) => {
        err += some;
      });
      child.on('close', (code) => resolve({ code, out, err }));
    });
  expect(blocks.map(({ who }) => who)).toEqual([
    'ann',
    'ann',
    'ann',
    'ann',
    'ben',
    'ben',
    'ben',
    'ben',
    'ann',
  ]);
  for (const [n, { who, code, text }] of blocks.entries()) {
    if (n === 6) expect(await at.effects()).toEqual(all);
    if (n === 8) await writeFile(join(shared, 'ann.json'), profile);
    const ended = await sh(who === 'ann' ? ann.env : ben.env, text);
    expect(ended.code, `${text}\n${ended.out}\n${ended.err}`).toBe(code);
  }
  expect((await at.effects()).slice(all.length)).toEqual([
    'sso:DeleteAccountAssignment',
    'sso:DeletePermissionSet',
    'organizations:DeregisterDelegatedAdministrator',
  ]);
  const log = await readFile(join(shared, 'audit.md'), 'utf8');
  expect(log).toMatch(/profile ann-management[\s\S]*profile ben-delegated/);
  expect(log).toContain('Registered. Ticket OPS-17.');
});
