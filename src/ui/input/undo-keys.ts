import { isUndoing, wayNow } from '../../model/phase.ts';
import { made, type Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask, Reply } from '../session/ask.ts';
import { type Asking, type Binding, bind, reply } from './binding.ts';

/** True where the run made something that it could take back. */
const hasMade = (run: Run, steps: readonly Step[]): boolean =>
  steps.some(({ id, undo }) => undo !== undefined && made(run, id).length > 0);

/** The keys that have to do with taking the run back. */
export function undoKeys({ ask, ui, run, steps }: Asking): readonly Binding[] {
  const key = (name: string, does: string, value: Reply) => bind(name, does, () => reply(ui, value));
  switch (ask.is) {
    case 'undo':
      return [
        key('enter', ask.looked ? 'begin' : 'look at AWS', { do: 'go-on' }),
        ...(ask.looked ? [key('r', 'look again', { do: 'again' })] : []),
        key('n', 'not now', { do: 'decline' }),
      ];
    case 'undone':
      return [key('enter', 'end', { do: 'go-on' })];
    case 'done':
    case 'finished':
      return hasMade(run, steps) ? [key('u', 'take the run back', { do: 'undo' })] : [];
    case 'blocked':
    case 'unknown':
    case 'failed':
    case 'declined':
      return wayNow(run) === 'undo' ? [key('k', 'leave this, take back the rest', { do: 'keep' })] : [];
    case 'credentials':
    case 'code':
    case 'sign-in':
    case 'accept':
    case 'question':
    case 'confirm':
    case 'by-hand':
    case 'busy':
    case 'drifted':
    case 'cannot-tell':
    case 'under-way':
    case 'watching':
    case 'handed-off':
    case 'incoming':
      return [];
    default:
      return unreachable(ask);
  }
}

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
