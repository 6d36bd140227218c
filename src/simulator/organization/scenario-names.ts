/** The situations an organization can be found in. Each is made from the same company; what differs is said below. */
export const scenarios = [
  'fresh',
  'delegated',
  'single-account',
  'opt-in-region',
  'no-instance',
  'other-region',
  'other-delegated',
  'existing-set',
  'existing-set-with-admin',
  'set-in-management',
  'external-idp',
  'active-directory',
  'done',
  'customer-key',
  'account-instance',
  'multi-region',
  'region-denied',
  'no-permission-sets',
  'instance-creating',
  'instance-failed',
  'instance-deleting',
  'billing-only',
  'large',
] as const;
/** The name of one of them, as it is typed. */
export type Scenario = (typeof scenarios)[number];
/** Whether there is a scenario of this name, as a type guard. */
export const isScenario = (name: string): name is Scenario => scenarios.some((known) => known === name);
