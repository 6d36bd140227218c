import type { DeviceSignIn, Login, Source, UnusableCredentials } from '../model/identity.ts';
import { loginLine, whoever } from '../model/identity.ts';
import { CredentialsError, problemOf } from '../model/reader.ts';
import type { Environment } from '../model/text/environment.ts';
import { SignInRefused } from './credentials/device-service.ts';
import {
  beginDeviceSignIn,
  describeEnded,
  describeForbidden,
  type Time,
} from './credentials/device-sign-in.ts';
import { notHad } from './errors.ts';
import { refuseElsewhere } from './own-endpoint.ts';
import { profiles } from './settings/config-files.ts';
import { LocalConfigError } from './settings/local-config-error.ts';

/** A sign-in with a code, as it is shown, and how it ends: undefined where somebody is signed in. */
interface Begun {
  readonly shown: DeviceSignIn;
  readonly ended: Promise<UnusableCredentials | undefined>;
}

/**
 * Signs in to IAM Identity Center without the AWS CLI: AWS gives a code, the operator enters it on AWS's page, and AWS is
 * asked until it says how that ended. `endpoint`: where the run's calls go; nothing is sent elsewhere. What is had by it
 * stays in this process.
 */
export async function signInWithCode(
  login: Login,
  { env, endpoint, time }: { readonly env: Environment; readonly endpoint: string; readonly time: Time },
): Promise<Begun | UnusableCredentials> {
  const source: Source = { kind: 'profile', name: login.profile };
  const command = loginLine(login);
  const failed = (error: unknown): UnusableCredentials => {
    if (error instanceof LocalConfigError) return { problem: error.message, remedy: error.remedy };
    if (error instanceof SignInRefused && error.$metadata.httpStatusCode < 500)
      return { ...describeForbidden(error.message, login.profile, command), login: byCommand(login) };
    const found = notHad(error, { actor: whoever, source, env });
    if (found instanceof CredentialsError) return { ...problemOf(found), login };
    throw found;
  };
  try {
    await refuseElsewhere(source, endpoint, env);
    const profile = (await profiles(env)).find(({ name }) => name === login.profile);
    if (!profile)
      return {
        problem: `Profile “${login.profile}” no longer exists.`,
        remedy: 'Choose other credentials.',
      };
    const { shown, ended } = await beginDeviceSignIn(profile, source, env, time.now);
    return {
      shown,
      ended: ended(time).then((how) => {
        const found = describeEnded(how, login.profile, command);
        return found && { ...found, login: how.is === 'forbidden' ? byCommand(login) : login };
      }, failed),
    };
  } catch (error) {
    return failed(error);
  }
}

/** What can still work where AWS forbids the sign-in with a code: the AWS CLI, once it is installed. */
const byCommand = ({ by, profile }: Login): Login => ({ by, profile, codeForbidden: true });
