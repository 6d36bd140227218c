import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { portal } from '../login/portal.ts';

const program = join(import.meta.dirname, '../../dist/cw-runbook.cjs');
const run = (args: readonly string[], env: Readonly<Record<string, string | undefined>>) =>
  new Promise<{ readonly code: number; readonly out: string }>((resolve) => {
    const all = Object.fromEntries(
      Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined),
    );
    execFile(process.execPath, [program, 'doctor', ...args], { env: all }, (error, out) =>
      resolve({ code: error === null ? 0 : Number(error.code), out }),
    );
  });

test('cw-runbook doctor: 0 where nothing fails, 6 where credentials do, 3 where AWS cannot be reached', async () => {
  const at = await portal();
  const well = await run(['--profile', 'management'], at.env);
  expect([well.code, well.out.trim().split('\n').at(-1)]).toEqual([0, 'Nothing fails.']);
  const out = await run(['--profile', 'management-sso'], at.env);
  expect(out.code).toBe(6);
  expect(out.out).toContain('what to do: aws sso login --profile management-sso');
  expect(out.out).toContain('Fails: log-in.');
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
