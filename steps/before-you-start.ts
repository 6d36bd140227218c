import { met, open } from '../src/model/plan.ts';
import { step } from '../src/model/step.ts';
import { asCommand } from '../src/model/text/own-commands.ts';
import { productState } from './product.ts';

const goal = 'You know what this sets up, and that it is still right for your organization';

/** What decides whether to begin. */
const notes = [
  `Continue only if your organization already has a CodeWhisperer or Amazon Q Developer profile. ${productState}`,
  'Four changes, each shown and confirmed first: a member account becomes delegated administrator of IAM Identity Center; the permission set CodeWhisperer_administrator is created; it gets a policy that you choose; one of your users gets it in one account.',
  `Nothing is changed before you confirm it. ${asCommand('cw-runbook undo')} removes what this run made.`,
  'You need credentials of the management account, then of the account that becomes delegated administrator (a profile, or a role to assume).',
];

/** What the procedure is, what AWS says of it today, and what will be changed. Nothing is looked at. */
export const beforeYouStart = step({
  id: 'before-you-start',
  title: 'Before you start',
  short: 'Before you start',
  about: 'See what this sets up, and whether your organization can still use it.',
  document: {
    section: 'Setting up CodeWhisperer Professional with IAM Identity Center',
    says: [
      'This sets up an administrator for CodeWhisperer Professional: a member account takes over the administration of IAM Identity Center, and one of your users gets a permission set with which to manage the CodeWhisperer profile and who may use it.',
      productState,
      'It is still right for you if your organization already has a CodeWhisperer or Amazon Q Developer profile that somebody has to administer. It is not if you want to begin with the product today. Where a profile is seen, the list of accounts in step 5 says so, before anything is changed.',
      'What will be changed, each time after you have confirmed it: one delegated administrator is registered, one permission set is created, one user is assigned to one account. If you have no user to promote, one can be created.',
      'You need two identities: one of the management account (until the delegated administrator is registered), and one of the account that becomes the delegated administrator.',
      'The permission set gets the policy the document prints, unless you choose another: AWS’s of 2026 for legacy CodeWhisperer profiles or for Amazon Q Developer, or Kiro’s of December 2025.',
    ],
    links: [
      {
        title: 'Amazon Q Developer: CodeWhisperer’s new name',
        url: 'https://docs.aws.amazon.com/amazonq/latest/qdeveloper-ug/service-rename.html',
      },
      {
        title: 'Amazon Q Developer: end of support in the IDE',
        url: 'https://docs.aws.amazon.com/amazonq/latest/qdeveloper-ug/q-developer-ide-end-of-support.html',
      },
      { title: 'Kiro', url: 'https://kiro.dev' },
    ],
  },
  actor: 'management',
  observedBy: 'none',
  calls: [],
  foretells: { asks: ['understood'] },
  dependsOn: {},
  questions: {
    understood: { says: 'Is this what you are here for?', as: 'attestation' },
  },

  observe: async () => undefined,

  plan: (_, { answers }) => ({
    goals: [
      answers.understood === 'attested'
        ? met('understood', goal, 'acknowledged')
        : open('understood', goal, 'understood'),
    ],
    gives: {},
    notes,
  }),
});
