import { wayNow } from '../model/phase.ts';
import { type Plan, takesWord, wordsFor } from '../model/plan.ts';
import { type Ahead, aheadOf, changeNumber } from '../model/progress/ahead.ts';
import { wordsFor as wordsOfHandoff } from '../model/progress/handoff.ts';
import { made, planOf, type Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Ask } from './ask.ts';
import { outcomeBlocks } from './attempts.ts';
import type { Block } from './block.ts';
import {
  agreementBlocks,
  besidesBlocks,
  callBlocks,
  cliBlocks,
  consoleBlocks,
  policyTexts,
} from './changes.ts';
import { goalBlocks } from './checks.ts';
import { handoffBlocks } from './handoff.ts';
import { acceptBlocks, credentialBlocks } from './identities.ts';
import { none, type Presenter, type ReplyKey } from './presentation.ts';
import {
  again,
  checkAgain,
  decline,
  explaining,
  goOn,
  opening,
  otherCredentials,
  replying,
  typing,
} from './reply-keys.ts';
import { retryKeys } from './retry-keys.ts';
import { codeBlocks, deviceBlocks } from './sign-in.ts';
import { checksDetail, documentDetail, ending, noteBlocks, standing } from './standing.ts';
import { undoBlocks, undoneBlocks } from './undo.ts';

/** One for each kind of question: the compiler names the one that is missing. */
type Presenters = { readonly [K in Ask['is']]: Presenter<K> };
export const presenters: Presenters = {
  credentials: (ask, { run, endpoint }) => ({
    body: credentialBlocks(ask, run, endpoint),
    details: [documentDetail(ask.step, run)],
    question: 'Whose credentials?',
    choices: { is: 'sources' },
    keys: [],
  }),
  code: (ask, { run }) => ({
    body: codeBlocks(ask),
    details: [documentDetail(ask.step, run)],
    question: 'MFA code, 6 digits:',
    keys: [],
  }),
  'sign-in': (ask, { run }) => ({
    body: deviceBlocks(ask),
    details: [documentDetail(ask.step, run)],
    question: 'Waiting for you to allow it there. This continues automatically.',
    keys: [
      ...(ask.device.opens === undefined ? [] : [opening('open the page', ask.device.opens)]),
      decline('other credentials'),
    ],
  }),
  accept: (ask, { run, endpoint }) => ({
    body: acceptBlocks(ask, endpoint),
    details: [documentDetail(ask.step, run)],
    question: 'Use these credentials?',
    keys: [goOn('y', 'yes'), decline('choose others')],
  }),
  question: ({ step, plan, question, choices }, { run }) => ({
    // What the question asks is not said twice.
    body: [
      ...noteBlocks(plan),
      ...goalBlocks(
        { goals: plan.goals.filter(({ is }) => is !== 'open' && is !== 'change') },
        run,
        step.actor,
      ),
    ],
    details: [checksDetail(step, plan, run), documentDetail(step, run)],
    question: question.says,
    choices:
      question.as === 'attestation'
        ? { is: 'fixed', all: attestations(question.skippable) }
        : choices
          ? { is: 'listed', several: question.as === 'several', rows: choices }
          : none,
    keys: [{ key: 'enter', does: 'answer', to: 'answer' }],
  }),
  confirm: (ask, { run, steps }) => {
    const { changes, step, plan } = ask;
    const ahead = steps.length > 0 ? aheadOf(steps, run, { step, plan }) : undefined;
    return {
      body: [
        ...agreementBlocks(ask, run, ahead && changeNumber(ahead)),
        ...(ahead?.made === 0 ? thenBlocks(ahead) : []),
      ],
      details: [
        { of: 'policy', title: 'Policy', blocks: policyTexts(changes) },
        { of: 'means', title: 'AWS CLI', blocks: cliBlocks(changes, step, run) },
        { of: 'means', title: 'Console', blocks: consoleBlocks(changes) },
        { of: 'means', title: 'The call', blocks: callBlocks(changes) },
        checksDetail(step, plan, run),
        { of: 'checks', title: 'What else follows', blocks: besidesBlocks(changes) },
        { of: 'checks', title: 'Notes', blocks: noteBlocks(plan) },
        documentDetail(step, run),
      ],
      question: changes.length === 1 ? 'Make this change?' : `Make all ${changes.length} changes?`,
      keys: [
        takesWord(changes)
          ? typing(
              wordsFor(changes).every((word) => /^\d+$/.test(word)) ? 'type the number' : 'type the name',
              wordsFor(changes),
            )
          : replying('y', 'yes', { do: 'confirm' }),
        decline('not now'),
      ],
    };
  },
  busy: (ask, { run }) => ({
    body: outcomeBlocks(ask, run),
    details: [checksDetail(ask.step, ask.plan, run), documentDetail(ask.step, run)],
    question: 'AWS is busy. Retrying automatically.',
    keys: [again('try now'), decline('stop waiting')],
  }),
  drifted: (ask, { run }) => ({
    body: [...outcomeBlocks(ask, run), ...noteBlocks(ask.plan)],
    details: [checksDetail(ask.step, ask.plan, run), documentDetail(ask.step, run)],
    question: 'Read it again before you decide.',
    keys: [again('show it as it is now')],
  }),
  failed: (ask, { run }) => ({
    body: [...outcomeBlocks(ask, run), ...noteBlocks(ask.plan)],
    details: [checksDetail(ask.step, ask.plan, run), documentDetail(ask.step, run)],
    question: 'The change was not made.',
    keys: [...retryKeys(ask), ...keep(run)],
  }),
  declined: (ask, { run }) => ({
    body: outcomeBlocks(ask, run),
    details: [
      checksDetail(ask.step, ask.plan, run),
      { of: 'checks', title: 'Notes', blocks: noteBlocks(ask.plan) },
      documentDetail(ask.step, run),
    ],
    question: 'The run waits here until you confirm it.',
    keys: [...checkAgain('show it again'), ...keep(run)],
  }),
  'cannot-tell': (ask, { run }) => {
    const [first] = ask.attempts;
    return {
      body: outcomeBlocks(ask, run),
      details: [checksDetail(ask.step, ask.plan, run), documentDetail(ask.step, run)],
      question: 'It is not known whether the change took effect.',
      keys: [
        ...checkAgain(),
        ...(first
          ? [
              explaining('s', 'mark it resolved, with a note', {
                do: 'set-aside',
                attempt: first.intent.attempt,
              }),
            ]
          : []),
      ],
    };
  },
  'under-way': (ask, { run }) => ({
    body: outcomeBlocks(ask, run),
    details: [documentDetail(ask.step, run)],
    question: 'AWS is still working on it.',
    keys: checkAgain('keep waiting'),
  }),
  'by-hand': ({ step, plan }, { run }) => ({
    ...standing(step, plan, run),
    question: 'Action required. Do it, then check again.',
    keys: checkAgain('done: check again'),
  }),
  blocked: ({ step, plan }, { run }) => ({
    ...standing(step, plan, run),
    question: 'Blocked. Fix the cause, then check again.',
    keys: [...checkAgain(), otherCredentials(step.actor), ...keep(run)],
  }),
  unknown: ({ step, plan }, { run }) => {
    const goal = plan.goals.find((one) => one.is === 'unknown' && !one.firm);
    return {
      ...standing(step, plan, run),
      question: 'This could not be checked.',
      keys: [
        ...checkAgain(),
        ...(goal ? [explaining('g', 'continue without this check', { do: 'waive', goal: goal.id })] : []),
        otherCredentials(step.actor),
        ...keep(run),
      ],
    };
  },
  done: ({ step, plan, before = [] }, { run, steps }) => ({
    ...standing(step, plan, run, before),
    question: 'This step is done.',
    keys: [goOn('enter', 'continue'), replying('r', 'check again', { do: 'again' }), ...undo(run, steps)],
  }),
  finished: ({ step, plan }, { run, steps }) => ({
    ...ending(step, plan, run),
    question: 'Everything is done.',
    keys: [goOn('enter', 'finish'), ...another(plan), ...undo(run, steps)],
  }),
  undo: (ask, { run }) => ({
    title: 'Undo what this run made',
    body: undoBlocks(ask, run),
    question: ask.looked ? 'Begin the undo?' : 'Check at AWS that they are still as this run left them?',
    keys: [
      goOn('enter', ask.looked ? 'begin with the first' : 'check at AWS'),
      ...(ask.looked ? [replying('r', 'check again', { do: 'again' })] : []),
      decline('not now'),
    ],
  }),
  undone: (ask, { run }) => ({
    title: ask.items.length > 0 ? 'Not all of the run is undone' : 'The run is undone',
    body: undoneBlocks(ask, run),
    question: 'The undo is finished.',
    keys: [goOn('enter', 'end')],
  }),
  watching: ({ step, holder }, { run }) => ({
    ...standing(step, planOf(run, step.id), run),
    question:
      holder === undefined
        ? 'The other window has left this run.'
        : `READ-ONLY: this run is open elsewhere (${holder}). What happens there is shown here as it is written down.`,
    keys: holder === undefined ? [again('continue here')] : [],
  }),
  'handed-off': (ask) => ({
    title: 'This run was handed off',
    body: handoffBlocks(ask),
    question: 'READ-ONLY: it continues where its file was taken.',
    keys: [typing('reclaim it', wordsOfHandoff(ask.handoff))],
  }),
  incoming: (ask) => ({
    title: ask.here ? 'This file was opened here before' : 'A run is handed to you',
    body: handoffBlocks(ask),
    question: ask.here ? 'The run continues as it is here.' : 'Take it over? AWS is not asked anything yet.',
    keys: ask.here
      ? [goOn('enter', 'continue')]
      : [goOn('y', 'yes'), replying('n', 'not now', { do: 'leave' })],
  }),
};

