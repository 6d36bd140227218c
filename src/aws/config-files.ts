import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Unusable } from './local-config-error.ts';

/** One profile of the AWS config and credentials files, merged. */
export interface Profile {
  readonly name: string;
  readonly region?: string;
  readonly endpoint_url?: string;
  /** Its `services` section: 'sts.endpoint_url' and the like. */
  readonly services?: Readonly<Record<string, string | undefined>>;
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** The names of the settings that the credentials file gives. */
  readonly inCredentials?: readonly string[];
}

/** The profiles that AWS programs on this machine know, in the files' order. Throws `Unusable` for files that cannot be read. */
export async function profiles(): Promise<readonly Profile[]> {
  const { loadSharedConfigFiles, getHomeDir } = await import('@smithy/shared-ini-file-loader');
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
  const folder = join(getHomeDir(), '.aws');
  await refuseUnreadable(AWS_CONFIG_FILE || join(folder, 'config'), getHomeDir());
  await refuseUnreadable(AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials'), getHomeDir());
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  // Other sections come with a prefix: 'sso-session.name', 'services.name'.
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(
    (name) => !/^(sso-session|services|plugins)\./.test(name) && name !== 'plugins',
  );
  return names.map((name) => {
    const settings = { ...configFile[name], ...credentialsFile[name] };
    const { region, endpoint_url } = settings;
    const services =
      settings.services === undefined ? undefined : configFile[`services.${settings.services}`];
    return {
      name,
      settings,
      inCredentials: Object.keys(credentialsFile[name] ?? {}),
      ...(region ? { region } : {}),
      ...(endpoint_url ? { endpoint_url } : {}),
      ...(services ? { services } : {}),
    };
  });
}

/** The SDK takes a file that it cannot read for an empty one, and says that there is no such profile. */
async function refuseUnreadable(file: string, home: string): Promise<void> {
  const mend =
    'Mend the file, move it away, or name another with AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE.';
  let text: string;
  try {
    text = await readFile(file.startsWith('~/') ? join(home, file.slice(2)) : file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    throw new Unusable(`The AWS config file ${file} cannot be read (${code}).`, mend);
  }
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*([#;]|$)/.test(line));
  if (lines.length > 0 && !lines.some((line) => /^\s*\[.+\]/.test(line)))
    throw new Unusable(
      `The file ${file} is not an AWS config file: it has no section such as [default].`,
      mend,
    );
}
