import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { homeIn } from './home.ts';
import { LocalConfigError } from './local-config-error.ts';

type Settings = Readonly<Record<string, string | undefined>>;
/** One profile of the AWS config and credentials files, merged. */
export interface Profile {
  readonly name: string;
  readonly region?: string;
  readonly endpoint_url?: string;
  /** Its `services` section: 'sts.endpoint_url' and the like. */
  readonly services?: Settings;
  readonly settings: Settings;
  /** The names of the settings that the credentials file gives. */
  readonly inCredentials?: readonly string[];
}
/** One of the two files, as it lies on this machine. */
export interface ConfigFile {
  readonly about: 'config' | 'credentials';
  readonly path: string;
  readonly variable: 'AWS_CONFIG_FILE' | 'AWS_SHARED_CREDENTIALS_FILE'; // which may name it
  /** Undefined where there is none. */
  readonly text: string | undefined;
  /** Why it cannot be read: Node's code. */
  readonly unreadable?: string;
}
/** Both files, read and taken apart once for as long as they stay as they are: there may be thousands of profiles. */
export interface ConfigFiles {
  readonly config: ConfigFile;
  readonly credentials: ConfigFile;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** `sso-session` sections, by name. */
  readonly sessions: Readonly<Record<string, Settings>>;
  /** The file that a profile's setting counts from. */
  readonly fileOf: (profile: string, key: string) => string;
  /** The sections of each file as the AWS SDK takes them apart. */
  readonly parsed: { readonly config: Sections; readonly credentials: Sections };
}
export type Sections = Readonly<Record<string, Settings>>;

let known: { readonly state: string; readonly files: Promise<ConfigFiles> } | undefined;

/** What the files hold now. A file is opened again only when it has changed since. */
export async function configFiles(env: Environment): Promise<ConfigFiles> {
  const paths = pathsIn(env);
  const state = JSON.stringify([paths, stateOf(paths.config), stateOf(paths.credentials)]);
  if (known?.state !== state) {
    const files = taken(paths);
    known = { state, files };
    files.catch(() => {
      if (known?.files === files) known = undefined;
    });
  }
  return known.files;
}

/** The profiles that AWS programs on this machine know, in the files' order. Throws `LocalConfigError` for files that cannot be read. */
export async function profiles(env: Environment): Promise<readonly Profile[]> {
  const files = await configFiles(env);
  refuseUnreadable(files.config);
  refuseUnreadable(files.credentials);
  return [...files.profiles.values()];
}

interface Paths {
  readonly config: string;
  readonly credentials: string;
}
/** Where the SDK looks for them. */
function pathsIn(env: Environment): Paths {
  const home = homeIn(env);
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = env;
  const at = (named: string | undefined, usual: string): string =>
    named ? (named.startsWith('~/') ? join(home, named.slice(2)) : named) : join(home, '.aws', usual);
  return {
    config: at(AWS_CONFIG_FILE, 'config'),
    credentials: at(AWS_SHARED_CREDENTIALS_FILE, 'credentials'),
  };
}
/** Asked for before every request: at once, without another thread. */
function stateOf(path: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs, mode } = statSync(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs, mode].join(' ');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  }
}

async function taken(paths: Paths): Promise<ConfigFiles> {
  const [config, credentials] = await Promise.all([
    opened('config', paths.config, 'AWS_CONFIG_FILE'),
    opened('credentials', paths.credentials, 'AWS_SHARED_CREDENTIALS_FILE'),
  ]);
  const { loadSharedConfigFiles, externalDataInterceptor } = await import('@smithy/shared-ini-file-loader');
  // The SDK's own parser, on the text that was read: what it passes over is passed over here.
  for (const { path, text } of [config, credentials]) externalDataInterceptor.interceptFile(path, text ?? '');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    configFilepath: config.path,
    filepath: credentials.path,
  });
  // Other sections come with a prefix: 'sso-session.name', 'services.name'; in the credentials file also 'profile.name'.
  const isProfile = (name: string): boolean =>
    !/^(sso-session|services|plugins)\./.test(name) && name !== 'plugins';
  const names = new Set([
    ...Object.keys(configFile),
    ...Object.keys(credentialsFile).filter(
      (name) => !name.startsWith('profile.') || isWritten(credentials, name),
    ),
  ]);
  const all = [...names].filter(isProfile).map((name): [string, Profile] => {
    const settings = { ...configFile[name], ...credentialsFile[name] };
    const { region, endpoint_url } = settings;
    const services =
      settings.services === undefined ? undefined : configFile[`services.${settings.services}`];
    return [
      name,
      {
        name,
        settings,
        inCredentials: Object.keys(credentialsFile[name] ?? {}),
        ...defined({ region: region || undefined, endpoint_url: endpoint_url || undefined, services }),
      },
    ];
  });
  return {
    ...{ config, credentials, profiles: new Map(all) },
    sessions: Object.fromEntries(
      Object.entries(configFile).flatMap(([name, settings]) =>
        name.startsWith('sso-session.') ? [[name.slice('sso-session.'.length), settings]] : [],
      ),
    ),
    fileOf: (profile, key) =>
      credentialsFile[profile]?.[key] === undefined ? config.path : credentials.path,
    parsed: { config: configFile, credentials: credentialsFile },
  };
}
/** A profile may well be called profile.x; [profile x] is none in the credentials file. */
const isWritten = ({ text = '' }: ConfigFile, name: string): boolean => text.includes(`[${name}]`);

async function opened(
  about: ConfigFile['about'],
  path: string,
  variable: ConfigFile['variable'],
): Promise<ConfigFile> {
  try {
    return { about, path, variable, text: await textOf(path) };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const none = code === 'ENOENT' || code === 'ENOTDIR';
    return { about, path, variable, text: undefined, ...defined({ unreadable: none ? undefined : code }) };
  }
}

/** A file is read at once, without another thread; what is none (`<(…)` in a shell) is waited for. */
const textOf = (path: string): string | Promise<string> =>
  statSync(path).isFile() ? readFileSync(path, 'utf8') : readFile(path, 'utf8');

/** The SDK takes a file that it cannot read for an empty one, and says that there is no such profile. */
function refuseUnreadable({ path, text = '', unreadable }: ConfigFile): void {
  const mend =
    'Fix the file, move it away, or name another with AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE.';
  if (unreadable !== undefined)
    throw new LocalConfigError(`The AWS config file ${path} cannot be read (${unreadable}).`, mend);
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*([#;]|$)/.test(line));
  if (lines.length > 0 && !lines.some((line) => /^\s*\[.+\]/.test(line)))
    throw new LocalConfigError(
      `The file ${path} is not an AWS config file: it has no section such as [default].`,
      mend,
    );
}
