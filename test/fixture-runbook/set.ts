import { after, change, met, open } from '../../src/model/plan.ts';
import type { Reader } from '../../src/model/reader.ts';
import { goalOf, newest, step } from '../../src/model/step.ts';
import { delegate } from './delegate.ts';

type Lists = Reader<'sso:ListPermissionSets' | 'sso:DescribePermissionSet'>;
const setNamed = async (aws: Lists, InstanceArn: string, name: string): Promise<string | undefined> => {
  for await (const { PermissionSets = [] } of aws.pages('sso:ListPermissionSets', { InstanceArn }))
    for (const PermissionSetArn of PermissionSets) {
      const { PermissionSet } = await aws.read('sso:DescribePermissionSet', {
        InstanceArn,
        PermissionSetArn,
      });
      if (PermissionSet?.Name === name) return PermissionSetArn;
    }
  return undefined;
};

/** A routine change by the other actor, a text to type, and a choice one of whose lines is dangerous. */
export const set = step({
  id: 'set',
  title: 'Make the set',
  short: 'The set',
  document: {
    section: 'The third part',
    says: ['Make a set of keys.'],
    links: [
      {
        title: 'A guide',
        url: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsets.html',
      },
    ],
  },
  actor: 'delegated-administrator',
  observedBy: 'either',
  calls: [
    'sso:ListPermissionSets',
    'sso:DescribePermissionSet',
    'sso:CreatePermissionSet',
    'sso:DeletePermissionSet',
  ],
  foretells: {
    asks: ['name'],
    changes: [
      { operation: 'sso:CreatePermissionSet', says: 'Make the set of keys', risk: 'routine', goal: 'set' },
    ],
  },
  dependsOn: { delegate },
  questions: {
    name: {
      says: 'What shall it be called?',
      as: 'text',
      pattern: '[\\w+=,.@-]{1,32}',
      allowed: 'up to 32 letters and digits',
      example: 'keys',
    },
    portal: {
      says: 'Where is the door?',
      as: 'text',
      pattern: 'https://\\S+',
      example: 'https://example.com',
    },
    existing: { says: 'There is a set of that name. What shall be done?', as: 'choice', noDefault: true },
  },
  choices: {
    existing: async function* () {
      yield { value: 'stop', label: 'Stop here' };
      yield {
        value: 'use',
        label: 'Use that one',
        danger: { says: ['It may open more.'], typed: ['use'] },
      };
    },
  },
  observe: (aws, { given, answers }) => setNamed(aws, given.delegate.arn, answers.name ?? ''),
  plan: (arn, { given, answers: { name } }) => {
    if (name === undefined)
      return { goals: [open('name', 'It has a name', 'name', 'keys')], notes: ['Nobody is told the name.'] };
    const create = change(
      'set',
      `Make the permission set ${name}`,
      'sso:CreatePermissionSet',
      { InstanceArn: given.delegate.arn, Name: name },
      { console: 'Doors › Sets › Create', link: 'https://console.aws.amazon.com/singlesignon' },
    );
    return {
      goals: [arn === undefined ? create : met('set', `There is a set ${name}`, arn)],
      gives: { name, arn: arn ?? after(create, 'PermissionSet.PermissionSetArn') },
    };
  },
  untouched: () => undefined,
  undo: {
    says: 'the set is deleted',
    observe: (aws, { given, answers }) => setNamed(aws, given.delegate.arn, answers.name ?? ''),
    plan: (arn, { given }, made) => ({
      goals: newest(made).map((one) =>
        arn === undefined
          ? met(goalOf(one), 'The set is gone', 'none of its name is listed')
          : change(
              goalOf(one),
              'Delete the set',
              'sso:DeletePermissionSet',
              { InstanceArn: given.delegate.arn, PermissionSetArn: arn },
              { risk: 'dangerous', typed: ['keys'] },
            ),
      ),
    }),
  },
});
