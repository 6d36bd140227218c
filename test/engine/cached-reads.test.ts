import { expect, test } from 'vitest';
import { type Allowed, cacheReads } from '../../src/engine/reading/cached-reads.ts';
import type { Aws } from '../../src/model/reader.ts';
import { setup } from './process.ts';

const question = {
  PolicySourceArn: 'arn:aws:iam::111111111111:user/ann',
  ActionNames: ['sso:ListInstances'],
};

interface Question {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[];
}
const OrganizationsDecisionDetail = { AllowedByOrganizations: true };

/** A way into AWS that counts what it is asked, and a clock. */
function aws(decide: () => { decision: string; missing?: readonly string[]; onResource?: string }) {
  const asked: (readonly string[])[] = [];
  const counts = { 'iam:SimulatePrincipalPolicy': 0 };
  const allowed: Allowed = new Map();
  const clock = { now: 1_000_000 };
  const way = {
    pages: async function* (_: unknown, { ActionNames, ResourceArns = ['*'] }: Question) {
      counts['iam:SimulatePrincipalPolicy']++;
      asked.push(ActionNames);
      const { decision, missing = [], onResource = decision } = decide();
      const ResourceSpecificResults = ResourceArns.map((EvalResourceName) => ({
        EvalResourceName,
        EvalResourceDecision: onResource,
      }));
      yield {
        EvaluationResults: ActionNames.map((EvalActionName) => ({
          ...{ EvalActionName, EvalDecision: decision, OrganizationsDecisionDetail },
          ...{ MissingContextValues: missing, ResourceSpecificResults },
        })),
      };
    },
  } as unknown as Aws;
  const look = async (input: object = question) => {
    const eyes = cacheReads(way, allowed, () => clock.now);
    const pages = [];
    for await (const page of eyes.pages('iam:SimulatePrincipalPolicy', input as never)) pages.push(page);
    return pages;
  };
  return { counts, asked, clock, look };
}

test('what was allowed is not asked again for five minutes, and then is', async () => {
  const { counts, clock, look } = aws(() => ({ decision: 'allowed' }));
  const [first] = await look();
  clock.now += 299_999;
  const result = { EvalDecision: 'allowed', OrganizationsDecisionDetail };
  expect([first, ...(await look())]).toMatchObject(
    [1, 2].map(() => ({ EvaluationResults: [{ EvalActionName: 'sso:ListInstances', ...result }] })),
  );
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

test('of several actions only those are asked about of which it is not known', async () => {
  const { asked, look } = aws(() => ({ decision: 'allowed' }));
  const [one, two] = ['arn:aws:sso:::instance/1', 'arn:aws:sso:::permissionSet/1/2'] as const;
  const both = { ...question, ActionNames: ['sso:A', 'sso:B'], ResourceArns: [one, two] };
  await look(both);
  await look({ ...both, ActionNames: ['sso:B'], ResourceArns: [two] });
  const pages = await look({ ...both, ActionNames: ['sso:C', 'sso:A'] });
  await look({ ...both, ActionNames: ['sso:A'], ResourceArns: [one, 'arn:aws:sso:::account/3'] });
  expect(asked).toEqual([['sso:A', 'sso:B'], ['sso:C'], ['sso:A']]);
  const rows = [one, two].map((EvalResourceName) => ({ EvalResourceName, EvalResourceDecision: 'allowed' }));
  expect(pages).toMatchObject([
    { EvaluationResults: [{ EvalActionName: 'sso:A', ResourceSpecificResults: rows }] },
    { EvaluationResults: [{ EvalActionName: 'sso:C' }] },
  ]);
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
