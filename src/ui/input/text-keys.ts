import { plainRoleArn } from '../../model/text/account-id.ts';
import { defined } from '../../model/text/defined.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask } from '../session/ask.ts';
import { type Asking, type Binding, back, bind, editing, type KeyResult, reply, to } from './binding.ts';
import { baseRows, type Mode, picker, type Ui } from './state.ts';
import { edit, textIn } from './text-box.ts';
import { inputError } from './validate-input.ts';

type Typing = Extract<Mode, { is: 'code' | 'text' | 'typed' | 'reason' | 'role' }>;
/** While a text is typed, letters are text: only Enter, Escape and the keys of a line editor are keys. */
export function typing({ ask, ui, pageSize }: Asking, mode: Typing): readonly Binding[] {
  const enter =
    mode.is === 'reason' && mode.about.do === 'hand-off'
      ? 'hand off'
      : { code: 'send it', text: 'answer', typed: 'confirm', reason: 'record it', role: 'go on' }[mode.is];
  return [
    bind('enter', enter, () => submit(ask, ui, mode)),
    // A code has digits alone.
    ...(mode.is === 'code' ? [bind('q', 'leave', () => reply(ui, { do: 'leave' }))] : []),
    {
      ...bind('escape', escapes(mode), () => {
        if (mode.is === 'code') return reply(ui, { do: 'decline' });
        return isFirst(mode) ? to(ui, { is: 'keys' }) : back(ask, ui);
      }),
      ...defined({ leaves: isFirst(mode) ? true : undefined }),
    },
    bind('pagedown', '', () => ({ ui: { ...ui, scroll: ui.scroll + pageSize } })),
    bind('pageup', '', () => ({ ui: { ...ui, scroll: Math.max(0, ui.scroll - pageSize) } })),
    bind('ctrl-f', '', () => ({ ui: { ...ui, scroll: ui.scroll + pageSize } })),
    bind('ctrl-b', '', () => ({ ui: { ...ui, scroll: Math.max(0, ui.scroll - pageSize) } })),
    ...editing((key, input) => {
      const box = edit(mode.box, key, input);
      if (!box) return { ui };
      const { problem: _, ...rest } = mode;
      return to(ui, { ...rest, box });
    }),
  ];
}

const escapes = (mode: Typing): string => {
  if (mode.is === 'code') return 'other credentials';
  return isFirst(mode) ? 'keys (q leaves)' : 'back';
};

/** What the question itself begins with: behind it there is nothing to go back to. */
const isFirst = (mode: Typing): boolean => mode.is === 'text' || (mode.is === 'typed' && !mode.choice);

function submit(ask: Ask, ui: Ui, mode: Typing): KeyResult {
  const text = textIn(mode.box).trim();
  const problem = inputError(ask, mode);
  if (problem !== undefined) return to(ui, { ...mode, problem });
  switch (mode.is) {
    case 'code':
      return reply(ui, { do: 'code', code: text });
    case 'text':
      return ask.is === 'question' ? reply(ui, { do: 'answer', answer: text }) : { ui };
    case 'role':
      return ask.is === 'credentials'
        ? to(ui, { is: 'pick', picker: picker(baseRows(ask)), role: plainRoleArn(text) })
        : { ui };
    case 'typed':
      return reply(
        ui,
        mode.choice
          ? { do: 'answer', answer: mode.choice.value, typed: text }
          : { do: 'confirm', typed: text },
      );
    case 'reason':
      return mode.about.do === 'hand-off'
        ? reply(ui, { do: 'leave', handoff: defined({ note: text || undefined }) })
        : reply(ui, { ...mode.about, why: text });
    default:
      return unreachable(mode);
  }
}
