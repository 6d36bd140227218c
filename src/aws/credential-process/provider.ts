import type { Environment } from '../../model/text/environment.ts';
import type { Profile } from '../settings/config-files.ts';
import { CredentialProcessFailed } from './failed.ts';
import { credentialsIn, type ProcessCredentials } from './output.ts';
import { type Lend, outputInTerminal, outputOf } from './running.ts';

/** The SDK takes credentials for ended so long before they do, and so does this. */
const early = 5 * 60_000; // ms

/**
 * What was given last, by profile. Each connection would ask anew, and somebody would have to touch his key for each.
 * `used`: who they are was asked with them.
 */
const given = new Map<string, Given>();
interface Given {
  readonly command: string;
  readonly credentials: ProcessCredentials;
  used: boolean;
}

/** Who somebody is, is asked anew: what was given before that counts no more, but for what nobody has used yet. */
export function askAnew(profile: string): void {
  if (given.get(profile)?.used) given.delete(profile);
}

/** Gives what the profile's credential_process gives. Each time it is asked, it asks for others than it gave before. */
export function fromCredentialProcess(profile: Profile, env: Environment): () => Promise<ProcessCredentials> {
  const { name, settings } = profile;
  const { credential_process: command = '' } = settings;
  let last: ProcessCredentials | undefined;
  return async () => {
    const known = given.get(name);
    if (known?.command === command && known.credentials !== last && lasts(known.credentials)) {
      known.used = true;
      last = known.credentials;
      return last;
    }
    last = read(profile, await outputOf(name, command, env));
    given.set(name, { command, credentials: last, used: true });
    return last;
  };
}

/** Runs it, and keeps what it gives for whoever asks next. Throws `CredentialProcessFailed`. */
export async function tryProcess(profile: Profile, env: Environment): Promise<void> {
  const { credential_process: command = '' } = profile.settings;
  const credentials = read(profile, await outputOf(profile.name, command, env));
  given.set(profile.name, { command, credentials, used: false });
}

/** Runs it in the operator's terminal, and keeps what it gives for whoever asks next. Throws `CredentialProcessFailed`. */
export async function runInTerminal(profile: Profile, env: Environment, lend: Lend): Promise<void> {
  const { credential_process: command = '' } = profile.settings;
  const printed = await outputInTerminal(profile.name, command, env, lend);
  given.set(profile.name, { command, credentials: read(profile, printed), used: false });
}

function read({ name, settings }: Profile, printed: string): ProcessCredentials {
  const found = credentialsIn(printed, settings.aws_account_id);
  if ('wrong' in found) throw new CredentialProcessFailed(name, found.wrong, '');
  return found;
}
const lasts = ({ expiration }: ProcessCredentials): boolean =>
  expiration === undefined || expiration.getTime() - Date.now() > early;
