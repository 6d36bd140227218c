import type { Run } from '../model/run.ts';
import type { Choice, Step } from '../model/step.ts';
import type { Ask } from './ask.ts';
import { type Binding, bind, type Press, reply, type Situation, to } from './binding.ts';
import { picking } from './list-keys.ts';
import { begin, picker, type Ui } from './state.ts';
import { textBox } from './text-box.ts';
import { typing } from './text-keys.ts';
import { isPast, undoKeys } from './undo-keys.ts';

/** The one table of keys: what it holds works, and the footer is drawn from it. */
export function bindings(at: Situation): readonly Binding[] {
  const { ui, early } = at;
  switch (ui.mode.is) {
    case 'keys':
      return [...(early ? [] : forAsk(at)), ...undoKeys(at), ...common(at)];
    case 'pick':
      return [...picking(at, ui.mode), ...(ui.mode.picker.filtering ? [] : common(at))];
    case 'text':
      return typing(at, ui.mode);
    case 'typed':
      return typing(at, ui.mode).filter(({ key }) => !(early && key === 'enter'));
    case 'reason':
      return typing(at, ui.mode);
    case 'answers':
      return picking(at, ui.mode);
  }
}

/** q, b, and scrolling. */
function common({ ui, run, ask, steps, pageSize }: Situation): readonly Binding[] {
  const given = earlier(run, steps);
  const scroll = (by: number) => () => ({ ui: { ...ui, scroll: Math.max(0, ui.scroll + by) } });
  const arrows = ui.mode.is === 'keys';
  return [
    ...(given.length > 0 && !isPast(ask, run)
      ? [bind('b', 'change an answer', () => to(ui, { is: 'answers', picker: picker(given) }))]
      : []),
    bind('q', ask.is === 'watching' ? 'leave this window' : 'leave', () => reply(ui, { do: 'leave' })),
    bind('pagedown', '', scroll(pageSize)),
    bind('pageup', '', scroll(-pageSize)),
    ...(arrows
      ? [bind('down', '', scroll(1)), bind('up', '', scroll(-1)), bind('space', '', scroll(pageSize))]
      : []),
  ];
}

/** What the answers were so far, the newest step first. */
export function earlier(run: Run, steps: readonly Step[]): readonly Choice[] {
  return steps
    .flatMap((step) =>
      Object.entries(run.answers[step.id] ?? {}).map(([question, answer]): Choice => {
        const says = step.questions[question]?.says ?? question;
        return { value: JSON.stringify([step.id, question]), label: `${says}  ${answer.split('@')[0]}` };
      }),
    )
    .reverse();
}

function forAsk({ ask, ui }: Situation): readonly Binding[] {
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
        const words = ask.changes.flatMap(({ typed }) => typed ?? []);
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
    case 'finished':
      return [goOn('enter', 'finish')];
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
        ...(goal ? [bind('u', 'go on although it could not be checked', reason(goal.id))] : []),
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
    case 'watching':
      return ask.holder === undefined ? [again('enter', 'go on with it here')] : [];
    default:
      return [];
  }
}
const other = ({ ask, ui }: { readonly ask: Ask; readonly ui: Ui }): Binding =>
  bind('c', 'other credentials', () => reply(ui, { do: 'switch', actor: ask.step.actor }));

/** Presses a key. Keys without a binding do nothing. */
export function press(at: Situation, key: string, input: string): Press {
  const table = bindings(at);
  const found = table.find((binding) => binding.key === key && key !== 'text');
  if (found) return found.press();
  const typed = table.find(
    (binding): binding is Binding & { type: (input: string) => Press } =>
      binding.key === 'text' && 'type' in binding,
  );
  return typed && input !== '' && (key === 'text' || key === 'space' || key.length === 1)
    ? typed.type(input)
    : { ui: at.ui };
}
