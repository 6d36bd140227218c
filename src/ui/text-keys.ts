import { unfitRole } from '../model/identity.ts';
import type { Ask } from './ask.ts';
import { type Asking, type Binding, back, bind, editing, type Press, reply, to } from './binding.ts';
import { baseRows, type Mode, picker, type Ui } from './state.ts';
import { edit, textIn } from './text-box.ts';

type Typing = Extract<Mode, { is: 'text' | 'typed' | 'reason' | 'role' }>;
/** While a text is typed, letters are text: only Enter, Escape and the keys of a line editor are keys. */
export function typing({ ask, ui, pageSize }: Asking, mode: Typing): readonly Binding[] {
  const enter =
    mode.is === 'reason' && mode.about.do === 'hand-off'
      ? 'hand off'
      : { text: 'answer', typed: 'confirm', reason: 'record it', role: 'go on' }[mode.is];
  return [
    bind('enter', enter, () => submit(ask, ui, mode)),
    bind('escape', mode.is === 'text' || mode.is === 'typed' ? 'other keys (q leaves)' : 'back', () => {
      if (mode.is === 'text') return to(ui, { is: 'keys' });
      return mode.is === 'typed' && !mode.choice ? to(ui, { is: 'keys' }) : back(ask, ui);
    }),
    bind('pagedown', '', () => ({ ui: { ...ui, scroll: ui.scroll + pageSize } })),
    bind('pageup', '', () => ({ ui: { ...ui, scroll: Math.max(0, ui.scroll - pageSize) } })),
    ...editing((key, input) => {
      const box = edit(mode.box, key, input);
      if (!box) return { ui };
      const { problem: _, ...rest } = mode;
      return to(ui, { ...rest, box });
    }),
  ];
}

function submit(ask: Ask, ui: Ui, mode: Typing): Press {
  const text = textIn(mode.box).trim();
  const refuse = (problem: string): Press => to(ui, { ...mode, problem });
  switch (mode.is) {
    case 'text': {
      if (ask.is !== 'question') return { ui };
      const { pattern, example } = ask.question;
      if (text === '') return refuse('Type an answer first.');
      if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(text))
        return refuse(`That does not do. It has to look like ${example ?? pattern}.`);
      return reply(ui, { do: 'answer', answer: text });
    }
    case 'role': {
      const unfit = unfitRole(text);
      if (ask.is !== 'credentials') return { ui };
      if (unfit !== undefined) return refuse(unfit);
      const rows = baseRows(ask);
      return to(ui, { is: 'pick', picker: picker(rows), role: text });
    }
    case 'typed':
      if (!mode.words.includes(text))
        return refuse(`Not what was asked for. Type ${mode.words.join(' or ')}.`);
      return reply(
        ui,
        mode.choice
          ? { do: 'answer', answer: mode.choice.value, typed: text }
          : { do: 'confirm', typed: text },
      );
    case 'reason':
      if (mode.about.do === 'hand-off')
        return reply(ui, { do: 'leave', handOff: text === '' ? {} : { note: text } });
      if (text === '') return refuse('Say why: it stands in the audit log.');
      return reply(ui, { ...mode.about, why: text });
  }
}
