import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlaceholders } from '../../model/exchange/placeholders.ts';
import { exchangeOf } from '../../model/exchange/record.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { State } from '../../simulator/organization/state.ts';
import { models } from '../../simulator/protocol/model.ts';
import { credentialsIn, type Likeness, likened } from '../../simulator/scenarios/likeness.ts';
import { startSimulator } from '../../simulator/server.ts';
import { putInForce, quietSdk } from '../process/environment.ts';
import { type Asked, looking } from './look.ts';
import { type Reading, readAll } from './reads.ts';

/** The same reads of a simulated organization that is like the real one, by somebody like who asks there. */
export async function simulatedReads(
  like: Likeness,
  who: Reading,
  env: Environment,
): Promise<readonly Asked[]> {
  let made: State | undefined;
  const simulator = await startSimulator({
    scenario: like.instance ? 'fresh' : 'no-instance',
    arrange: (state) => {
      made = likened(state, like);
      return made;
    },
  });
  const [, role] = /:assumed-role\/([^/]+)\//.exec(who.arn) ?? [];
  try {
    if (made === undefined) throw new Error('no simulated organization was made');
    const { accessKeyId, secretAccessKey, ...session } = credentialsIn(
      made,
      like,
      defined({ role: role ? likeRole(role) : undefined }),
    );
    const region = like.instance?.region ?? who.region ?? 'us-east-1';
    return await inEnvironment(
      env,
      {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        ...defined({ AWS_SESSION_TOKEN: session.token }),
        AWS_ENDPOINT_URL: simulator.url,
      },
      async (there) => {
        const stand = createPlaceholders();
        const { look, asked } = looking({ kind: 'environment' }, region, there, (answered) =>
          exchangeOf(models, answered, stand),
        );
        const account = made?.accounts[like.caller]?.id ?? '';
        const arn = role
          ? `arn:aws:sts::${account}:assumed-role/${likeRole(role)}/someone`
          : `arn:aws:iam::${account}:user/runbook-operator`;
        await readAll(look, { account, arn, role: who.role, region });
        return asked;
      },
    );
  } finally {
    await simulator.close();
  }
}
const likeRole = (role: string): string =>
  role.startsWith('AWSReservedSSO_') ? 'AWSReservedSSO_Example_0123456789abcdef' : 'Example';

/** Does something as if this machine had these credentials, and none of the operator’s. */
async function inEnvironment<T>(
  env: Environment,
  set: Environment,
  work: (there: Environment) => Promise<T>,
): Promise<T> {
  const none = join(tmpdir(), randomUUID()); // where no file is
  const there = {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_'))),
    ...set,
    ...{ AWS_CONFIG_FILE: none, AWS_SHARED_CREDENTIALS_FILE: none, AWS_EC2_METADATA_DISABLED: 'true' },
    ...quietSdk,
  };
  try {
    return await work(putInForce(there));
  } finally {
    putInForce(env);
  }
}
