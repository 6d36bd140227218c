import { describe, expect, test } from 'vitest';
import { preflight } from '../../../src/model/access/preflight.ts';
import { permissionsGoal } from '../../../src/model/access/preflight-goals.ts';
import { type Reader, RequestRejected } from '../../../src/model/reader.ts';

type Calls = 'sts:GetCallerIdentity' | 'iam:GetRole' | 'iam:SimulatePrincipalPolicy';
const instance = 'arn:aws:sso:::instance/ssoins-1111111111111111';
const about = {
  binding: { organization: 'o-1', instance, region: 'us-east-1', accounts: { management: '111111111111' } },
  input: { IdentityStoreId: 'd-1111111111' },
};
interface Asked {
  readonly ActionNames: readonly string[];
  readonly ResourceArns: readonly string[];
}
const actions = [
  'sso:CreatePermissionSet',
  'sso:ListPermissionSets',
  'sso:DescribeInstance',
  'sso:ListRegions',
];

/** IAM's policy simulator as a list of answers, and what it was asked. */
async function simulate(names: readonly string[], answer: (asked: Asked) => readonly object[]) {
  const asked: (readonly string[])[] = [];
  const aws = {
    read: async () => ({ Arn: 'arn:aws:iam::222222222222:user/op', Account: '222222222222' }),
    pages: async function* (_: string, input: Asked) {
      asked.push(input.ActionNames);
      yield { EvaluationResults: answer(input) };
    },
  } as unknown as Reader<Calls>;
  return { seen: await preflight(aws, names, about), asked };
}
const yes = (EvalActionName: string) => ({
  EvalActionName,
  EvalDecision: 'allowed',
  OrganizationsDecisionDetail: { AllowedByOrganizations: true },
});
/** As AWS answers: what each thing is about stands beneath. */
const allYes = ({ ActionNames, ResourceArns }: Asked) =>
  ActionNames.map((name) => ({
    ...yes(name),
    ResourceSpecificResults: ResourceArns.map((EvalResourceName) => ({
      EvalResourceName,
      EvalResourceDecision: 'allowed',
    })),
  }));
const apart = (...groups: readonly (readonly string[])[]): never => {
  throw new RequestRejected(
    'InvalidInputException',
    `Invalid Input Actions: ${groups.map((names) => `[${names.join(',')}]`).join(' and ')} require different authorization information. Please refer to the documentation for more details: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html`,
  );
};
const verdicts = ({ seen }: Awaited<ReturnType<typeof simulate>>) =>
  'unknown' in seen ? seen.unknown : seen.verdicts.map(({ action, is }) => `${action} ${is}`);

