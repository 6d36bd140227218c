import { kindOf, type RefusalKind } from '../refusals.ts';
import type { Attempt } from '../run.ts';

/** How AWS refused an attempt; undefined where it did not. */
export const refusalOf = ({ intent, outcome }: Attempt): RefusalKind | undefined =>
  outcome?.ended === 'refused' ? kindOf(intent.call.operation, outcome) : undefined;
/** Refused as AWS says for the time being: nothing happened, and the same may be sent again. */
export const mayRepeat = (attempt: Attempt): boolean =>
  ['throttled', 'in-progress'].includes(refusalOf(attempt) ?? '');
