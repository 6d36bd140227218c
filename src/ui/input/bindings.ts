import { type Plan, wordsFor } from '../../model/plan.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask } from '../session/ask.ts';
import { earlier } from './answers.ts';
import { type Asking, type Binding, bind, type KeyContext, type KeyResult, reply, to } from './binding.ts';
import { commandsOf } from './cli-commands.ts';
import { handoffKeys } from './handoff-keys.ts';
import { linksOf } from './links.ts';
import { picking } from './list-keys.ts';
import { begin, picker, type Ui } from './state.ts';
import { textBox } from './text-box.ts';
import { typing } from './text-keys.ts';
import { isPast, undoKeys } from './undo-keys.ts';
import { openers, viewing } from './view-keys.ts';

/** The one table of keys: what it holds works, and the footer is drawn from it. */
export function bindings(at: KeyContext): readonly Binding[] {
  const { ui, ask } = at;
  if (ui.view) return viewing(at, ui.view);
  return ask ? asked({ ...at, ask }) : waiting(at);
}

/** While nothing is asked. */
const waiting = (at: KeyContext): readonly Binding[] => [
  ...terminal(at),
  ...openers(at),
  bind('q', 'leave', () => ({ ui: at.ui, errand: { do: 'leave' } })),
  ...scrolling(at),
];

/** While a credential_process is waited for: it may have to ask somebody. */
const terminal = ({ waitsForProcess, ui }: KeyContext): readonly Binding[] =>
  waitsForProcess
    ? [bind('t', 'run it with the terminal', () => ({ ui, errand: { do: 'run-in-terminal' } }))]
    : [];

function asked(at: Asking): readonly Binding[] {
  const { ui, early } = at;
  switch (ui.mode.is) {
    case 'keys':
      return [...(early ? [] : forAsk(at)), ...undoKeys(at), ...handoffKeys(at), ...common(at)];
    case 'pick':
      return [
        ...picking(at, ui.mode),
        ...(ui.mode.picker.filtering ? [] : [...handoffKeys(at), ...common(at)]),
      ];
    case 'typed':
      return [...typing(at, ui.mode).filter(({ key }) => !(early && key === 'enter')), ...section(at)];
    case 'text':
    case 'reason':
    case 'role':
      return [...typing(at, ui.mode), ...section(at)];
    case 'answers':
      return [...picking(at, ui.mode), ...scrolling(at)];
    default:
      return unreachable(ui.mode);
  }
}

/** The keys that stand beside those of the question: b, c, o, the views, q, and scrolling. */
function common(at: Asking): readonly Binding[] {
  const { ui, run, ask, step, steps } = at;
  const given = earlier(run, steps);
  const commands = commandsOf(ask, step, run);
  const [link] = linksOf(ask, step);
  return [
    ...(given.length > 0 && !isPast(ask, run)
      ? [bind('b', 'answers', () => to({ ...ui, scroll: 0 }, { is: 'answers', picker: picker(given) }))]
      : []),
    ...(commands.length > 0
      ? [bind('c', 'copy', () => ({ ui, errand: { do: 'copy', text: commands.join('\n') } }))]
      : []),
    ...(link === undefined ? [] : [bind('o', 'open', () => ({ ui, errand: { do: 'open', url: link } }))]),
    ...terminal(at),
    ...openers(at),
    bind('q', ask.is === 'watching' ? 'leave this window' : 'leave', () => reply(ui, { do: 'leave' })),
    ...scrolling(at),
  ];
}

function scrolling(at: KeyContext): readonly Binding[] {
  const { ui, pageSize } = at;
  const scroll = (by: number) => () => ({ ui: { ...ui, scroll: Math.max(0, ui.scroll + by) } });
  return [
    ...section(at),
    bind('pagedown', '', scroll(pageSize)),
    bind('pageup', '', scroll(-pageSize)),
    ...(ui.mode.is === 'keys'
      ? [bind('down', '', scroll(1)), bind('up', '', scroll(-1)), bind('space', '', scroll(pageSize))]
      : []),
  ];
}
/** Tab goes to the next section, and after the last to the first. */
const section = ({ ui, sections }: KeyContext): readonly Binding[] => [
  bind('tab', '', () => ({ ui: { ...ui, scroll: sections.find((row) => row > ui.scroll) ?? 0 } })),
];

