import { type Runbook, runbook } from '../src/model/runbook.ts';
import type { Phase } from '../src/model/step.ts';
import { administratorUser } from './administrator-user.ts';
import { assignAdministrator } from './assign-administrator.ts';
import { assignInManagement } from './assign-in-management.ts';
import { beforeYouStart } from './before-you-start.ts';
import { delegatedAccount } from './delegated-account.ts';
import { delegatedIdentity } from './delegated-identity.ts';
import { handOver } from './hand-over.ts';
import { homeRegion } from './home-region.ts';
import { managementSet } from './management-set.ts';
import { organization } from './organization.ts';
import { permissionSet } from './permission-set.ts';
import { chosenPolicy } from './policies/index.ts';
import { recordOf } from './policies/policy-choice.ts';
import { head } from './product.ts';
import { registerDelegatedAdministrator } from './register-delegated-administrator.ts';
import { sessionDuration } from './session-duration.ts';

/** The runbook's table of contents: the document's parts, and the steps in the order in which they are gone through. */
const contents: readonly Phase[] = [
  { title: 'Before you begin', steps: [beforeYouStart, organization, homeRegion, sessionDuration] },
  { title: 'Delegate administration', steps: [delegatedAccount, registerDelegatedAdministrator] },
  {
    title: 'Assign the rights',
    steps: [
      ...[delegatedIdentity, administratorUser, permissionSet, assignAdministrator],
      ...[managementSet, assignInManagement], // only where the management account is a target
      handOver,
    ],
  },
];

/** This runbook, as the commands are given it. */
export const codewhisperer: Runbook = runbook({
  ...head,
  phases: contents,
  final: handOver,
  renamedAnswers: {
    'permission-set.customizations': {
      key: 'permission-set.policy',
      values: { no: 'documented', yes: 'documented+customizations' },
    },
  },
  notes: ({ answers }) => {
    const chosen = chosenPolicy(answers[permissionSet.id] ?? {});
    return chosen ? [{ title: 'The policy that was chosen', says: recordOf(chosen) }] : [];
  },
});
/** The one that this program leads through. */
export { codewhisperer as ours };
export const { phases, steps } = codewhisperer;