describe('actions that the simulator does not take together', () => {
  const all = actions.map((name) => `${name} allowed`);
  test('are asked about in the groups that AWS names', async () => {
    const groups = [actions.slice(0, 3), actions.slice(3)];
    const told = await simulate(actions, (asked) =>
      asked.ActionNames.length === 4 ? apart(...groups) : allYes(asked),
    );
    expect(told.asked).toEqual([actions, ...groups]);
    expect(verdicts(told)).toEqual(all);
  });
  test.each<readonly [string, readonly (readonly string[])[]]>([
    ['groups that are not ours', [['sso:Other'], ['sso:DescribeInstance']]],
    ['a group that leaves one out', [actions.slice(0, 2), actions.slice(3)]],
    ['one group', [actions]],
  ])('are asked about one by one where AWS names %s', async (_, groups) => {
    const told = await simulate(actions, (asked) =>
      asked.ActionNames.length > 1 ? apart(...groups) : allYes(asked),
    );
    expect(told.asked).toEqual([actions, ...actions.map((name) => [name])]);
    expect(verdicts(told)).toEqual(all);
  });
  test('a group that is refused too is taken apart further; one that is never taken stays open, and nothing is to be waived', async () => {
    const told = await simulate(actions, (asked) => {
      const { ActionNames } = asked;
      if (ActionNames.length === 4) return apart(actions.slice(0, 2), actions.slice(2));
      return ActionNames.includes('sso:ListRegions')
        ? apart(['sso:ListRegions'], ['sso:Other'])
        : allYes(asked);
    });
    expect(verdicts(told)).toEqual([...all.slice(0, 3), 'sso:ListRegions open']);
    expect(permissionsGoal(told.seen, 'management')).toMatchObject({
      is: 'warning',
      found: expect.stringMatching(/not known: sso:ListRegions \(.*require different authorization/),
    });
  });
  test('what is refused for another reason is not known, as before', async () => {
    const told = await simulate(actions, () => {
      throw new RequestRejected('AccessDenied', 'not authorized to perform: iam:SimulatePrincipalPolicy');
    });
    expect(told.asked).toHaveLength(1);
    expect(verdicts(told)).toContain('AccessDenied');
  });
});

test('never more than a few questions are under way at once', async () => {
  let now = 0;
  let most = 0;
  const aws = {
    read: async () => ({ Arn: 'arn:aws:iam::222222222222:user/op', Account: '222222222222' }),
    pages: async function* (_: string, { ActionNames }: Asked) {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      if (ActionNames.length > 1) apart(['sso:Other'], ['sso:Another']);
      yield { EvaluationResults: ActionNames.map(yes) };
    },
  } as unknown as Reader<Calls>;
  const many = Array.from({ length: 40 }, (_, n) => `sso:List${n}`);
  const seen = await preflight(aws, many, about);
  expect('unknown' in seen ? [] : seen.verdicts.map(({ is }) => is)).toEqual(Array(40).fill('allowed'));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThan(6);
});

describe('answers in both forms', () => {
  const action = 'sso:PutInlinePolicyToPermissionSet';
  const set = `${instance.replace(':instance/', ':permissionSet/')}/ps-0000000000000000`;
  const template = `arn:aws:sso:::$${'{RelativeId}'}`;
  const above = (EvalDecision: string, each: readonly (readonly [string, string])[]) => [
    {
      ...yes(action),
      EvalResourceName: template,
      EvalDecision,
      EvalDecisionDetails: {},
      ResourceSpecificResults: each.map(([EvalResourceName, EvalResourceDecision]) => ({
        EvalResourceName,
        EvalResourceDecision,
      })),
    },
  ];
  const flat = (each: readonly (readonly [string, string])[]) =>
    each.map(([EvalResourceName, EvalDecision]) => ({ ...yes(action), EvalResourceName, EvalDecision }));
  const cases = [
    [
      [
        [instance, 'allowed'],
        [set, 'allowed'],
      ],
      'allowed',
      'allowed',
    ],
    // AWS says "allowed" above as soon as one of them is.
    [
      [
        [instance, 'implicitDeny'],
        [set, 'allowed'],
      ],
      'allowed',
      'denied',
    ],
    [
      [
        [instance, 'allowed'],
        [set, 'implicitDeny'],
      ],
      'allowed',
      'open',
    ],
    [
      [
        [instance, 'allowed'],
        [set, 'explicitDeny'],
      ],
      'explicitDeny',
      'denied',
    ],
  ] as const;
  test.each(cases)('%j is %s above, and to us %s', async (each, aggregate, is) => {
    expect(verdicts(await simulate([action], () => above(aggregate, each)))).toEqual([`${action} ${is}`]);
    expect(verdicts(await simulate([action], () => flat(each)))).toEqual([`${action} ${is}`]);
  });
  test('a decision above alone counts for all that was asked about', async () => {
    const about = (EvalDecision: string) => [{ ...yes(action), EvalResourceName: template, EvalDecision }];
    expect(verdicts(await simulate([action], () => about('allowed')))).toEqual([`${action} allowed`]);
    expect(verdicts(await simulate([action], () => about('implicitDeny')))).toEqual([`${action} open`]);
    const all = (EvalDecision: string) => [
      { ...yes('sso:CreatePermissionSet'), EvalResourceName: template, EvalDecision },
    ];
    expect(verdicts(await simulate(['sso:CreatePermissionSet'], () => all('implicitDeny')))).toEqual([
      'sso:CreatePermissionSet denied',
    ]);
  });
  test('an action of which it says nothing is not known, and the others are', async () => {
    const told = await simulate(actions, ({ ActionNames }) => ActionNames.slice(1).map(yes));
    expect(verdicts(told)).toEqual([
      'sso:CreatePermissionSet open',
      ...actions.slice(1).map((one) => `${one} allowed`),
    ]);
    const silent = await simulate(actions, () => []);
    expect(verdicts(silent)).toContain('says nothing');
  });
});

test('what is open names what it is not allowed on', async () => {
  const told = await simulate(['identitystore:GetUserId'], ({ ActionNames, ResourceArns }) =>
    ActionNames.map((name) => ({
      ...yes(name),
      ResourceSpecificResults: ResourceArns.map((EvalResourceName) => ({
        EvalResourceName,
        EvalResourceDecision: EvalResourceName.includes(':::user/') ? 'implicitDeny' : 'allowed',
      })),
    })),
  );
  expect(permissionsGoal(told.seen, 'delegated-administrator')).toMatchObject({
    is: 'warning',
    found: expect.stringMatching(/not known: identitystore:GetUserId \(.*arn:aws:identitystore:::user\//),
  });
});

test.each([
  ['allowed', 'allowed'],
  ['implicitDeny', 'denied'],
  ['explicitDeny', 'denied'],
])('the decision %s means %s', async (EvalDecision, is) => {
  const told = await simulate(['sso:CreatePermissionSet'], ({ ActionNames }) =>
    ActionNames.map((name) => ({ ...yes(name), EvalDecision })),
  );
  expect(verdicts(told)).toEqual([`sso:CreatePermissionSet ${is}`]);
});
