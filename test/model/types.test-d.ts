// What must not compile. `tsc` fails when one of these lines does.
import { type Call, type Input, isKnown, type Known } from '../../src/model/call.ts';
import type { ReadFacts } from '../../src/model/operations/reads.ts';
import type { Catalogue, WriteFacts } from '../../src/model/operations/write-facts.ts';
import { type Operation, writes } from '../../src/model/operations.ts';
import { after, change, met } from '../../src/model/plan.ts';
import type { Reader } from '../../src/model/reader.ts';
import { step } from '../../src/model/step.ts';
import { homeRegion } from '../../steps/home-region.ts';

declare const all: Reader;
declare const narrow: Reader<'sso:ListInstances'>;
declare const maybe: string | undefined;
declare const late: Known<string>;
// @ts-expect-error a Reader cannot write
all.read('sso:CreatePermissionSet', { InstanceArn: '', Name: '' });
// @ts-expect-error nor send
all.send({ operation: 'sso:DeletePermissionSet', input: { InstanceArn: '', PermissionSetArn: '' } });
// @ts-expect-error nor look at what the step does not declare
narrow.read('sso:ListPermissionSets', { InstanceArn: '' });
// @ts-expect-error not in another Region either
narrow.in('eu-west-1').read('sso:ListPermissionSets', { InstanceArn: '' });
// @ts-expect-error required members may not be undefined, although the SDK's types allow it
all.read('sso:ListPermissionSets', { InstanceArn: maybe });
// @ts-expect-error a value not known yet cannot be asked with
all.read('sso:ListPermissionSets', { InstanceArn: late });
if (isKnown(late)) all.read('sso:ListPermissionSets', { InstanceArn: late });
// @ts-expect-error no such member
change('x', '', 'sso:CreatePermissionSet', { InstanceArn: '', Nam: '' });
// @ts-expect-error no such operation
change('x', '', 'sso:CreatePermissionSett', { InstanceArn: '', Name: '' });
// @ts-expect-error reads are not changes
change('x', '', 'sso:ListInstances', {});
change('x', '', 'sso:CreateAccountAssignment', {
  InstanceArn: '',
  // @ts-expect-error an enum stays an enum, also where free text may be known later
  TargetType: late,
  TargetId: '',
  PermissionSetArn: late,
  PrincipalType: 'USER',
  PrincipalId: '',
});
const create = change('set', '', 'sso:CreatePermissionSet', { InstanceArn: '', Name: '' });
after(create, 'PermissionSet.PermissionSetArn');
// @ts-expect-error no such path in the reply
after(create, 'PermissionSet.Arn');
// @ts-expect-error a date is no text
after(create, 'PermissionSet.CreatedDate');
// @ts-expect-error a call from data must be one of the calls, whole
const wrong: Call = { operation: 'sso:DeletePermissionSet', input: { InstanceArn: '' } };
const ready: Input<'sso:DeletePermissionSet'> = { InstanceArn: '', PermissionSetArn: '' };
// @ts-expect-error a goal that is met says what was found
met('x', '');
const head = {
  id: 'x',
  title: '',
  short: '',
  document: { section: '', says: [] },
  actor: 'management',
  observedBy: 'actor',
} as const;
step({
  ...head,
  calls: ['sso:ListInstances', 'sso:CreatePermissionSet'],
  dependsOn: { instance: homeRegion },
  questions: { one: { says: '', as: 'text' } },
  observe: async (aws, { answers, given }) => {
    // @ts-expect-error not a question of this step
    void answers.two;
    // @ts-expect-error an unanswered question is undefined
    const one: string = answers.one;
    // @ts-expect-error not given
    void given.instance.arm;
    return { one, seen: await aws.read('sso:ListInstances', {}) };
  },
  plan: (state) => ({
    goals: [
      // @ts-expect-error a change it does not declare
      change('y', state.one, 'sso:DeletePermissionSet', { InstanceArn: '', PermissionSetArn: '' }),
    ],
  }),
});
// The catalogue: whoever adds a write says every fact of it.
type Facts = WriteFacts<'sso:PutInlinePolicyToPermissionSet'>;
type Optional<T> = T extends unknown
  ? { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never }[keyof T]
  : never;
const put = writes['sso:PutInlinePolicyToPermissionSet'] satisfies Facts;
declare const optional: Optional<Facts> | Optional<Facts['iam'] | Facts['quota'] | Facts['refused']>;
const none: never = optional;
declare const optionalOfReads: Optional<ReadFacts>;
const noneOfReads: never = optionalOfReads;
// @ts-expect-error no facts at all
const empty: Catalogue = { 'sso:DetachManagedPolicyFromPermissionSet': {} };
declare const whole: (facts: Facts) => void;
declare const lacking: <K extends keyof typeof put>(fact: K) => Omit<typeof put, K>;
whole(put);
// @ts-expect-error how it settles
whole(lacking('settles'));
// @ts-expect-error how its effect is seen
whole(lacking('seenBy'));
// @ts-expect-error the members that name its effect
whole(lacking('key'));
// @ts-expect-error what it does
whole(lacking('effect'));
// @ts-expect-error whether it stays
whole(lacking('stays'));
// @ts-expect-error when it takes hold
whole(lacking('takesHold'));
// @ts-expect-error what reverses it
whole(lacking('reversedBy'));
// @ts-expect-error what it needs of IAM
whole(lacking('iam'));
// @ts-expect-error which members are plumbing
whole(lacking('plumbing'));
// @ts-expect-error how its difference is worded
whole(lacking('worded'));
// @ts-expect-error which quota it falls under
whole(lacking('quota'));
// @ts-expect-error how AWS refuses it
whole(lacking('refused'));
// @ts-expect-error what settles is followed, and not looked for by another question
whole({ ...put, settles: writes['sso:ProvisionPermissionSet'].settles });
// @ts-expect-error its own members only
whole({ ...put, key: ['UserName'] });
// @ts-expect-error an operation of the SDK that the catalogue does not have is none
const unknownOperation: Operation = 'sso:DetachManagedPolicyFromPermissionSet';
void [wrong, ready, none, noneOfReads, empty, unknownOperation];
