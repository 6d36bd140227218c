import type { Runbook } from '../../src/model/runbook.ts';
import type { Step } from '../../src/model/step.ts';
import { fixture } from '../fixture-runbook/index.ts';

type Asked = readonly [step: string, question: string];
/** Which step plays which part in the questions that are drawn. */
export interface Parts {
  readonly runbook: Runbook;
  readonly first: Asked; // answered, and read
  readonly looks: string; // a step that looks at AWS
  readonly registered: string; // one with a dangerous change
  readonly made: string; // one that makes something
  readonly given: string; // one that gives it to several people
  readonly byHand: string;
  readonly attested: Asked;
  readonly chosen: Asked; // an account
  readonly several: Asked;
  readonly existing: Asked; // a choice that may be dangerous
  readonly text: Asked;
  missing(step: string): Step;
}
const missing = (step: string): never => {
  throw new Error(`no step ${step}`);
};

export const fixtureParts: Parts = {
  runbook: fixture,
  first: ['first', 'understood'],
  looks: 'delegate',
  registered: 'delegate',
  made: 'set',
  given: 'assign',
  byHand: 'delegate',
  attested: ['delegate', 'seen'],
  chosen: ['delegate', 'account'],
  several: ['assign', 'people'],
  existing: ['set', 'existing'],
  text: ['set', 'portal'],
  missing,
};
