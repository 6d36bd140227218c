import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { environment } from './hostile.ts';

/** AWS config files for one test, and nothing else of this machine: `set` is all that stands in the environment. */
export function awsFiles(
  config: string,
  credentials = '',
  set: Readonly<Record<string, string>> = {},
): { readonly home: string } {
  const home = mkdtempSync(join(tmpdir(), 'aws-files-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  writeFileSync(join(home, 'config'), config);
  writeFileSync(join(home, 'credentials'), credentials);
  environment({
    HOME: home,
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    ...set,
  });
  return { home };
}

/** A profile of each of the files. */
export const keysOf = (
  name: string,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
) => `[${name}]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`;
