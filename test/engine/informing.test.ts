import { expect, test } from 'vitest';
import { informing, type Missed } from '../../src/engine/informing.ts';
import { type Aws, type Limit, OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';

/** A way into AWS on which every reading fails as `error` is at the time, and a clock. */
function failing(first: Error) {
  const asked: (Limit | undefined)[] = [];
  const clock = { now: 1_000_000 };
  const state = { error: first };
  const read = (_: unknown, __: unknown, limit?: Limit): Promise<never> => {
    asked.push(limit);
    return Promise.reject(state.error);
  };
  const missed: Missed = new Map();
  const aws = informing({ region: 'us-east-1', read } as unknown as Aws, {
    ...{ operations: new Set(['sso:ListApplications', 'iam:SimulatePrincipalPolicy'] as const) },
    ...{ who: 'management', missed, now: () => clock.now },
  });
  const look = (operation: 'sso:ListApplications' | 'iam:SimulatePrincipalPolicy' | 'sso:ListInstances') =>
    aws.read(operation, {} as never).then(
      () => expect.fail('it has an answer'),
      (error: unknown) => error,
    );
  return { asked, clock, look, state };
}

test('what is silent is waited for 5 s, told as refused, and not asked again for 30 s', async () => {
  const { asked, clock, look } = failing(new OutcomeUnknown('timed out'));
  const first = await look('sso:ListApplications');
  expect(first).toBeInstanceOf(RequestRejected);
  expect((first as Error).message).toContain('timed out');
  expect(asked).toEqual([{ within: 5_000 }]);
  clock.now += 29_999;
  expect(await look('sso:ListApplications')).toBe(first);
  expect(asked).toHaveLength(1);
  clock.now += 1;
  await look('sso:ListApplications');
  expect(asked).toHaveLength(2);
});

test('too many requests are silence, too; a refusal is none, and is asked about each time', async () => {
  const { asked, look, state } = failing(new RequestRejected('ThrottlingException', 'Rate exceeded', ''));
  await look('sso:ListApplications');
  await look('sso:ListApplications');
  expect(asked).toHaveLength(1);
  state.error = new RequestRejected('AccessDeniedException', 'no', '');
  await look('sso:ListInstances');
  expect(await look('sso:ListInstances')).toBe(state.error);
  expect(asked).toHaveLength(3);
});

test('who may not simulate is not asked to for five minutes', async () => {
  const denied = new RequestRejected('AccessDenied', 'no', '');
  const { asked, clock, look } = failing(denied);
  expect(await look('iam:SimulatePrincipalPolicy')).toBe(denied);
  clock.now += 299_999;
  expect(await look('iam:SimulatePrincipalPolicy')).toBe(denied);
  expect(asked).toHaveLength(1);
  clock.now += 1;
  await look('iam:SimulatePrincipalPolicy');
  expect(asked).toHaveLength(2);
});
