import { nameOf, type SetupCall } from '../model/progress/setup.ts';
import { type AutomationStep, assert, branch, execute, keep, otherwise, wait } from './ssm-steps.ts';
import type { Context } from './ssm-values.ts';

/**
 * A permission set, found by the ARN that is given or else by its name among all of them. AWS's loop goes 100 times round
 * at most, and a page has 100: of more the document says that it cannot look. `made`: one that is not there is made.
 */
export function setBlock(
  one: SetupCall,
  context: Context,
  name: string,
  made: boolean,
): readonly AutomationStep[] {
  const { InstanceArn, Name } = one.call.input as Readonly<Record<string, string>>;
  const path = 'PermissionSet.PermissionSetArn';
  const arn = { step: one.step.id, $after: one.id, path };
  const written = context.value(arn) as unknown as string;
  const variable = context.variables.get(nameOf(arn)) ?? '';
  const wanted = context.value(Name ?? '');
  const parameter = `Given${variable}`;
  context.parameters.set(parameter, {
    type: 'String',
    description: `(Optional) The ARN of the permission set ${(Name ?? '').replaceAll('{{', '{ {')}, where it is there: else it is looked for by its name.`,
    default: context.setup.values.get(nameOf(arn)) ?? '',
  });
  const isArn = (of: string, NextStep: string) => ({ NextStep, Variable: of, StartsWith: 'arn:' });
  const none = made ? `make_${name}` : `missing_${name}`;
  const seen = `verify_${name}`;
  const stop = (step: string, why: string): AutomationStep =>
    assert(
      step,
      { operation: 'sts:GetCallerIdentity', input: {}, at: '$.Account', is: [why] },
      { description: `${why}. This step always fails.`, onFailure: 'Abort' },
    );
  return [
    branch(`given_${name}`, [isArn(`{{ ${parameter} }}`, `known_${name}`)], `list_${name}`),
    assert(
      `known_${name}`,
      {
        operation: 'sso:DescribePermissionSet',
        input: { InstanceArn, PermissionSetArn: `{{ ${parameter} }}` },
        at: '$.PermissionSet.Name',
        is: [wanted],
      },
      otherwise(`list_${name}`, `take_${name}`),
    ),
    keep(`take_${name}`, variable, `{{ ${parameter} }}`, { nextStep: seen }),
    execute(
      `list_${name}`,
      'sso:ListPermissionSets',
      { InstanceArn, MaxResults: 100 },
      {
        outputs: [
          { Name: 'Arns', Selector: '$.PermissionSets', Type: 'StringList' },
          { Name: 'First', Selector: '$.PermissionSets[0]', Type: 'String' },
          { Name: 'Hundredth', Selector: '$.PermissionSets[99]', Type: 'String' },
        ],
      },
    ),
    branch(
      `many_${name}`,
      [
        isArn(`{{ list_${name}.Hundredth }}`, `too_many_${name}`),
        isArn(`{{ list_${name}.First }}`, `search_${name}`),
      ],
      none,
    ),
    stop(
      `too_many_${name}`,
      `There are 100 permission sets or more: start this again with the parameter ${parameter}`,
    ),
    {
      ...{ name: `search_${name}`, action: 'aws:loop' },
      inputs: {
        Iterators: `{{ list_${name}.Arns }}`,
        IteratorDataType: 'String',
        MaxIterations: 100,
        Steps: [
          execute(
            `describe_${name}`,
            'sso:DescribePermissionSet',
            { InstanceArn, PermissionSetArn: `{{ search_${name}.CurrentIteratorValue }}` },
            { outputs: [{ Name: 'Name', Selector: '$.PermissionSet.Name', Type: 'String' }] },
          ),
          branch(
            `compare_${name}`,
            [{ NextStep: `keep_${name}`, Variable: `{{ describe_${name}.Name }}`, StringEquals: wanted }],
            `pace_${name}`,
          ),
          keep(`keep_${name}`, variable, `{{ search_${name}.CurrentIteratorValue }}`),
          { name: `pace_${name}`, action: 'aws:sleep', inputs: { Duration: 'PT1S' } },
        ],
      },
    },
    branch(`found_${name}`, [isArn(written, seen)], none),
    ...(made
      ? [
          execute(`make_${name}`, one.call.operation, context.value(one.call.input), {
            outputs: [{ Name: 'Arn', Selector: `$.${path}`, Type: 'String' }],
          }),
          keep(`made_${name}`, variable, `{{ make_${name}.Arn }}`),
        ]
      : [
          stop(
            `missing_${name}`,
            `There is no permission set ${wanted}: the run used one that was there, and what it granted is not known`,
          ),
        ]),
    wait(
      seen,
      {
        operation: 'sso:DescribePermissionSet',
        input: { InstanceArn, PermissionSetArn: written },
        at: '$.PermissionSet.Name',
        is: [wanted],
      },
      300,
    ),
  ];
}
