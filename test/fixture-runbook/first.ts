import { met, open } from '../../src/model/plan.ts';
import { step } from '../../src/model/step.ts';

/** Nothing is looked at: something is attested. */
export const first = step({
  id: 'first',
  title: 'Read the card',
  short: 'The card',
  document: {
    section: 'The first part',
    says: ['This hands keys on and makes a set of them.', 'Nobody needs it: the tests do.'],
    links: [
      { title: 'A guide', url: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/what-is.html' },
    ],
  },
  actor: 'management',
  observedBy: 'none',
  calls: [],
  foretells: { asks: ['understood'] },
  dependsOn: {},
  questions: { understood: { says: 'Have you read the card?', as: 'attestation' } },
  observe: async () => undefined,
  plan: (_, { answers }) => ({
    goals: [
      answers.understood === 'attested'
        ? met('understood', 'You have read the card', 'acknowledged')
        : open('understood', 'You have read the card', 'understood'),
    ],
    gives: {},
  }),
});
