import { type Actor, scopeOf } from '../model/call.ts';
import { management } from '../model/identity.ts';
import { factsOf, writes } from '../model/operations.ts';
import type { SetupCall } from '../model/progress/setup.ts';
import { nameOf } from '../model/progress/setup.ts';
import { defined } from '../model/text/defined.ts';
import { memberOf, type NotSetUp, notSetUp } from './export.ts';
import { setBlock } from './ssm-set.ts';
import {
  type Asked,
  type AutomationStep,
  approve,
  assert,
  branch,
  execute,
  keep,
  otherwise,
  wait,
} from './ssm-steps.ts';
import type { Context } from './ssm-values.ts';

/** These are looked for by what names them. */
type ByName = 'identitystore:CreateUser' | 'sso:CreatePermissionSet';
type Seen = 'organizations:RegisterDelegatedAdministrator' | 'sso:PutInlinePolicyToPermissionSet';
/** The question that shows it, by the catalogue. */
const seenBy = ({ operation, input }: Extract<SetupCall['call'], { readonly operation: Seen }>) =>
  writes[operation].seenBy(input as never);
/** What shows that a call took effect. */
function shown(one: SetupCall, { value }: Context, account?: string): Asked {
  const { call } = one;
  switch (call.operation) {
    case 'organizations:RegisterDelegatedAdministrator':
      return {
        ...seenBy(call),
        at: '$.DelegatedAdministrators[0].Id', // there is one at most
        is: [value(String(call.input.AccountId))],
      };
    case 'sso:PutInlinePolicyToPermissionSet': {
      const { operation, input } = seenBy(call);
      return {
        ...{ operation, input: value(input) },
        at: '$.InlinePolicy',
        is: [value(String(call.input.InlinePolicy))],
      };
    }
    case 'sso:CreateAccountAssignment': {
      const { InstanceArn, PermissionSetArn, TargetId, PrincipalId } = call.input;
      const who = value(PrincipalId) as string;
      return {
        operation: 'sso:ListAccountAssignments',
        input: {
          ...value({ InstanceArn, PermissionSetArn }),
          ...{ AccountId: account ?? value(TargetId), MaxResults: 100 },
        },
        at: `$.AccountAssignments[?(@.PrincipalId == '${who}')].PrincipalId`,
        is: [who],
      };
    }
    default:
      throw new Error(`nothing shows ${call.operation satisfies NotSetUp | ByName} here`);
  }
}

/** Looked for, approved where it is dangerous, made, followed to its end, and seen. Every way ends at the last step. */
function looked(one: SetupCall, context: Context, name: string, account?: string): readonly AutomationStep[] {
  const { call, risk } = one;
  const { settles } = factsOf(call.operation);
  const asked = shown(one, context, account);
  const input = { ...context.value(call.input), ...defined({ TargetId: account }) };
  const [made, seen] = [`make_${name}`, `verify_${name}`];
  const first = risk === 'dangerous' ? `approve_${name}` : made;
  return [
    assert(`look_${name}`, asked, otherwise(first, seen)),
    ...(risk === 'dangerous' ? [approve(first, one)] : []),
    execute(made, call.operation, input, {
      description: one.says.replaceAll('{{', '{ {'),
      ...defined({
        outputs: settles
          ? [{ Name: 'RequestId', Selector: `$.${settles.status}.RequestId`, Type: 'String' }]
          : undefined,
      }),
    }),
    ...(settles
      ? [
          wait(
            `wait_${name}`,
            {
              operation: settles.by,
              input: {
                ...context.value(scopeOf(settles, call)),
                [settles.id]: `{{ ${made}.RequestId }}`,
              },
              at: `$.${settles.status}.Status`,
              is: ['SUCCEEDED'],
            },
            600,
          ),
        ]
      : []),
    wait(seen, asked, 300),
  ];
}

/** Several assignments of one set to one person or group, account after account. */
function loop(group: readonly SetupCall[], context: Context, name: string): readonly AutomationStep[] {
  const [first] = group;
  if (!first) return [];
  return [
    {
      ...{ name: `loop_${name}`, action: 'aws:loop' },
      description: group.map(({ says }) => says.replaceAll('{{', '{ {')).join('\n'),
      inputs: {
        Iterators: group.map((one) => String(memberOf(one, 'TargetId'))),
        IteratorDataType: 'String',
        MaxIterations: group.length,
        Steps: looked(first, context, name, `{{ loop_${name}.CurrentIteratorValue }}`),
      },
    },
  ];
}