const attestations = (skippable: true | undefined) => [
  { value: 'attested', label: 'Yes, continue' },
  ...(skippable ? [{ value: 'skipped', label: 'Skip this, and record that it was skipped' }] : []),
];
/** While a run is undone: what cannot be undone may be left. */
const keep = (run: Run): readonly ReplyKey[] =>
  wayNow(run) === 'undo' ? [replying('k', 'leave this, undo the rest', { do: 'keep' })] : [];
/** Where the run made something that it could undo. */
/** An earlier answer that may be worth another thought. */
const another = ({ reconsider }: Plan): readonly ReplyKey[] => {
  if (!reconsider) return [];
  const { step, question, says } = reconsider;
  return [replying('n', says, { do: 'withdraw', step, question })];
};
const undo = (run: Run, steps: readonly Step[]): readonly ReplyKey[] =>
  steps.some((step) => step.undo !== undefined && made(run, step.id).length > 0)
    ? [replying('u', 'undo the run', { do: 'undo' })]
    : [];

/** Before the first change: what comes after it. */
const thenBlocks = ({ changes: [, ...later] }: Ahead): readonly Block[] =>
  later.length === 0
    ? []
    : [
        {
          ...{ is: 'fact', label: 'Then', spare: true },
          text: `${later.flatMap(({ says }) => says).join('; ')}. Each is shown first.`,
        },
      ];
