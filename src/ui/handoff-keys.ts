import { wordsFor } from '../model/handoff.ts';
import type { Ask } from './ask.ts';
import { type Asking, type Binding, bind, to } from './binding.ts';
import { textBox } from './text-box.ts';

/** The keys that hand a run on, and take it back. */
export function handoffKeys({ ask, ui }: Asking): readonly Binding[] {
  if (ask.is === 'handed-off') {
    const words = wordsFor(ask.handoff);
    return [bind('enter', 'take it back', () => to(ui, { is: 'typed', box: textBox(), words }))];
  }
  if (cannot.includes(ask.is)) return [];
  // Named where somebody else's credentials are asked for, and where a step ends; the window is full elsewhere.
  const does = ask.is === 'credentials' || ask.is === 'done' ? 'hand off' : '';
  return [bind('h', does, () => to(ui, { is: 'reason', box: textBox(), about: { do: 'hand-off' } }))];
}
/** Where there is nothing to hand off, or something else comes first. */
const cannot: readonly Ask['is'][] = ['watching', 'incoming', 'finished', 'undo', 'undone', 'busy'];
