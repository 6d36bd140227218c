import { expect, test } from 'vitest';
import { byHand, change } from '../../src/model/plan.ts';
import { describeOrphaned } from '../../src/model/progress/orphaned-changes.ts';
import { emptyRun, type Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';
import { unmarked } from '../../src/model/text/own-commands.ts';
import { cardOf } from '../../src/report/card.ts';
import { askedSections, sectionLines } from '../../src/report/handoff.ts';
import { markdown } from '../../src/report/record/markdown.ts';
import { byHandAs } from '../../src/report/remaining-commands.ts';
import { fixture } from '../fixture-runbook/index.ts';

const account = '222222222222';
const input = {
  InstanceArn: 'i',
  TargetType: 'AWS_ACCOUNT',
  TargetId: '3',
  PermissionSetArn: 'p',
  PrincipalType: 'USER',
  PrincipalId: 'u',
} as const;
const assign = change('a', 'Assign ada', 'sso:CreateAccountAssignment', input);
const step = {
  id: 'assign',
  title: 'Assign',
  actor: 'delegated-administrator',
  observedBy: 'actor',
  calls: [],
  dependsOn: {},
  questions: {},
} as never as Step;
const run = (identities: Run['identities'] = {}): Run => ({
  ...emptyRun,
  endpoint: 'aws',
  binding: { region: 'eu-west-1', accounts: { 'delegated-administrator': account } },
  identities,
  observations: {
    assign: {
      plan: { goals: [assign, byHand('b', 'Make it', 'https://c', 'aws organizations create-account')] },
      ...{ at: 0, basis: '', remembered: false },
    },
  },
});
const mine = { account, arn: `arn:aws:iam::${account}:user/ann`, source: { kind: 'environment' } } as const;
const printed = (lines: readonly string[]) => lines.filter((one) => /^ *aws /.test(one));

test('in a hand-off no command runs as whoever the next person’s shell is, nor as a profile of this machine', () => {
  const profile = { ...mine, source: { kind: 'profile', name: 'ann' } } as const;
  for (const who of [undefined, mine, profile]) {
    const at = run(who ? { 'delegated-administrator': who } : {});
    const lines = sectionLines(askedSections([step], at)).map(unmarked);
    const commands = printed(lines);
    expect(commands).toHaveLength(2);
    for (const command of commands)
      expect(command).toContain(`--profile '<a profile of the delegated administrator account ${account}>'`);
    expect(lines.join('\n')).toMatch(
      /# With credentials of the delegated administrator account 2{12}\. Put a profile that has them in the place of <…>\.\n(.*\n)+? *aws /,
    );
    expect(lines.join('\n')).not.toContain('--profile ann');
  }
});

test('a hand-off without a command says nothing of profiles', () => {
  const { observations, ...others } = run();
  expect(observations).toBeDefined();
  expect(sectionLines(askedSections([step], { ...others, observations: {} })).join()).not.toContain(
    'profile',
  );
});

test('the audit log’s commands are by whom they were sent, and run as nobody', () => {
  const intent = {
    ...{ attempt: 'assign/a#1', step: 'assign', change: 'a', says: 'Assign ada', at: 1, situation: {} },
    ...{ call: assign.call, arn: mine.arn, account, actor: 'delegated-administrator', region: 'eu-west-1' },
  };
  const at = { ...run(), attempts: [{ intent, state: 'verified' }] as never };
  const text = markdown(
    at,
    [],
    { program: 'p', records: 1, head: 'h' },
    {
      runbook: { title: 't', steps: [] },
      card: cardOf(at, fixture),
    },
  );
  expect(text).toContain(
    `\`\`\`\n# It was sent by ${mine.arn}.\naws sso-admin create-account-assignment --instance-arn i`,
  );
  expect(text).toContain(`--profile '<a profile of account ${account}>'\n`);
});

test('where a command of a sentence names no profile, the sentence says as whom it runs', () => {
  const intent = {
    ...{ attempt: 'assign/a#1', step: 'assign', change: 'a', says: 'Assign ada', at: 1, situation: {} },
    ...{ call: assign.call, actor: 'delegated-administrator' },
  };
  const attempts = [{ intent, state: 'verified' }] as never;
  const unwanted = { ...step, appliesWhen: () => false } as never as Step;
  const [says = ''] = describeOrphaned(unwanted, {
    ...run({ 'delegated-administrator': mine }),
    attempts,
  }).map(unmarked);
  expect(says).toContain(`As ${mine.arn}, with the environment’s credentials`);
  // Nothing follows the command: a full stop would belong to its last word.
  expect(says).toMatch(/ aws sso-admin delete-account-assignment [^.]*--region eu-west-1$/);
  const [other = ''] = describeOrphaned(unwanted, { ...run(), attempts }).map(unmarked);
  expect(other).toMatch(/--profile '<a profile of the delegated administrator account 2{12}>'$/);
  expect(byHandAs(attempts, run({ 'delegated-administrator': mine })).join()).toMatch(/^# As arn/);
});
