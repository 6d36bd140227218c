import type { Event } from '../../src/model/event.ts';
import { byHand, change, met, open, type Plan, unknown, warning, wrong } from '../../src/model/plan.ts';
import type { Choice } from '../../src/model/question.ts';
import { applyEvent, emptyRun, type Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import { credentialAsks } from './credential-asks.ts';
import { handoffAsks } from './handoff-asks.ts';
import { fixtureParts, type Parts } from './parts.ts';
import { undoAsks } from './undo-asks.ts';

const [management, delegate] = ['111122223333', '444455556666'];
const arn = (account: string) => `arn:aws:iam::${account}:user/operator`;
const source = { kind: 'profile', name: 'management' } as const;
const call = { AccountId: delegate, ServicePrincipal: 'sso.amazonaws.com' };
const register = {
  ...change(
    'registered',
    'Register Shared Services (444455556666)',
    'organizations:RegisterDelegatedAdministrator',
    call,
    {
      risk: 'dangerous',
      typed: ['Shared Services', delegate],
      consequences: ['It will manage users and permission sets.'],
    },
  ),
  console: 'IAM Identity Center › Settings › Management',
};
const create = change(
  'set',
  'Make the permission set CodeWhisperer_administrator',
  'sso:CreatePermissionSet',
  {
    InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
    Name: 'CodeWhisperer_administrator',
  },
);
export const rows: readonly Choice[] = [
  { value: management, label: `Example Corp  ${management}`, not: 'the management account' },
  { value: delegate, label: `Shared Services  ${delegate}` },
  ...Array.from({ length: 40 }, (_, n) => ({
    value: `7000000000${String(n).padStart(2, '0')}`,
    label: `Workload ${n}`,
  })),
];
const people: readonly Choice[] = [
  { value: 'ada.lovelace', label: 'Ada Lovelace  ada.lovelace' },
  { value: 'adam', label: 'Adam  adam', not: 'disabled' },
  ...Array.from({ length: 20 }, (_, n) => ({ value: `person.${n}`, label: `Person ${n}  person.${n}` })),
  { value: 'group:Administrators', label: 'Group: Administrators', detail: 'Who may do everything' },
  { value: 'not-listed', label: 'The person is not in this list', apart: true },
];
const existing: readonly Choice[] = [
  {
    value: 'use@1',
    label: 'Use that one',
    detail: 'Nothing is changed.',
    danger: { says: ['It grants more.', 'Nobody has it.'], typed: ['Shared Services', delegate] },
  },
  { value: 'stop@1', label: 'Stop here' },
];
async function* stream(all: readonly Choice[]) {
  yield* all;
}
/** Five people in as many accounts. */
const many = ['ada', 'ben', 'cyd', 'dan', 'eve'].map((name, n) =>
  change(
    name,
    `Assign ${name} to Team ${n} (00000000000${n}) with CodeWhisperer_administrator`,
    'sso:CreateAccountAssignment',
    {
      InstanceArn: 'arn:aws:sso:::instance/ssoins-1',
      TargetType: 'AWS_ACCOUNT',
      TargetId: `00000000000${n}`,
      PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
      PrincipalType: 'USER',
      PrincipalId: `u-${n}`,
    },
    { batch: 'assign', consequences: ['AWS usually takes a few seconds.'] },
  ),
);

/** A question with what goes with it: the run, where it is another than the usual one, and the rows of a list. */
export type Asks = Readonly<
  Record<string, { readonly ask: Ask; readonly run?: Run; readonly rows?: readonly Choice[] }>
>;
/** Puts a step's question. */
export type Question = (
  asked: readonly [step: string, question: string],
  plan: Plan,
  all?: readonly Choice[],
  initial?: string,
) => Ask;

/** Every question that the engine puts, as it may look in a runbook, and the run that it is put in. */
export function asksOf(parts: Parts) {
  const stepNamed = (id: string): Step =>
    parts.runbook.steps.find((one) => one.id === id) ?? parts.missing(id);
  const [first, understood] = parts.first;
  const intent: Event = {
    type: 'intended',
    at: 1_700_000_000_000,
    attempt: `${parts.made}/set#1`,
    step: parts.made,
    change: 'set',
    says: create.says,
    call: {
      operation: 'sso:CreatePermissionSet',
      input: { InstanceArn: 'arn:i', Name: 'CodeWhisperer_administrator' },
    },
    key: 'k',
    actor: 'delegated-administrator',
    account: delegate,
    arn: arn(delegate),
    region: 'us-east-1',
    situation: { answers: {}, given: {}, hints: {}, run: '01RUN' },
  };
  const events: readonly Event[] = [
    { type: 'started', at: 0, run: '01JDEMO0000000000000RUN00', simulated: true, endpoint: 'demo' },
    { type: 'answered', at: 0, step: first, question: understood, answer: 'attested' },
    {
      type: 'looked',
      at: 0,
      step: first,
      basis: '',
      plan: { goals: [met('understood', 'You know what this sets up', 'acknowledged')] },
    },
    { type: 'identified', at: 0, actor: 'management', account: management, arn: arn(management), source },
    {
      type: 'bound',
      at: 0,
      binding: { organization: 'o-abcdefghij', region: 'us-east-1', accounts: { management } },
    },
    { type: 'read', at: 0, step: first },
  ];
  const run: Run = events.reduce(applyEvent, emptyRun);
  const refused = [
    intent,
    {
      type: 'ended',
      at: 1,
      attempt: `${parts.made}/set#1`,
      outcome: {
        ended: 'refused',
        code: 'AccessDeniedException',
        why: 'not authorized to perform sso:CreatePermissionSet',
        requestId: '0f0f',
      },
    } as const,
  ].reduce(applyEvent, run);
  const busy = [
    intent,
    {
      type: 'ended',
      at: 1,
      attempt: `${parts.made}/set#1`,
      outcome: {
        ended: 'refused',
        code: 'ConflictException',
        why: 'There is a conflicting operation in process.',
        requestId: '0f0f',
      },
    } as const,
  ].reduce(applyEvent, run);
  const pendingRun = (
    [intent, { type: 'unclear', at: 1, attempt: `${parts.made}/set#1`, why: 'no answer in time' }] as const
  ).reduce<Run>(applyEvent, run);
  const upgraded: Run = {
    ...run,
    older: {
      program: 'cw-runbook/0.0.9',
      done: {},
      differs: {
        [parts.looks]: ['New: A thing to read', 'Another call: It belongs to an organization'],
      },
    },
  };
  const done: Plan = {
    goals: [
      met('organization', 'It belongs to an organization', 'organization o-abcdefghij'),
      warning('features', 'A thing to read', 'as it is by decision'),
    ],
    notes: ['A note on what was seen.'],
  };

  const question: Question = ([id, name], plan, all, initial) => {
    const step = stepNamed(id);
    const asked = step.questions[name];
    if (!asked) throw new Error(`no question ${name}`);
    const goal = open(name, 'It is decided', name, initial);
    return {
      is: 'question',
      step,
      plan: { ...plan, goals: [...plan.goals, goal] },
      goal,
      question: asked,
      ...(all ? { choices: () => stream(all) } : {}),
    };
  };
  const step = stepNamed(parts.looks);

  const asks: Asks = {
    credentials: {
      ask: { is: 'credentials', step, actor: undefined, sources: [source, { kind: 'environment' }] },
    },
    'credentials-wrong': {
      ask: {
        is: 'credentials',
        step,
        actor: 'delegated-administrator',
        account: delegate,
        sources: [source],
        problem: {
          problem: 'profile management acts for account 111122223333.',
          remedy: 'Choose credentials of account 444455556666.',
        },
      },
    },
    'credentials-login': {
      ask: {
        is: 'credentials',
        step,
        actor: 'management',
        account: management,
        sources: [source, { kind: 'environment' }],
        problem: {
          problem: 'profile management: the SSO session has expired',
          remedy: 'Sign in again: aws sso login --profile management. Then check again here.',
          login: { by: 'sso', profile: 'management' },
        },
        failed: source,
      },
    },
    'credentials-notes': {
      ask: {
        is: 'credentials',
        step,
        actor: 'management',
        sources: [source],
        notes: [
          'line 12 of /home/ann/.aws/config: the AWS CLI knows the profile müller by [profile müller]. The AWS SDK for JavaScript, which this program uses, does not: it is ignored. Give it a name of letters a to z, digits and - _ . @ + % : / only, such as [profile m-ller].',
          '2 more such lines: cw-runbook doctor',
        ],
      },
    },
    ...credentialAsks(step),
    'credentials-none': { ask: { is: 'credentials', step, actor: undefined, sources: [] } },
    accept: {
      ask: {
        is: 'accept',
        step,
        actor: 'management',
        caller: {
          source,
          account: management,
          arn: arn(management),
          organization: { is: 'member', id: 'o-abcdefghij', management },
        },
      },
    },
    attestation: {
      ask: question(parts.attested, {
        goals: [],
        notes: ['It was set up on 2024-06-03, so the default was 90 days.'],
      }),
    },
    choice: { ask: question(parts.chosen, { goals: [] }, rows), rows },
    several: { ask: question(parts.several, { goals: [] }, people), rows: people },
    'choice-dangerous': {
      ask: question(
        parts.existing,
        { goals: [], notes: ['Its inline policy allows beyond the document (1): s3:* on *'] },
        existing,
      ),
      rows: existing,
    },
    text: {
      ask: question(parts.text, { goals: [] }, undefined, 'https://d-0123456789.awsapps.com/start'),
    },
    confirm: {
      ask: {
        is: 'confirm',
        step: stepNamed(parts.made),
        plan: { goals: [create] },
        changes: [create],
        shown: 'x',
      },
    },
    'confirm-many': {
      ask: {
        is: 'confirm',
        step: stepNamed(parts.given),
        plan: { goals: many },
        changes: many,
        shown: 'x',
      },
    },
    'confirm-dangerous': {
      ask: {
        is: 'confirm',
        step: stepNamed(parts.registered),
        plan: { goals: [register] },
        changes: [register],
        shown: 'x',
      },
    },
    'by-hand': {
      ask: {
        is: 'by-hand',
        step: stepNamed(parts.byHand),
        plan: {
          goals: [
            byHand(
              'instance',
              'Enable IAM Identity Center',
              'https://console.aws.amazon.com/singlesignon',
              'aws organizations create-account',
            ),
          ],
        },
      },
    },
    blocked: {
      ask: {
        is: 'blocked',
        step,
        plan: {
          goals: [
            wrong(
              'organization',
              'It belongs to an organization',
              'it stands alone',
              'Use an account of the organization.',
            ),
          ],
        },
      },
    },
    unknown: {
      ask: {
        is: 'unknown',
        step,
        plan: {
          goals: [unknown('region', 'Its home Region is no opt-in Region', 'AccessDeniedException')],
          gives: {},
        },
      },
    },
    'unknown-firm': {
      ask: {
        is: 'unknown',
        step,
        plan: { goals: [unknown('look', 'AWS lets us look', 'AccessDeniedException', { firm: true })] },
      },
    },
    failed: {
      ask: {
        is: 'failed',
        step: stepNamed(parts.made),
        plan: { goals: [create] },
        attempts: refused.attempts,
      },
      run: refused,
    },
    busy: {
      ask: {
        is: 'busy',
        step: stepNamed(parts.made),
        plan: { goals: [create] },
        attempts: busy.attempts,
        until: 9_000,
      },
      run: busy,
    },
    drifted: {
      ask: {
        is: 'drifted',
        step: stepNamed(parts.made),
        plan: { goals: [create], notes: ['The policy allows beyond the document (1): s3:* on *'] },
        drifts: [
          {
            goal: 'policy',
            says: 'Give CodeWhisperer_administrator the document’s policy',
            before: 'nothing',
            found: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
            wanted: '{"Version":"2012-10-17","Statement":[]}',
          },
          { goal: 'grants', says: 'It grants nothing else', before: 'yes', found: 'no: a boundary' },
        ],
      },
    },
    declined: { ask: { is: 'declined', step: stepNamed(parts.made), plan: { goals: [create] } } },
    'cannot-tell': {
      ask: {
        is: 'cannot-tell',
        step: stepNamed(parts.made),
        plan: {
          goals: [unknown('look', 'AWS lets us look', 'AccessDeniedException: not allowed', { firm: true })],
        },
        attempts: pendingRun.attempts,
      },
      run: pendingRun,
    },
    'under-way': {
      ask: {
        is: 'under-way',
        step: stepNamed(parts.made),
        attempts: pendingRun.attempts.map((one) => ({ ...one, request: 'f00' })),
      },
      run: pendingRun,
    },
    done: { ask: { is: 'done', step, plan: done } },
    'done-differs': { ask: { is: 'done', step, plan: done }, run: upgraded },
    watching: {
      ask: {
        is: 'watching',
        step,
        holder: 'process 4711 of ann on shell-1, since 2026-11-23T10:00:00.000Z',
      },
    },
    'watching-free': { ask: { is: 'watching', step, holder: undefined } },
    finished: { ask: { is: 'finished', step: stepNamed(parts.runbook.final.id), plan: done } },
    ...handoffAsks(run, parts),
    ...undoAsks(run, parts),
  };

  return { asks, run, events, intent, question, stepNamed };
}
/** Of the runbook of the tests. */
export const { asks, run, events, intent, stepNamed } = asksOf(fixtureParts);
