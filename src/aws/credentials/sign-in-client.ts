import type { Source } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { endpointModes, unasked } from '../settings/client-defaults.ts';
import { connections, usual } from '../settings/connections.ts';
import { sdkSettings } from '../settings/sdk-settings.ts';
import { signInEndpoints } from './sign-in-endpoints.ts';

/**
 * How the clients are made that get credentials, those inside the SDK's providers too: all of them go to the same place
 * in the same way. Throws `LocalConfigError` where they must not be asked.
 */
export async function signInClient(source: Source, env: Environment) {
  const settings = await sdkSettings(source, env);
  const { sts, address, ...endpoints } = await signInEndpoints(source, env);
  return {
    settings,
    sts,
    clientConfig: {
      ...unasked,
      maxAttempts: 3,
      ...endpoints,
      ...defined({ endpoint: address?.url }),
      ...endpointModes(settings, address),
      requestHandler: await connections(usual, false, env),
    },
  };
}
