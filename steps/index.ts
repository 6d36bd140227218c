import type { Phase, Step } from '../src/model/step.ts';
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
import { registerDelegatedAdministrator } from './register-delegated-administrator.ts';
import { sessionDuration } from './session-duration.ts';

/** The runbook's table of contents: the document's parts, and the steps in the order in which they are gone through. */
export const phases: readonly Phase[] = [
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
export const steps: readonly Step[] = phases.flatMap((phase) => phase.steps);
