import type { Environment } from '../../model/text/environment.ts';
import { type ConfigFiles, configFiles, type Sections } from './config-files.ts';

/**
 * What the AWS SDK is to find when it looks for a profile. Its credential providers read and take apart both files again
 * and again, as a whole: they get the sections that this process uses, as they are now.
 */
export async function offerToSdk(profile: string, env: Environment): Promise<void> {
  const files = await configFiles(env);
  used.add(profile);
  // One file may be named for both: then it is given as it is.
  const { config, credentials } =
    files.config.path === files.credentials.path
      ? { config: files.config.text ?? '', credentials: files.config.text ?? '' }
      : reduced(files);
  const { externalDataInterceptor } = await import('@smithy/shared-ini-file-loader');
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = env;
  // By the name that the environment has for it, too: the SDK resolves '~/' in one place, and not in another.
  for (const path of [files.config.path, AWS_CONFIG_FILE])
    if (path) externalDataInterceptor.interceptFile(path, config);
  for (const path of [files.credentials.path, AWS_SHARED_CREDENTIALS_FILE])
    if (path) externalDataInterceptor.interceptFile(path, credentials);
}
const used = new Set<string>();

function reduced({ parsed, profiles }: ConfigFiles): {
  readonly config: string;
  readonly credentials: string;
} {
  const names = new Set<string>();
  const follow = (name: string | undefined): void => {
    if (name === undefined || names.has(name)) return;
    names.add(name);
    follow(profiles.get(name)?.settings.source_profile);
  };
  for (const name of used) follow(name);
  const sessions = [...names].flatMap((name) => profiles.get(name)?.settings.sso_session ?? []);
  return {
    config: [
      ...[...names].map((name) =>
        section(name === 'default' ? name : `profile ${name}`, parsed.config, name),
      ),
      ...new Set(
        sessions.map((name) => section(`sso-session ${name}`, parsed.config, `sso-session.${name}`)),
      ),
    ].join(''),
    credentials: [...names].map((name) => section(name, parsed.credentials, name)).join(''),
  };
}

/** A section as text. Nested settings are of no use to a provider. */
function section(header: string, from: Sections, name: string): string {
  const settings = Object.entries(from[name] ?? {}).filter(([key]) => !key.includes('.'));
  if (from[name] === undefined) return '';
  return `[${header}]\n${settings.map(([key, value = '']) => `${key} = ${value}\n`).join('')}`;
}
