import { Unusable } from './unusable.ts';

/** One profile of the AWS config and credentials files, merged. */
export interface Profile {
  readonly name: string;
  readonly region?: string;
  readonly endpoint_url?: string;
  /** Its `services` section: 'sts.endpoint_url' and the like. */
  readonly services?: Readonly<Record<string, string | undefined>>;
  readonly settings: Readonly<Record<string, string | undefined>>;
}

/** The profiles that AWS programs on this machine know, in the files' order. Throws `Unusable` for files that cannot be read. */
export async function profiles(): Promise<readonly Profile[]> {
  const { loadSharedConfigFiles } = await import('@smithy/shared-ini-file-loader');
  let files: Awaited<ReturnType<typeof loadSharedConfigFiles>>;
  try {
    files = await loadSharedConfigFiles({ ignoreCache: true });
  } catch (error) {
    throw new Unusable(
      `The AWS config files cannot be read: ${(error as Error).message}.`,
      'Mend or remove them: ~/.aws/config, ~/.aws/credentials, or what AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name.',
    );
  }
  const { configFile, credentialsFile } = files;
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
      ...(region ? { region } : {}),
      ...(endpoint_url ? { endpoint_url } : {}),
      ...(services ? { services } : {}),
    };
  });
}
