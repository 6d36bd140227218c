import {
  CreatePermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { refusal, simulated } from './simulated.ts';

async function faulty(fault: string, more: object = {}) {
  const world = await simulated('fresh');
  const { arn: InstanceArn } = await world.instance();
  const ordered = await fetch(`${world.url}/_faults`, {
    method: 'POST',
    body: JSON.stringify({ fault, operation: 'sso:CreatePermissionSet', ...more }),
  });
  const { sso } = world.as();
  const create = (abortSignal?: AbortSignal) =>
    sso.send(
      new CreatePermissionSetCommand({ InstanceArn, Name: 'Faulty' }),
      abortSignal === undefined ? {} : { abortSignal },
    );
  const count = async () =>
    (await sso.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets?.length ?? 0;
  return { ...world, ordered, create, count };
}

test.each([
  ['reset-after-effect', /reset|hang up|aborted/i],
  ['500-after-effect', /unknown error/],
  ['truncated-body', /aborted|terminated|reset/i],
])('%s: the change is made, and its answer is lost', async (fault, message) => {
  const { create, count, ledger } = await faulty(fault);
  expect((await refusal(create())).message).toMatch(message);
  expect(await count()).toBe(1);
  expect((await ledger()).effects).toHaveLength(1);
  expect((await refusal(create())).name).toBe('ConflictException');
});

test.each([
  ['denied', 'AccessDeniedException'],
  ['throttle-burst', 'ThrottlingException'],
  ['conflict-busy', 'ConflictException'],
])('%s: nothing is done, as often as was asked', async (fault, name) => {
  const { create, count } = await faulty(fault, { times: 2 });
  expect((await refusal(create())).name).toBe(name);
  expect((await refusal(create())).name).toBe(name);
  expect(await count()).toBe(0);
  await create();
  expect(await count()).toBe(1);
});

test('hang: nothing is done and nothing answered', async () => {
  const { create, count } = await faulty('hang');
  expect((await refusal(create(AbortSignal.timeout(200)))).name).toMatch(/Abort|Timeout/);
  expect(await count()).toBe(0);
});

test('an order that cannot be understood is refused', async () => {
  const { ordered } = await faulty('earthquake');
  expect(ordered.status).toBe(400);
  expect(((await ordered.json()) as { message: string }).message).toMatch(
    /^There is no fault earthquake: denied, /,
  );
});

test('with a latency every answer takes that long', async () => {
  const { as } = await simulated('fresh', { latency: 120 });
  const begun = performance.now();
  await as().sso.send(new ListInstancesCommand({}));
  expect(performance.now() - begun).toBeGreaterThanOrEqual(119);
});