/** A policy that takes another's place is dangerous, and reaches accounts only once it is brought there. */
function policy(one: SetupCall, context: Context, name: string): readonly AutomationStep[] {
  const asked = shown(one, context);
  const { takesHold } = factsOf(one.call.operation);
  const input = context.value(one.call.input);
  const seen = `verify_${name}`;
  const bring = takesHold === 'at-once' ? undefined : takesHold.with;
  const settles = bring && factsOf(bring).settles;
  const everywhere = takesHold === 'at-once' ? {} : takesHold.everywhere(one.call.input as never);
  return [
    assert(`look_${name}`, asked, otherwise(`other_${name}`, seen)),
    execute(`other_${name}`, asked.operation, asked.input, {
      outputs: [{ Name: 'Policy', Selector: '$.InlinePolicy', Type: 'String' }],
    }),
    branch(
      `choose_${name}`,
      [{ NextStep: `approve_${name}`, Variable: `{{ other_${name}.Policy }}`, StartsWith: '{' }],
      `make_${name}`,
    ),
    execute(`make_${name}`, one.call.operation, input, { nextStep: seen }),
    approve(`approve_${name}`, { ...one, says: `${one.says}: in the place of another policy` }),
    execute(`replace_${name}`, one.call.operation, input),
    ...(bring && settles
      ? [
          execute(`bring_${name}`, bring, context.value(everywhere), {
            outputs: [{ Name: 'RequestId', Selector: `$.${settles.status}.RequestId`, Type: 'String' }],
          }),
          wait(
            `wait_${name}`,
            {
              operation: settles.by,
              input: {
                ...context.value(scopeOf(settles, one.call)),
                [settles.id]: `{{ bring_${name}.RequestId }}`,
              },
              at: `$.${settles.status}.Status`,
              is: ['SUCCEEDED'],
            },
            600,
          ),
        ]
      : []),
    wait(seen, asked, 300),
  ];
}

/** A person is found by user name. `made`: who is not there is made. */
function person(one: SetupCall, context: Context, name: string, made: boolean): readonly AutomationStep[] {
  const { IdentityStoreId, UserName } = one.call.input as Readonly<Record<string, string>>;
  const id = { step: one.step.id, $after: one.id, path: 'UserId' };
  context.value(id);
  const variable = context.variables.get(nameOf(id)) ?? '';
  const unique = { AttributePath: 'userName', AttributeValue: UserName };
  const outputs = [{ Name: 'UserId', Selector: '$.UserId', Type: 'String' }];
  const where = { IdentityStoreId, AlternateIdentifier: { UniqueAttribute: unique } };
  const seen = `verify_${name}`;
  return [
    execute(`look_${name}`, 'identitystore:GetUserId', context.value(where), {
      ...defined({ onFailure: made ? `step:make_${name}` : undefined, isCritical: made ? false : undefined }),
      outputs,
    }),
    keep(`found_${name}`, variable, `{{ look_${name}.UserId }}`, { nextStep: seen }),
    ...(made
      ? [
          execute(`make_${name}`, one.call.operation, context.value(one.call.input), { outputs }),
          keep(`made_${name}`, variable, `{{ make_${name}.UserId }}`),
        ]
      : []),
    wait(
      seen,
      {
        operation: 'identitystore:DescribeUser',
        input: context.value({ IdentityStoreId, UserId: id }),
        at: '$.UserName',
        is: [context.value(UserName ?? '')],
      },
      300,
    ),
  ];
}

/** The parts that documents are made of. */
export const blocks = {
  isAccount: (account: string): AutomationStep =>
    assert('is_account', {
      ...{ operation: 'sts:GetCallerIdentity', input: {} },
      ...{ at: '$.Account', is: [account] },
    }),

  /** Whether what an earlier document made holds, as far as the one who acts now can see it. */
  holds(one: SetupCall, actor: Actor, context: Context): readonly AutomationStep[] {
    if (one.call.operation !== 'organizations:RegisterDelegatedAdministrator') return [];
    const InstanceArn = context.setup.run.binding.instance;
    return [
      ...(actor !== management && InstanceArn !== undefined
        ? [
            // AWS takes a while to let a new delegated administrator in, and answers this to nobody else.
            wait(
              'is_delegated',
              {
                ...{ operation: 'sso:DescribeInstance', input: { InstanceArn } },
                ...{ at: '$.Status', is: ['ACTIVE'] },
              },
              900,
            ),
          ]
        : []),
      assert(context.label('holds registered'), shown(one, context)),
    ];
  },

  /** What another document makes, and this one needs: looked for, and not made. */
  find(one: SetupCall, context: Context): readonly AutomationStep[] {
    switch (one.call.operation) {
      case 'identitystore:CreateUser':
        return person(one, context, context.label(`find ${one.step.id}`), false);
      case 'sso:CreatePermissionSet':
        return setBlock(one, context, context.label(`find ${one.step.id}`), false);
      default:
        return [];
    }
  },

  make(group: readonly SetupCall[], context: Context): readonly AutomationStep[] {
    const [one] = group;
    if (!one) return [];
    const name = (what: string): string => context.label(what);
    switch (one.call.operation) {
      case 'organizations:RegisterDelegatedAdministrator':
        return looked(one, context, name('delegation'));
      case 'identitystore:CreateUser':
        return person(one, context, name('person'), true);
      case 'sso:CreatePermissionSet':
        return setBlock(one, context, name(one.step.id), !isUsedAsFound(one, context));
      case 'sso:PutInlinePolicyToPermissionSet':
        return policy(one, context, name('policy'));
      case 'sso:CreateAccountAssignment':
        return one.risk === 'dangerous'
          ? looked(one, context, name('assignment'))
          : loop(group, context, name('assignments'));
      default:
        return notSetUp(one.call.operation);
    }
  },
};

/** A set whose policy was left as it was found is not made anew: what it granted is not known. */
const isUsedAsFound = (one: SetupCall, { setup }: Context): boolean =>
  setup.calls.some((other) => other.step.id === one.step.id && other.stands === 'as-found');
