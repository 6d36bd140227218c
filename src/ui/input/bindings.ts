import { messageLines } from '../../model/text/message.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { present } from '../../presentation/present.ts';
import { earlier } from './answers.ts';
import {
  type Asking,
  type Binding,
  bind,
  type KeyContext,
  type KeyResult,
  keeping,
  rarely,
  reply,
  to,
} from './binding.ts';
import { commandsOf } from './cli-commands.ts';
import { copied, isToCopy } from './copied.ts';
import { handoffKeys } from './handoff-keys.ts';
import { linksOf, nameOf } from './links.ts';
import { picking } from './list-keys.ts';
import { isPast } from './past.ts';
import { begin, type Mode, picker, viewNamed } from './state.ts';
import { textBox } from './text-box.ts';
import { typing } from './text-keys.ts';
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
  ...(at.passes ? [bind('f', 'skip this search', () => ({ ui: at.ui, sideEffect: { do: 'pass' } }))] : []),
  ...openers(at),
  bind('q', 'leave', () => ({ ui: at.ui, sideEffect: { do: 'leave' } })),
  ...scrolling(at),
];

/** While a credential_process is waited for: it may have to ask somebody. */
const terminal = ({ waitsForProcess, ui }: KeyContext): readonly Binding[] =>
  waitsForProcess
    ? [bind('x', 'run it with the terminal', () => ({ ui, sideEffect: { do: 'run-in-terminal' } }))]
    : [];

function asked(at: Asking): readonly Binding[] {
  const { ui, early } = at;
  switch (ui.mode.is) {
    case 'keys':
      return [...(early ? [] : forAsk(at)), ...handoffKeys(at), ...common(at)];
    case 'pick':
      return [
        ...picking(at, ui.mode),
        ...(ui.mode.picker.filtering ? [] : [...handoffKeys(at), ...common(at)]),
      ];
    case 'typed':
      return [...typing(at, ui.mode).filter(({ key }) => !(early && key === 'enter')), keyList(at)];
    case 'code': // digits alone: letters stay keys
      return [...typing(at, ui.mode), ...openers(at), keyList(at)];
    case 'text':
    case 'reason':
    case 'role':
      return [...typing(at, ui.mode), keyList(at)];
    case 'answers':
      return [...picking(at, ui.mode), ...scrolling(at)];
    default:
      return unreachable(ui.mode);
  }
}

/** The keys that stand beside those of the question: b, c, o, the views, q, and scrolling. */
function common(at: Asking): readonly Binding[] {
  const { ui, run, ask, steps } = at;
  const given = earlier(run, steps);
  return [
    ...(given.length > 0 && !isPast(ask, run)
      ? [
          // Where the way on may be another answer, the footer names the key.
          (['blocked', 'failed'].includes(ask.is) ? bind : rarely)('b', 'answers', () =>
            to({ ...ui, scroll: 0 }, { is: 'answers', picker: picker(given) }),
          ),
        ]
      : []),
    ...copyKey(at),
    ...messageKey(at),
    ...linkKey(at),
    ...terminal(at),
    ...openers(at),
    bind('q', ask.is === 'watching' ? 'leave this window' : 'leave', () => reply(ui, { do: 'leave' })),
    ...scrolling(at),
  ];
}

/** Copies what the screen is about. Where that is a command, the footer always names it. */
function copyKey(at: Asking): readonly Binding[] {
  const isCommand = commandsOf(at.ask, at.step, at.run).length > 0;
  return [(isCommand ? bind : rarely)('c', isToCopy(at) ? 'copy' : '', () => copied(at))];
}

/** Opens the screen's addresses, one after the other. */
function linkKey({ ask, step, ui }: Asking): readonly Binding[] {
  const links = [...new Set(linksOf(ask, step))];
  const opened = (ui.opened ?? 0) % links.length;
  const url = links[opened];
  if (url === undefined) return [];
  return [
    rarely('o', `open ${nameOf(url)}`, () => ({
      ui: { ...ui, opened: opened + 1 },
      sideEffect: { do: 'open', url },
    })),
  ];
}

/** Copies the message that the run ends with. */
function messageKey({ ask, ui }: Asking): readonly Binding[] {
  const message = 'plan' in ask ? ask.plan.result?.message : undefined;
  if (!message) return [];
  const text = messageLines(message).join('\n');
  return [
    bind('w', 'copy the message', () => ({ ui, sideEffect: { do: 'copy', what: 'the message', text } })),
  ];
}

function scrolling(at: KeyContext): readonly Binding[] {
  const { ui, pageSize } = at;
  const scroll = (by: number) => () => ({ ui: { ...ui, scroll: Math.max(0, ui.scroll + by) } });
  return [
    bind('pagedown', '', scroll(pageSize)),
    bind('pageup', '', scroll(-pageSize)),
    bind('ctrl-f', '', scroll(pageSize)),
    bind('ctrl-b', '', scroll(-pageSize)),
    ...(ui.mode.is === 'keys'
      ? [
          bind('down', '', scroll(1)),
          bind('up', '', scroll(-1)),
          bind('space', '', scroll(pageSize)),
          keyList(at),
        ]
      : []),
  ];
}
/** Every key that there is here. Where a text is typed, it leads to the others. */
const keyList = ({ ui }: KeyContext): Binding =>
  bind('tab', isTyped(ui.mode) ? 'help' : '', () => ({
    ui: { ...ui, view: viewNamed('help') },
  }));
const isTyped = ({ is }: Mode): boolean => ['typed', 'text', 'reason', 'role'].includes(is);

/** The keys that reply to the question. */
function forAsk({ ask, ui, run, steps }: Asking): readonly Binding[] {
  const { keys } = present(ask, { run, steps, endpoint: '' });
  const yes = keys.some(({ key }) => key === 'y') && !keys.some(({ key }) => key === 'enter');
  const notEnter = bind('enter', '', () => ({ ui: { ...ui, notice: 'Press y, not Enter.' } }));
  const all = keys.map((one): Binding => {
    const { key, does } = one;
    switch (one.to) {
      case 'reply':
        return bind(key, does, () => reply(ui, one.reply));
      case 'words':
        return bind(key, does, () => to(ui, { is: 'typed', box: textBox(), words: one.words }));
      case 'page':
        return bind(key, does, () => ({ ui, sideEffect: { do: 'open', url: one.url } }));
      case 'reason':
        return bind(key, does, () => to(ui, { is: 'reason', box: textBox(), about: one.about }));
      case 'answer':
        return bind(key, does, () => ({ ui: begin(ask) }));
      default:
        return unreachable(one);
    }
  });
  return yes ? [...all, notEnter] : all;
}

/** Presses a key. Keys without a binding do nothing. */
export function press(at: KeyContext, key: string, input: string): KeyResult {
  const { mode } = at.ui;
  const result = pressed(at, key, input);
  return at.ask?.is === 'question' && mode.is === 'pick' ? keeping(mode.picker, result) : result;
}
function pressed(at: KeyContext, key: string, input: string): KeyResult {
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
