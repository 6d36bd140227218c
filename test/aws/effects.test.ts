import { expect, test } from 'vitest';
import { OutcomeUnknown, RequestRejected } from '../../src/model/reader.ts';
import { simulated } from '../simulator/simulated.ts';
import { tags, thrown, to } from './hostile.ts';

/** For what never answers, and is asked all the same. */
const brief = { connect: 5_000, answer: 1_000 };

test.each([
  ['reset-after-effect', OutcomeUnknown, 1],
  ['500-after-effect', OutcomeUnknown, 1],
  ['truncated-body', OutcomeUnknown, 1],
  ['hang', OutcomeUnknown, 0],
  ['conflict-busy', RequestRejected, 0],
  ['denied-by-scp', RequestRejected, 0],
  ['throttle-burst', RequestRejected, 0],
] as const)(
  '%s: one request, and no more effects than the organization has',
  async (fault, kind, effects) => {
    const { url, management, instance, ledger } = await simulated('fresh');
    const { arn } = await instance();
    const operation = 'sso:CreatePermissionSet';
    const ordered = await fetch(`${url}/_faults`, {
      method: 'POST',
      body: JSON.stringify({ fault, operation }),
    });
    expect(ordered.status).toBe(200);
    const aws = to(url, management, fault === 'hang' ? brief : undefined);
    const call = { operation, input: { InstanceArn: arn, Name: 'CodeWhisperer_administrator' } } as const;
    expect(await thrown(aws.send(call, tags))).toBeInstanceOf(kind);
    const kept = await ledger();
    expect(kept.requests.filter((one) => one.operation === operation)).toHaveLength(1);
    expect(kept.effects).toHaveLength(effects);
  },
);

test('a write that is answered has its request’s id, and its run and attempt in the ledger', async () => {
  const { url, management, withRole, ledger } = await simulated('fresh');
  const aws = to(url, management);
  const input = { ServicePrincipal: 'sso.amazonaws.com', AccountId: withRole('member').id };
  const reply = await aws.send({ operation: 'organizations:RegisterDelegatedAdministrator', input }, tags);
  expect(reply).toEqual({ output: {}, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const { requests } = await ledger();
  expect(requests).toHaveLength(1);
  expect(requests[0]?.userAgent).toContain('md/run#01RUN md/act#assign-create-2');
});
