import { isUndoing } from '../../model/phase.ts';
import type { Run } from '../../model/run.ts';
import type { Ask } from '../session/ask.ts';

/** Where no earlier answer is changed: the run is at its end, passes by, is taken back, or is another window's. */
export const isPast = ({ is }: Ask, run: Run): boolean => isUndoing(run) || passing.includes(is);
const passing: readonly Ask['is'][] = [
  'finished',
  'watching',
  'busy',
  'drifted',
  'undo',
  'undone',
  'handed-off',
  'incoming',
  'sign-in',
];
