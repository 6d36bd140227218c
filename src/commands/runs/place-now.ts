import { unverified } from '../../aws/checkup/surroundings.ts';
import { endpointOf } from '../../aws/settings/endpoint.ts';
import { LocalConfigError } from '../../aws/settings/local-config-error.ts';
import type { Environment } from '../../model/text/environment.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import type { Place } from './runs.ts';

/** Where this shell's AWS calls go, with the profiles named, if any are. Throws `CliError` where they must not go. */
export async function placeNow(env: Environment, profiles?: readonly string[]): Promise<Place> {
  if (unverified.is(env))
    throw new CliError(
      exitCodes.credentials,
      `${unverified.found}. No credentials were used, and nothing was changed.`,
      `What to do: ${unverified.remedy} What else there is: ${asCommand('cw-runbook doctor')}.`,
    );
  try {
    return { endpoint: await endpointOf(env, profiles), simulated: false };
  } catch (error) {
    if (error instanceof LocalConfigError)
      throw new CliError(exitCodes.credentials, error.message, error.remedy);
    throw error;
  }
}

/** Throws `CliError` where the config files have no profile of this name: the nearest is named. Nothing is sent. */
export async function refuseMissingProfile(name: string, env: Environment): Promise<void> {
  const { refuseMissing } = await import('../../aws/identities.ts');
  try {
    await refuseMissing({ kind: 'profile', name }, env);
  } catch (error) {
    if (error instanceof LocalConfigError)
      throw new CliError(exitCodes.credentials, error.message, error.remedy);
    throw error;
  }
}
