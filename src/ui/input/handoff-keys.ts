import type { Ask } from '../session/ask.ts';
import { type Asking, type Binding, bind, to } from './binding.ts';
import { textBox } from './text-box.ts';

/** The keys that hand a run on, and take it back. */
export function handoffKeys({ ask, ui }: Asking): readonly Binding[] {
  if (cannot.includes(ask.is)) return [];
  const does = named.includes(ask.is) ? 'hand off' : '';
  return [bind('h', does, () => to(ui, { is: 'reason', box: textBox(), about: { do: 'hand-off' } }))];
}
/** Where somebody else is likely to go on. It works elsewhere, too: the window is full there. */
const named: readonly Ask['is'][] = ['credentials', 'done', 'blocked', 'failed'];
/** Where there is nothing to hand off, or something else comes first. */
const cannot: readonly Ask['is'][] = [
  'watching',
  'handed-off',
  'incoming',
  'finished',
  'undo',
  'undone',
  'busy',
];