function forAsk({ ask, ui }: Asking): readonly Binding[] {
  const again = (key: string, does: string) => bind(key, does, () => reply(ui, { do: 'again' }));
  const goOn = (key: string, does: string) => bind(key, does, () => reply(ui, { do: 'go-on' }));
  switch (ask.is) {
    case 'accept':
      return [
        goOn('y', 'use these credentials'),
        bind('n', 'choose others', () => reply(ui, { do: 'decline' })),
      ];
    case 'confirm':
      if (ask.changes.some(({ risk }) => risk === 'dangerous')) {
        const words = wordsFor(ask.changes);
        return [
          bind('enter', 'type the name', () => to(ui, { is: 'typed', box: textBox(), words })),
          bind('n', 'not now', () => reply(ui, { do: 'decline' })),
        ];
      }
      return [
        bind('y', 'do it', () => reply(ui, { do: 'confirm' })),
        bind('n', 'not now', () => reply(ui, { do: 'decline' })),
      ];
    case 'question':
      return [bind('enter', 'answer', () => ({ ui: begin(ask) }))];
    case 'done':
      return [goOn('enter', 'go on'), again('r', 'look again')];
    case 'finished': {
      const { reconsider } = ask.plan;
      return [goOn('enter', 'finish'), ...(reconsider ? [another(reconsider, ui)] : [])];
    }
    case 'by-hand':
      return [again('enter', 'it is done: look again'), again('r', '')];
    case 'blocked':
      return [again('enter', 'look again'), again('r', ''), other({ ask, ui })];
    case 'unknown': {
      const goal = ask.plan.goals.find((one) => one.is === 'unknown' && !one.firm);
      const reason = (id: string) => () =>
        to(ui, { is: 'reason', box: textBox(), about: { do: 'waive', goal: id } });
      return [
        again('enter', 'look again'),
        again('r', ''),
        ...(goal ? [bind('w', 'go on although it could not be checked', reason(goal.id))] : []),
        other({ ask, ui }),
      ];
    }
    case 'busy':
      return [again('enter', 'try now'), bind('n', 'wait no longer', () => reply(ui, { do: 'decline' }))];
    case 'drifted':
      return [again('enter', 'see it as it is now')];
    case 'failed':
      return [again('enter', 'try again'), again('r', ''), other({ ask, ui })];
    case 'declined':
      return [again('enter', 'ask again'), again('r', '')];
    case 'cannot-tell': {
      const [first] = ask.attempts;
      const aside = (attempt: string) => () =>
        to(ui, { is: 'reason', box: textBox(), about: { do: 'set-aside', attempt } });
      return [
        again('enter', 'look again'),
        again('r', ''),
        ...(first ? [bind('s', 'set it aside, with a note', aside(first.intent.attempt))] : []),
      ];
    }
    case 'under-way':
      return [again('enter', 'wait on'), again('r', '')];
    case 'incoming':
      if (ask.here) return [goOn('enter', 'go on')];
      return [goOn('y', 'take it over'), bind('n', 'not now', () => reply(ui, { do: 'leave' }))];
    case 'watching':
      return ask.holder === undefined ? [again('enter', 'go on with it here')] : [];
    case 'credentials':
    case 'undo':
    case 'undone':
    case 'handed-off':
      return [];
    default:
      return unreachable(ask);
  }
}
const another = ({ step, question, says }: NonNullable<Plan['reconsider']>, ui: Ui): Binding =>
  bind('n', says, () => reply(ui, { do: 'withdraw', step, question }));
const other = ({ ask, ui }: { readonly ask: Ask; readonly ui: Ui }): Binding =>
  bind('i', 'other credentials', () => reply(ui, { do: 'switch', actor: ask.step.actor }));

/** Presses a key. Keys without a binding do nothing. */
export function press(at: KeyContext, key: string, input: string): KeyResult {
  const table = bindings(at);
  const found = table.find((binding) => binding.key === key && key !== 'text');
  if (found) return found.press();
  const typed = table.find(
    (binding): binding is Binding & { type: (input: string) => KeyResult } =>
      binding.key === 'text' && 'type' in binding,
  );
  return typed && input !== '' && (key === 'text' || key === 'space' || key.length === 1)
    ? typed.type(input)
    : { ui: at.ui };
}
