import { isKnown } from '../../src/model/call.ts';
import { change, type Goal, met, open } from '../../src/model/plan.ts';
import { valuesOf } from '../../src/model/question.ts';
import type { Reader } from '../../src/model/reader.ts';
import { goalOf, newest, step } from '../../src/model/step.ts';
import { delegate } from './delegate.ts';
import { set } from './set.ts';

type Lists = Reader<'sso:ListAccountAssignments'>;
const rowsOf = async (aws: Lists, InstanceArn: string, PermissionSetArn: string, AccountId: string) => {
  const all: string[] = [];
  for await (const { AccountAssignments = [] } of aws.pages('sso:ListAccountAssignments', {
    ...{ InstanceArn, PermissionSetArn, AccountId },
  }))
    all.push(...AccountAssignments.map(({ PrincipalId = '' }) => PrincipalId));
  return all;
};

const nobody: readonly string[] = [];

/** Changes that settle later, several at once, and several answers to one question. */
export const assign = step({
  id: 'assign',
  title: 'Give the set away',
  short: 'Give away',
  document: { section: 'The fourth part', says: ['Give the set to those who need it.'] },
  actor: 'delegated-administrator',
  observedBy: 'either',
  calls: [
    'identitystore:ListUsers',
    'sso:ListAccountAssignments',
    'sso:CreateAccountAssignment',
    'sso:DeleteAccountAssignment',
  ],
  foretells: {
    asks: ['people'],
    changes: [
      {
        operation: 'sso:CreateAccountAssignment',
        says: 'Give the set to those who need it',
        risk: 'routine',
        each: 'one call for each of them, confirmed together',
        later: ['the ARN of the set'],
      },
    ],
  },
  dependsOn: { delegate, set },
  questions: { people: { says: 'Who needs it?', as: 'several' } },
  choices: {
    people: async function* (aws, { given }) {
      for await (const { Users = [] } of aws.pages('identitystore:ListUsers', {
        IdentityStoreId: given.delegate.store,
      }))
        for (const { UserId: value = '', UserName: label = value } of Users) yield { value, label };
    },
  },
  observe: async (aws, { given: { delegate: where, set: made } }) =>
    isKnown(made.arn) ? rowsOf(aws, where.arn, made.arn, where.account) : nobody,
  plan: (has, { answers: { people }, given: { delegate: where, set: made } }) => {
    if (people === undefined) return { goals: [open('people', 'Somebody needs it', 'people')] };
    const goals = valuesOf(people).map((PrincipalId) =>
      has.includes(PrincipalId)
        ? met(PrincipalId, `${PrincipalId} has it`, 'it is listed')
        : change(
            PrincipalId,
            `Give it to ${PrincipalId}`,
            'sso:CreateAccountAssignment',
            {
              ...{ InstanceArn: where.arn, PermissionSetArn: made.arn, TargetId: where.account, PrincipalId },
              ...{ TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER' },
            } as const,
            { batch: 'give', consequences: ['AWS usually takes a few seconds.'] },
          ),
    );
    return { goals, gives: { people: valuesOf(people) } };
  },
  untouched: () => nobody,
  undo: {
    says: 'they lose it',
    observe: async (aws, { given: { delegate: where, set: made } }) =>
      isKnown(made.arn) ? rowsOf(aws, where.arn, made.arn, where.account) : nobody,
    plan: (has, _, made) => ({
      goals: newest(made).flatMap((one): readonly Goal<'sso:DeleteAccountAssignment'>[] => {
        if (one.call.operation !== 'sso:CreateAccountAssignment') return [];
        const { input } = one.call;
        return has.includes(input.PrincipalId)
          ? [
              change(goalOf(one), `Take it from ${input.PrincipalId}`, 'sso:DeleteAccountAssignment', input, {
                batch: 'take',
                risk: 'dangerous',
                typed: ['keys'],
              }),
            ]
          : [met(goalOf(one), `${input.PrincipalId} has it no more`, 'it is not listed')];
      }),
    }),
  },
});
