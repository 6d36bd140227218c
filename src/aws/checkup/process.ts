import type { Environment } from '../../model/text/environment.ts';
import { CredentialProcessFailed } from '../credential-process/failed.ts';
import { tryProcess } from '../credential-process/provider.ts';
import type { Profile } from '../settings/config-files.ts';
import { type Check, fails, ok } from './check.ts';

/** Starts a credential_process, and says how it ended. Nothing that it was given or gave is told. */
export async function runProcess(profile: Profile, env: Environment): Promise<Check> {
  const { name } = profile;
  try {
    await tryProcess(profile, env);
    return ok('credential_process', `that of profile ${name} gives credentials`);
  } catch (error) {
    if (!(error instanceof CredentialProcessFailed)) throw error;
    const { how, said, silent } = error;
    const ended = silent && how !== error.message ? `${how} and said nothing` : how;
    const words = silent ? '' : `: ${said}`;
    return fails(
      'credential_process',
      `that of profile ${name} ${ended}${words}`,
      `Fix the credential_process of profile ${name}: start it by hand to see what it says.`,
    );
  }
}
