import { expect, test } from 'vitest';
import { exitCodes } from '../../../src/commands/process/exit.ts';
import type { Answers } from '../../../src/commands/unattended/answers.ts';
import type { Consent } from '../../../src/commands/unattended/operator.ts';
import { unattended } from '../../../src/commands/unattended/unattended.ts';
import type { Ask } from '../../../src/engine/ask.ts';
import { change, unknown } from '../../../src/model/plan.ts';
import { emptyRun } from '../../../src/model/run.ts';
import { asks, stepNamed } from '../../ui/asks.ts';

const empty: Answers = { profiles: {}, roles: {}, externalIds: {}, answers: {}, waive: {} };
type Name = keyof typeof exitCodes;
interface Row {
  readonly ask: Ask;
  readonly code: Name | undefined; // undefined: it goes on
  readonly says?: RegExp; // what would let it go on
  readonly file?: Partial<Answers>;
  readonly consent?: Partial<Consent>;
}
/** Asks of the screen's tests, which hold every kind. */
const asked = (name: string): Ask => (asks[name] ?? expect.fail(`no ask ${name}`)).ask as Ask;
const step = stepNamed('set');
const passing = { problem: 'AWS gave no answer.', remedy: 'Try again later.', passing: true } as const;
const soon = unknown('set', 'The set is there', 'AWS does not show it yet', { soon: true });
const provision = change(
  'provisioned',
  'Bring it into 1 account',
  'sso:ProvisionPermissionSet',
  { InstanceArn: 'i', PermissionSetArn: 'p', TargetType: 'ALL_PROVISIONED_ACCOUNTS' },
  { risk: 'dangerous', typed: ['Dev'] },
);

/** By the table of exit codes: README, “Exit codes”. */
const rows: Readonly<Record<string, Row>> = {
  'credentials that nothing names': {
    ask: asked('credentials-none'),
    code: 'answerNeeded',
    says: /"profiles": \{"management": "…"\}/,
  },
  'credentials that do not work': { ask: asked('credentials-wrong'), code: 'credentials' },
  'credentials that nobody is signed in for': {
    ask: asked('credentials-login'),
    code: 'credentials',
    file: { profiles: { management: 'management' } },
  },
  'credentials that AWS cannot be asked about': {
    ask: { is: 'credentials', step, actor: 'management', sources: [], problem: passing },
    code: 'parked',
  },
  'credentials that take a code': {
    ask: asked('code'),
    code: 'credentials',
    says: /MFA device \S+ is needed/,
  },
  'credentials that take a sign-in': {
    ask: asked('sign-in'),
    code: 'credentials',
    says: /aws sso login --profile management/,
  },
  'credentials not accepted': { ask: asked('accept'), code: 'answerNeeded', says: /--yes/ },
  'an attestation that is missing': {
    ask: asked('attestation'),
    code: 'answerNeeded',
    says: /"answers": \{"delegate\.seen": "attested"\}/,
  },
  'a choice that is missing': {
    ask: asked('choice'),
    code: 'answerNeeded',
    says: /"answers": \{"delegate\.account"/,
  },
  'choices that are missing': {
    ask: asked('several'),
    code: 'answerNeeded',
    says: /"answers": \{"assign\.people": \["…", "…"\]\}/,
  },
  'a dangerous choice that is missing': {
    ask: asked('choice-dangerous'),
    code: 'answerNeeded',
    says: /"answers": \{"set\.existing"/,
  },
  'a routine change without --yes': { ask: asked('confirm'), code: 'answerNeeded', says: /--yes/ },
  'a routine change with --yes': { ask: asked('confirm'), code: undefined, consent: { yes: true } },
  'a dangerous change with --yes alone': {
    ask: asked('confirm-dangerous'),
    code: 'answerNeeded',
    says: /--confirm 'Shared Services' or --confirm 444455556666/,
    consent: { yes: true },
  },
  'a dangerous change by another name': {
    ask: asked('confirm-dangerous'),
    code: 'answerNeeded',
    says: /--confirm /,
    consent: { yes: true, confirm: ['Workloads Dev'] },
  },
  'provisioning for a policy that was put earlier, by somebody else': {
    ask: { is: 'confirm', step, plan: { goals: [provision] }, changes: [provision], shown: 'x' },
    code: 'answerNeeded',
    says: /--confirm Dev/,
    consent: { yes: true },
  },
  'something to do by hand': { ask: asked('by-hand'), code: 'prerequisite' },
  'a prerequisite that fails': { ask: asked('blocked'), code: 'prerequisite' },
  'a check that could not be made': {
    ask: asked('unknown'),
    code: 'answerNeeded',
    says: /"waive": \{"delegate\.region": "…"\}/,
  },
  'the same with a reason': {
    ask: asked('unknown'),
    code: undefined,
    file: { waive: { 'delegate.region': 'we know' } },
  },
  'a check that nobody can waive': {
    ask: asked('unknown-firm'),
    code: 'prerequisite',
    file: { waive: { 'delegate.look': 'we know' } },
  },
  'what AWS shows in a while': {
    ask: { is: 'unknown', step, plan: { goals: [soon] } },
    code: 'parked',
    says: /Run the same command again later/,
  },
  'AWS was changed meanwhile': { ask: asked('drifted'), code: 'changesPending' },
  'a change that AWS refused for good': {
    ask: asked('failed'),
    code: 'unexpected',
    says: /Fix the cause, then run the same command again/,
  },
  'a change that AWS was too busy for': {
    ask: { ...asked('busy'), is: 'failed' } as Ask,
    code: 'parked',
    says: /AWS was busy .* Run the same command again later/,
  },
  'a change that was declined': { ask: asked('declined'), code: 'answerNeeded' },
  'a change of which nobody can tell': { ask: asked('cannot-tell'), code: 'parked' },
  'a change that AWS is still at': { ask: asked('under-way'), code: 'parked' },
};

test.each(Object.entries(rows))('%s', async (_, { ask, code, says, file, consent }) => {
  const operator = unattended(
    { ...empty, ...file },
    { yes: false, confirm: [], ...consent },
    () => {},
    async () => {},
    () => emptyRun,
  );
  const reply = await operator.ask(ask);
  const reason = operator.reason();
  expect(reason?.code).toBe(code === undefined ? undefined : exitCodes[code]);
  expect(reply.do === 'leave').toBe(code !== undefined);
  if (says) expect(reason?.says.join('\n')).toMatch(says);
});

test('every kind of question that can stop a run is in the table', () => {
  const goesOn = ['busy', 'done', 'finished', 'undo', 'undone'];
  const ofTheScreen = ['watching', 'handed-off', 'incoming'];
  const kinds = new Set<string>(Object.values(asks).map(({ ask }) => ask.is));
  const held = new Set<string>(Object.values(rows).map(({ ask }) => ask.is));
  expect(
    [...kinds].filter((is) => !held.has(is) && !goesOn.includes(is) && !ofTheScreen.includes(is)),
  ).toEqual([]);
});
