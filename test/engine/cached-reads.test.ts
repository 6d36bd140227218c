import { expect, test } from 'vitest';
import { type Allowed, cacheReads } from '../../src/engine/reading/cached-reads.ts';
import type { Aws } from '../../src/model/reader.ts';
import { setup } from './process.ts';

const question = {
  PolicySourceArn: 'arn:aws:iam::111111111111:user/ann',
  ActionNames: ['sso:ListInstances'],
};

/** A way into AWS that counts what it is asked, and a clock. */
function aws(decide: () => { decision: string; missing?: readonly string[]; onResource?: string }) {
  const counts = { 'sts:GetCallerIdentity': 0, 'iam:SimulatePrincipalPolicy': 0 };
  const allowed: Allowed = new Map();
  const clock = { now: 1_000_000 };
  const way = {
    read: async () => {
      counts['sts:GetCallerIdentity']++;
      return { Account: '111111111111' };
    },
    pages: async function* () {
      counts['iam:SimulatePrincipalPolicy']++;
      const { decision, missing = [], onResource = decision } = decide();
      const ResourceSpecificResults = [{ EvalResourceName: '*', EvalResourceDecision: onResource }];
      yield {
        EvaluationResults: [
          { EvalDecision: decision, MissingContextValues: missing, ResourceSpecificResults },
        ],
      };
    },
  } as unknown as Aws;
  const look = async (input: object = question) => {
    const eyes = cacheReads(way, allowed, () => clock.now);
    await eyes.read('sts:GetCallerIdentity', {});
    await eyes.read('sts:GetCallerIdentity', {});
    const pages = [];
    for await (const page of eyes.pages('iam:SimulatePrincipalPolicy', input as never)) pages.push(page);
    return pages;
  };
  return { counts, clock, look };
}

test('in one look the caller is asked for once, in the next one again', async () => {
  const { counts, look } = aws(() => ({ decision: 'allowed' }));
  await look();
  expect(counts['sts:GetCallerIdentity']).toBe(1);
  await look();
  expect(counts['sts:GetCallerIdentity']).toBe(2);
});

test('what was allowed is not asked again for five minutes, and then is', async () => {
  const { counts, clock, look } = aws(() => ({ decision: 'allowed' }));
  const first = await look();
  clock.now += 299_999;
  expect(await look()).toEqual(first);
  expect(counts['iam:SimulatePrincipalPolicy']).toBe(1);
  clock.now += 1;
  await look();
  expect(counts['iam:SimulatePrincipalPolicy']).toBe(2);
});

test('another caller, or other actions, are another question; a clock that was set back tells nothing', async () => {
  const { counts, clock, look } = aws(() => ({ decision: 'allowed' }));
  await look();
  await look({ ...question, PolicySourceArn: 'arn:aws:iam::111111111111:user/ben' });
  await look({ ...question, ActionNames: ['sso:CreatePermissionSet'] });
  expect(counts['iam:SimulatePrincipalPolicy']).toBe(3);
  clock.now -= 1;
  await look();
  expect(counts['iam:SimulatePrincipalPolicy']).toBe(4);
});

test.each([
  [{ decision: 'implicitDeny' }],
  [{ decision: 'allowed', onResource: 'explicitDeny' }],
  [{ decision: 'allowed', missing: ['aws:SourceIp'] }],
])('what is not simply allowed is asked each time: %o', async (answer) => {
  const { counts, look } = aws(() => answer);
  await look();
  await look();
  expect(counts['iam:SimulatePrincipalPolicy']).toBe(2);
});

test('an answer about nothing is no permission: it is asked again', async () => {
  let asked = 0;
  const way = {
    pages: async function* () {
      asked++;
      yield { EvaluationResults: [] };
    },
  } as unknown as Aws;
  const allowed: Allowed = new Map();
  for (const _ of [1, 2])
    for await (const __ of cacheReads(way, allowed, () => 0).pages('iam:SimulatePrincipalPolicy', question));
  expect(asked).toBe(2);
});

test('once AWS has refused a change, what IAM allowed is asked again before it is offered once more', async () => {
  const simulated = () =>
    w.reads.filter((one) => JSON.stringify(one).includes('SimulatePrincipalPolicy')).length;
  const asked: number[] = [];
  const { w, p } = setup(
    { denied: 'organizations:RegisterDelegatedAdministrator' },
    {
      on: (ask) => {
        if (ask.is === 'confirm') asked.push(simulated());
        if (asked.length === 2) return { do: 'leave' };
        return ask.is === 'failed' ? { do: 'again' } : undefined;
      },
    },
  );
  await p.all();
  const [offered = 0, offeredAgain = 0] = asked;
  expect(offered).toBeGreaterThan(0);
  expect(offeredAgain).toBeGreaterThan(offered);
});
