import { expect, test } from 'vitest';
import { connect } from '../../src/aws/client.ts';
import { environmentHere, putInForce, quietSdk } from '../../src/commands/process/environment.ts';
import { answering, environment, json, tags, thrown, write } from './hostile.ts';

test('nothing of the SDK is written over the screen', async () => {
  const { url } = await answering((response, { operation }) =>
    operation === 'ListInstances'
      ? json(response, 200, { Instances: [] })
      : json(response, 400, { __type: 'ConflictException' }),
  );
  environment({
    AWS_ENDPOINT_URL: url,
    AWS_PROFILE: 'some',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined,
  });
  const said: unknown[] = [];
  const hear = (warning: unknown): void => void said.push(warning);
  process.on('warning', hear);
  const { warn, error } = console;
  console.warn = hear;
  console.error = hear;
  try {
    const aws = connect({
      env: putInForce({ ...environmentHere(), ...quietSdk }), // as the program does when it starts
      actor: 'management',
      source: { kind: 'environment' },
      region: undefined,
      program: 'cw-runbook/0.1.0',
    });
    await aws.read('sso:ListInstances', {});
    await thrown(aws.send(write, tags));
    await new Promise((resolve) => setImmediate(resolve)); // warnings are emitted in the next turn
  } finally {
    Object.assign(console, { warn, error });
    process.off('warning', hear);
  }
  expect(said).toEqual([]);
});
