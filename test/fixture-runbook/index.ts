import { byHand, met } from '../../src/model/plan.ts';
import { type Book, type Runbook, type RunbookHead, runbook } from '../../src/model/runbook.ts';
import { step } from '../../src/model/step.ts';
import { assign } from './assign.ts';
import { delegate } from './delegate.ts';
import { first } from './first.ts';
import { set } from './set.ts';

/** The end, with something that is done by hand. */
const last = step({
  id: 'last',
  title: 'Lock up',
  short: 'Lock up',
  document: { section: 'The end', says: ['Lock the door, and leave.'] },
  actor: 'delegated-administrator',
  observedBy: 'either',
  calls: [],
  foretells: { asks: ['locked'] },
  dependsOn: { first, delegate, set, assign },
  questions: { locked: { says: 'Is the door locked?', as: 'attestation' } },
  observe: async () => undefined,
  plan: (_, { answers: { locked } }) => ({
    goals: [
      locked === undefined
        ? { is: 'open', id: 'locked', says: 'The door is locked', question: 'locked' }
        : locked === 'attested'
          ? met('locked', 'The door is locked', 'you say so')
          : byHand('locked', 'Lock the door', 'Doors › Lock'),
    ],
    gives: {},
  }),
});

const head: RunbookHead = {
  id: 'fixture',
  title: 'handing keys on',
  description: 'Leads through what the tests look at.',
  actors: ['management', 'delegated-administrator'],
};
/**
 * A runbook for the tests: few steps with words of their own, which no step of the real one changes. Between them they
 * have every kind of goal, question, risk and end of a change.
 */
export const fixture: Runbook = runbook({
  ...head,
  phases: [
    { title: 'Before', steps: [first] },
    { title: 'The keys', steps: [delegate, set, assign, last] },
  ],
  final: last,
  renamedAnswers: { 'set.called': { key: 'set.name', values: { old: 'keys' } } },
  notes: ({ answers }) => {
    const { name } = answers.set ?? {};
    return name === undefined ? [] : [{ title: 'What it is called', says: [name] }];
  },
});
export const fixtureBook: Book = { head, load: async () => fixture };
