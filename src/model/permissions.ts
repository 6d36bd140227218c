import type { Actor } from './call.ts';
import { iamActions } from './call.ts';
import type { Operation, WriteOperation } from './operations.ts';
import { writes } from './operations.ts';
import type { Step } from './step.ts';

const isWrite = (operation: Operation): operation is WriteOperation => operation in writes;
/** Only taking the run back needs these. */
const takesBack = (operation: Operation): boolean => /:(Delete|Deregister)/.test(operation);

/**
 * The IAM actions that an actor needs for the runbook: all of the steps that it acts in, and the reads of the others
 * that it may look into. `undo`: what taking the run back needs besides.
 */
export function permissionsOf(
  steps: readonly Step[],
  actor: Actor,
  { undo = false }: { readonly undo?: boolean } = {},
): { readonly reads: readonly string[]; readonly writes: readonly string[] } {
  const calls = steps.flatMap((step): readonly Operation[] => {
    if (step.eyes === 'none') return [];
    if (step.actor === actor) return step.calls.filter((call) => undo || !takesBack(call));
    return step.eyes === 'either' ? step.calls.filter((call) => !isWrite(call)) : [];
  });
  const needed = iamActions(calls);
  const changing = new Set(
    iamActions(calls.filter(isWrite)).filter((action) => !/:(Get|List|Describe)/.test(action)),
  );
  return {
    reads: needed.filter((action) => !changing.has(action)),
    writes: needed.filter((action) => changing.has(action)),
  };
}
