import type { Input, ReadyCall } from '../../src/model/call.ts';
import type { WriteOperation } from '../../src/model/operations.ts';
import type { AppliedChange } from '../../src/model/step.ts';

/** When what the run made was intended: milliseconds since 1970. It was seen done a minute later. */
export const madeAt = 1_700_000_000_000;

/** Something that this run made: the n-th attempt of a step. */
export const madeBy = <Op extends WriteOperation>(
  n: number,
  change: string,
  operation: Op,
  input: Input<Op>,
  more: Partial<AppliedChange> = {},
): AppliedChange => ({
  attempt: `step/${change}#${n}`,
  ...{ change, says: '', at: madeAt, seen: madeAt + 60_000 },
  call: { operation, input } as ReadyCall,
  ...more,
});
