import { identityCenterLink } from '../src/model/console.ts';
import { met, open, warning } from '../src/model/plan.ts';
import { step } from '../src/model/step.ts';
import { homeRegion } from './home-region.ts';
import { organization } from './organization.ts';

const goal = 'You know how long your developers stay signed in';
/** From this day on AWS sets up new instances with the extended session. Source: the document's note. */
const extendedSince = '2024-04-18';

/** The document's note. No API reads or sets it, so the operator looks, or skips it. */
export const sessionDuration = step({
  id: 'session-duration',
  title: 'How long a session lasts',
  short: 'Session duration',
  about: 'See how long developers stay signed in; only the console shows it.',
  document: {
    section: 'Delegate IAM Identity Center administration · Note',
    says: [
      'A session through IAM Identity Center lasts 8 hours by default. For CodeWhisperer Professional and Amazon Q Developer it lasts 90 days where IAM Identity Center was set up on 18 April 2024 or later.',
    ],
    links: [
      {
        title: 'IAM Identity Center User Guide: How to extend the session duration for Amazon Q in the IDE',
        url: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/90-day-extended-session-duration.html',
      },
    ],
  },
  actor: 'management',
  observedBy: 'none',
  calls: [],
  foretells: { asks: ['seen'] },
  dependsOn: { organization, instance: homeRegion },
  questions: {
    seen: {
      says: 'Have you checked the session duration in the console?',
      as: 'attestation',
      skippable: true,
    },
  },

  observe: async () => undefined,

  plan: (_, { answers, given }) => {
    const { created, region } = given.instance;
    const link = identityCenterLink({ account: given.organization.management, region });
    const day = created.slice(0, 10);
    const defaults =
      day === ''
        ? 'AWS does not show when IAM Identity Center was set up, so its default is unknown: 8 hours if before 18 April 2024, 90 days since.'
        : day >= extendedSince
          ? `IAM Identity Center was set up on ${day}, so the default for CodeWhisperer was 90 days. It may have been changed since.`
          : `IAM Identity Center was set up on ${day}, before 18 April 2024, so the default is 8 hours.`;
    return {
      goals: [
        answers.seen === 'attested'
          ? met('seen', goal, 'checked in the console, as the operator says')
          : answers.seen === 'skipped'
            ? warning(
                'seen',
                'Nobody has checked how long developers stay signed in',
                'skipped (your decision)',
              )
            : open('seen', goal, 'seen'),
      ],
      gives: {},
      notes: [
        defaults,
        'No API reads or sets it. In the console: IAM Identity Center › Settings › Authentication › Session duration › Configure. The setting is labeled “Enable extended sessions for Kiro”.',
        link,
      ],
      link,
    };
  },
});
