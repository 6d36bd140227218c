import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { here } from '../here.ts';
import { portal } from './portal.ts';

// Nobody is there: what a person would have to do ends an unattended run with exit code 6, and nothing is sent for it.

async function machine() {
  const at = await portal({ settle: 0 });
  const [management] = at.simulator.accounts;
  await appendFile(
    join(at.folder, 'config'),
    `\n[profile coded]\nregion = us-east-1\nendpoint_url = ${at.simulator.url}\nrole_arn = arn:aws:iam::${management?.id}:role/AdminWithMFA\nsource_profile = management\nmfa_serial = ${management?.mfa.serial}\n`,
  );
  await mkdir(at.home, { recursive: true });
  const file = join(at.home, 'answers.json');
  const usual = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const env = { ...Object.fromEntries(usual), ...at.env, PATH: '/nonexistent' };
  return {
    at,
    serial: management?.mfa.serial ?? '',
    run: async (profile: string) => {
      const answers = { 'before-you-start.understood': 'attested' };
      await writeFile(file, JSON.stringify({ profiles: { management: profile }, answers }));
      return here(['run', '--answers', file, '--yes'], env);
    },
  };
}

test('a role that needs an MFA code: exit 6, which device, and what to use instead', async () => {
  const { run, at, serial } = await machine();
  const { code, err } = await run('coded');
  expect(code).toBe(6);
  expect(err).toContain(
    `profile coded: a code of the MFA device ${serial} is needed, and an unattended run cannot ask for one.`,
  );
  expect(err).toContain('Use credentials that need no code, such as an SSO profile');
  expect(await at.asked()).toEqual([]);
});

test('nobody is signed in, and there is no AWS CLI: exit 6, and no sign-in is begun', async () => {
  const { run, at } = await machine();
  const { code, err } = await run('management-sso');
  expect(code).toBe(6);
  expect(err).toMatch(/nobody is signed in[\s\S]*aws sso login --profile management-sso/);
  expect(await at.asked()).toEqual([]);
});
