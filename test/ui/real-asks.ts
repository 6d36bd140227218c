import { codewhisperer } from '../../steps/index.ts';
import { asksOf } from './asks.ts';
import { managementAsks } from './management-asks.ts';
import { fixtureParts } from './parts.ts';

const { asks: usual, ...of } = asksOf({
  runbook: codewhisperer,
  first: ['before-you-start', 'understood'],
  looks: 'organization',
  registered: 'register-delegated-administrator',
  made: 'permission-set',
  given: 'assign-administrator',
  byHand: 'home-region',
  attested: ['session-duration', 'seen'],
  chosen: ['delegated-account', 'account'],
  several: ['administrator-user', 'user'],
  existing: ['permission-set', 'existing'],
  text: ['delegated-identity', 'portal'],
  missing: fixtureParts.missing,
});
export const { run, events } = of;
/** The same questions as the real runbook puts them, and those that it alone has. */
export const asks = { ...usual, ...managementAsks(run, of.question) };
