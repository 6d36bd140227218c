import type { Run } from '../run.ts';

/** Changes of a step that somebody saw in a plan that was confirmed, and that were never sent: a sentence each. */
export const describeNotSent = (step: string, { notSent = [] }: Run): readonly string[] =>
  notSent
    .filter((one) => one.step === step)
    .map(({ says, found }) => `Part of a plan that was confirmed, and never sent: ${says}. ${found}`);
