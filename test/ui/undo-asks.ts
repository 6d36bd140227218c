import type { Input } from '../../src/model/call.ts';
import type { Event } from '../../src/model/event.ts';
import { change, type Plan, wrong } from '../../src/model/plan.ts';
import { applyEvent, made, type Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import type { Parts } from './parts.ts';

const [management, delegate, dev] = ['111122223333', '444455556666', '777788889999'];
const InstanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const PermissionSetArn = 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef';
const name = 'CodeWhisperer_administrator';
const ServicePrincipal = 'sso.amazonaws.com';
const assignment: Input<'sso:CreateAccountAssignment'> = {
  ...{ InstanceArn, PermissionSetArn, TargetId: dev, PrincipalId: 'u-1' },
  ...{ TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER' },
};
const planned = {
  registered: change(
    'registered',
    `Register Shared Services (${delegate}) for IAM Identity Center`,
    'organizations:RegisterDelegatedAdministrator',
    { AccountId: delegate, ServicePrincipal },
  ),
  set: change('set', `Make the permission set ${name}`, 'sso:CreatePermissionSet', {
    InstanceArn,
    Name: name,
  }),
  assignment: change(
    'assignment',
    `Assign ada.lovelace to Workloads Dev (${dev}) with ${name}`,
    'sso:CreateAccountAssignment',
    assignment,
  ),
};
const back = {
  registered: change(
    'registered#1',
    `Deregister Shared Services (${delegate})`,
    'organizations:DeregisterDelegatedAdministrator',
    { AccountId: delegate, ServicePrincipal },
    { risk: 'dangerous', typed: ['Shared Services', delegate] },
  ),
  set: change('set#2', `Delete the set ${name}`, 'sso:DeletePermissionSet', {
    InstanceArn,
    PermissionSetArn,
  }),
  assignment: change(
    'assignment#3',
    `Remove ada.lovelace’s assignment to Workloads Dev (${dev}) with ${name}`,
    'sso:DeleteAccountAssignment',
    assignment,
    {
      risk: 'dangerous',
      typed: ['Workloads Dev', dev],
      consequences: ['ada.lovelace can no longer enter Workloads Dev with it.'],
    },
  ),
};
const inUse: Plan = {
  goals: [
    wrong(
      'set#2',
      `Nobody has ${name}`,
      `it is assigned: bob (user u-2) in account ${dev}`,
      'It is in use, and stays. Take these assignments away first, or leave it.',
    ),
  ],
};
const verified = (
  step: string,
  wish: (typeof planned)[keyof typeof planned] | (typeof back)[keyof typeof back],
  n: number,
  undoing = false,
): readonly Event[] => {
  const actor = wish.id.startsWith('registered')
    ? ('management' as const)
    : ('delegated-administrator' as const);
  const account = actor === 'management' ? management : delegate;
  const attempt = `${step}/${wish.id}#${n}`;
  return [
    {
      ...{ type: 'intended', at: n, attempt, step, change: wish.id, says: wish.says, key: attempt },
      ...{ actor, account, arn: `arn:aws:iam::${account}:user/operator`, region: 'us-east-1' },
      call: wish.call as never,
      situation: { answers: {}, given: {}, hints: {}, run: '01RUN', ...(undoing ? { undoing: [] } : {}) },
    },
    { type: 'ended', at: n, attempt, outcome: { ended: 'verified', by: 'reply-and-look' } },
  ];
};
const gone = (step: string, attempt: string): Event => ({ type: 'taken-back', at: 9, step, made: [attempt] });

const stays = [
  'The accounts: none is made and none is closed.',
  'There is a user who can sign in: already in place before this run.',
];
/** The screens of taking a run back, on top of a run that has its credentials. */
export function undoAsks(
  from: Run,
  { runbook, registered: register, made: permissionSet, given: assign, missing }: Parts,
): Readonly<Record<string, { readonly ask: Ask; readonly run: Run }>> {
  const ids = [register, permissionSet, assign] as const;
  const began: Event = { type: 'undo-began', at: 5, steps: ids.toReversed() };
  const stepNamed = (id: string): Step => runbook.steps.find((one) => one.id === id) ?? missing(id);
  const items = (run: Run, plans?: Readonly<Record<string, Plan>>) =>
    ids.toReversed().flatMap((id) => {
      const own = made(run, id);
      const plan = plans?.[id];
      return own.length === 0 ? [] : [{ step: stepNamed(id), made: own, ...(plan ? { plan } : {}) }];
    });
  const source = { kind: 'profile', name: 'delegated' } as const;
  const arn = `arn:aws:iam::${delegate}:user/operator`;
  const run = [
    { type: 'identified', at: 0, actor: 'delegated-administrator', account: delegate, arn, source } as const,
    ...verified(register, planned.registered, 1),
    ...verified(permissionSet, planned.set, 2),
    ...verified(assign, planned.assignment, 3),
  ].reduce<Run>(applyEvent, from);
  const assigned = [
    began,
    ...verified(assign, back.assignment, 4, true),
    gone(assign, `${assign}/assignment#3`),
  ].reduce<Run>(applyEvent, run);
  const over = [
    { type: 'kept', at: 9, step: permissionSet, made: [`${permissionSet}/set#2`] } as const,
    ...verified(register, back.registered, 5, true),
    gone(register, `${register}/registered#1`),
  ].reduce<Run>(applyEvent, assigned);
  const step = stepNamed(assign);
  const plan = (goal: Plan['goals'][number]): Plan => ({ goals: [goal] });
  const plans = {
    [register]: plan(back.registered),
    [permissionSet]: plan(back.set),
    [assign]: plan(back.assignment),
  };
  return {
    'done-made': { ask: { is: 'done', step: stepNamed(permissionSet), plan: plan(planned.set) }, run },
    'undo-unseen': { ask: { is: 'undo', step, items: items(run), stays, looked: false }, run },
    undo: { ask: { is: 'undo', step, items: items(run, plans), stays, looked: true }, run },
    // Somebody else's part, in a run that was taken over.
    'undo-later': {
      ask: {
        ...{ is: 'undo', step, stays, looked: true },
        items: items(run, { [assign]: plan(back.assignment), [permissionSet]: plan(back.set) }),
      },
      run: { ...run, identities: { 'delegated-administrator': { account: delegate, arn, source } } },
    },
    'undo-refused': {
      ask: {
        ...{ is: 'undo', step, stays, looked: true },
        items: items(run, { ...plans, [permissionSet]: inUse }),
      },
      run,
    },
    'undo-confirm': {
      ask: { is: 'confirm', step, plan: plan(back.assignment), changes: [back.assignment], shown: 'x' },
      run: [began].reduce<Run>(applyEvent, run),
    },
    'undo-blocked': { ask: { is: 'blocked', step: stepNamed(permissionSet), plan: inUse }, run: assigned },
    undone: { ask: { is: 'undone', step, items: items(over), stays }, run: over },
  };
}
