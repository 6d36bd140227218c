import { execFile } from 'node:child_process';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { portal } from '../login/portal.ts';

const program = join(import.meta.dirname, '../../dist/cw-runbook.cjs');
const run = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  command = 'doctor',
) =>
  new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
    const all = Object.fromEntries(
      Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined),
    );
    execFile(process.execPath, [program, command, ...args], { env: all }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });

test('cw-runbook doctor: 0 where nothing fails, 6 where credentials do, 3 where AWS cannot be reached', async () => {
  const at = await portal();
  const well = await run(['--profile', 'management'], at.env);
  expect([well.code, well.out.trim().split('\n').at(-1)]).toEqual([0, 'Nothing fails.']);
  const out = await run(['--profile', 'management-sso'], at.env);
  expect(out.code).toBe(6);
  expect(out.out).toContain('what to do: aws sso login --profile management-sso');
  expect(out.out).toContain('Fails: sign-in.');
  const offline = await run(['--profile', 'management', '--offline'], at.env);
  expect(offline.code).toBe(0);
  const nobody = { ...at.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ENDPOINT_URL_SSO: undefined };
  const unreachable = await run(['--profile', 'management'], {
    ...nobody,
    AWS_ENDPOINT_URL_SSO_OIDC: undefined,
  });
  expect(unreachable.out).toMatch(/^fails {4}network: /m);
  expect(unreachable.code).toBe(3);
});

test('what a file holds does not act on the terminal', async () => {
  const at = await portal();
  await appendFile(join(at.folder, 'config'), '\n[profile \u001b]0;owned\u0007evil]\nregion = \u001b[2J\n');
  const { out } = await run(['--profile', 'managemen'], at.env);
  expect([...out].filter((one) => one !== '\n' && (one < ' ' || one === '\u007f'))).toEqual([]);
});

test('where no certificate is checked doctor says so, and a run refuses before it uses credentials', async () => {
  const at = await portal();
  const blind = { ...at.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  expect(await run(['--profile', 'management', '--offline'], blind)).toMatchObject({ code: 6 });
  const answers = join(at.folder, 'answers.json');
  await writeFile(answers, JSON.stringify({ profiles: { management: 'management' }, answers: {} }));
  const refused = await run(['--answers', answers, '--yes'], blind, 'run');
  expect(refused).toMatchObject({
    code: 6,
    err: expect.stringMatching(
      /whoever answers would be taken for AWS\. No credentials were used[\s\S]*unset NODE_TLS_REJECT_UNAUTHORIZED/,
    ),
  });
});
