import { isRead } from '../../src/model/operations.ts';
import { steps } from '../../steps/index.ts';

/** What decides in no step. */
export const informing = [...new Set(steps.flatMap(({ informs = [] }) => informs))].filter((operation) =>
  steps.every(({ calls, informs = [] }) => !calls.includes(operation) || informs.includes(operation)),
);
export const deciding = [...new Set(steps.flatMap(({ calls }) => calls))].filter(
  // Who acts is asked first of all, by itself: see below.
  (operation) => isRead(operation) && !informing.includes(operation) && operation !== 'sts:GetCallerIdentity',
);

export const healing = { fault: 'captive-portal', status: 403 };
