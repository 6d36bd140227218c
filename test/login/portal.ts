import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { writeProfiles } from '../../src/simulator/profiles.ts';
import { type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import { organizationSeed } from '../seed.ts';

/** What is in a cached token of an SSO session, as the AWS CLI writes it. */
export interface CachedToken {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** A simulated organization whose people log in to the access portal, and a machine of its own for one of them. */
export async function portal(options: Partial<SimulatorOptions> = {}) {
  const simulator = await startSimulator({
    ...{ scenario: 'fresh', settle: 100, seed: organizationSeed() },
    ...options,
  });
  onTestFinished(() => simulator.close());
  const home = await mkdtemp(join(tmpdir(), 'cw-login-'));
  const folder = join(home, '.aws');
  await writeProfiles(folder, simulator, undefined, 'sso');
  const bin = join(home, 'bin');
  await mkdir(bin);
  const script = `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'stand-in.mjs')}" "$@"\n`;
  await writeFile(join(bin, 'aws'), script);
  await chmod(join(bin, 'aws'), 0o755);
  const env: Readonly<Record<string, string | undefined>> = {
    HOME: home,
    CW_RUNBOOK_HOME: join(home, 'state'),
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_ENDPOINT_URL: simulator.url,
    AWS_ENDPOINT_URL_SSO: simulator.url,
    AWS_ENDPOINT_URL_SSO_OIDC: simulator.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    PATH: `${bin}:${process.env.PATH}`,
  };
  const file = join(folder, 'sso', 'cache', `${createHash('sha1').update('simulated').digest('hex')}.json`);
  return {
    simulator,
    home,
    folder,
    env,
    file,
    /** Logs in as in another window. `lasts`: seconds that the token says that it lasts. */
    logIn: async (lasts?: number): Promise<void> => {
      const more = lasts === undefined ? {} : { STAND_IN_LASTS: String(lasts) };
      const args = ['sso', 'login', '--profile', 'management-sso'];
      await promisify(execFile)(join(bin, 'aws'), args, { env: { ...process.env, ...env, ...more } });
    },
    token: async (): Promise<CachedToken> => JSON.parse(await readFile(file, 'utf8')) as CachedToken,
    put: async (token: CachedToken): Promise<void> => {
      await mkdir(join(folder, 'sso', 'cache'), { recursive: true });
      await writeFile(file, JSON.stringify(token));
    },
    /** What AWS, the portal and its sign-in service were asked. */
    asked: async (): Promise<readonly string[]> => {
      const ledger = (await (await fetch(`${simulator.url}/_ledger`)).json()) as {
        readonly requests: readonly { readonly operation: string }[];
      };
      return ledger.requests.map(({ operation }) => operation);
    },
  };
}
export type Portal = Awaited<ReturnType<typeof portal>>;

/** Makes this process one on the portal's machine, for as long as the test goes on. */
export function live(at: Portal, more: Readonly<Record<string, string | undefined>> = {}): void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  for (const [name, value] of Object.entries({ ...at.env, ...more }))
    if (value !== undefined) process.env[name] = value;
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
}
