import type { Run } from '../run.ts';

/** What changes told, by 'step/change'. What was taken back tells of what is gone. */
export const outputs = (run: Run): ReadonlyMap<string, unknown> =>
  new Map(
    run.attempts
      .filter((a) => a.output !== undefined && !run.undone.includes(a.intent.attempt))
      .map((a) => [`${a.intent.step}/${a.intent.change}`, a.output]),
  );
