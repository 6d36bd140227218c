import { CreatePermissionSetCommand, PutInlinePolicyToPermissionSetCommand } from '@aws-sdk/client-sso-admin';
import { expect } from 'vitest';
import { documentedPolicy } from '../../steps/policies/index.ts';
import { both, sampled, test } from '../more.ts';
import { view } from '../simulator/simulated.ts';
import { bench } from './bench.ts';
import { someoneIn } from './someone.ts';

/** An organization in which somebody has made the set already. */
async function withSet(more: object, policy: string) {
  const at = await bench('delegated');
  const world = view(at.simulator);
  const { arn: InstanceArn } = await world.instance();
  const { sso } = world.as();
  const { PermissionSet } = await sso.send(
    new CreatePermissionSetCommand({ InstanceArn, Name: 'CodeWhisperer_administrator', ...more }),
  );
  const { PermissionSetArn } = PermissionSet ?? {};
  await sso.send(
    new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy: policy }),
  );
  const answers = {
    'assign-administrator.target': at.account('Workloads Dev').id,
    'administrator-user.user': await someoneIn(at.simulator),
  };
  return { at, run: (existing: object = {}) => at.run({ ...answers, ...existing }) };
}

// What is as long as what is in test/model/text/duration.test.ts.
both.each(sampled(['PT60M', 'PT3600S', 'P0DT1H'], 3))(
  'sessions of %s are those of an hour: nothing is asked',
  async (one) => {
    const { run } = await withSet({ SessionDuration: one }, documentedPolicy.text);
    const ended = await run();
    expect(ended.code, ended.err).toBe(0);
  },
);

test('before a set is used that a tool keeps, it is said', async () => {
  const { at, run } = await withSet(
    { Tags: [{ Key: 'ManagedBy', Value: 'terraform' }], RelayState: 'https://example.com/start' },
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    }),
  );
  const asked = await run();
  expect(asked.code).toBe(4);
  const [, use = ''] = /(use@[\w.]+)/.exec(asked.err) ?? [];
  const danger = await run({ 'permission-set.existing': use });
  expect(danger.code).toBe(4);
  expect(danger.err).toContain('terraform (tag ManagedBy=terraform) manages it');
  expect(danger.err).toContain('opens https://example.com/start (its relay state)');
  expect((await at.effects()).length).toBe(2);
});
