import type { Run } from '../model/run.ts';
import type { Choice, Step } from '../model/step.ts';
import type { Ask, Reply } from './ask.ts';
import { begin, type Mode, move, picker, type Ui, visible } from './state.ts';
import { edit, textBox, textIn } from './text-box.ts';

/** What a key leads to: another state of the screen, and perhaps the reply. */
export interface Press {
  readonly ui: Ui;
  readonly reply?: Reply;
}
/** A key, what the footer says it does ('' for keys that go without saying), and what it does. */
export interface Binding {
  readonly key: string;
  readonly does: string;
  readonly press: () => Press;
}
export interface Situation {
  readonly ask: Ask;
  readonly ui: Ui;
  readonly run: Run;
  readonly steps: readonly Step[];
  /** Rows of the list that are drawn, and rows by which the text above it scrolls. */
  readonly pageSize: number;
}

/** The one table of keys: what it holds works, and the footer is drawn from it. */
export function bindings(at: Situation): readonly Binding[] {
  const { ui } = at;
  switch (ui.mode.is) {
    case 'keys':
      return [...forAsk(at), ...common(at)];
    case 'pick':
      return [...picking(at, ui.mode), ...(ui.mode.picker.filtering ? [] : common(at))];
    case 'text':
      return typing(at, ui.mode);
    case 'typed':
      return typing(at, ui.mode);
    case 'reason':
      return typing(at, ui.mode);
    case 'answers':
      return picking(at, ui.mode);
  }
}

const to = (ui: Ui, mode: Mode): Press => ({ ui: { ...ui, mode } });
const reply = (ui: Ui, value: Reply): Press => ({ ui, reply: value });
const bind = (key: string, does: string, press: () => Press): Binding => ({ key, does, press });

/** What has to be settled first, or is none of this window's business: no place to change an answer. */
const passing: readonly Ask['is'][] = ['finished', 'watching', 'busy', 'drifted'];

/** q, b, and scrolling. */
function common({ ui, run, ask, steps, pageSize }: Situation): readonly Binding[] {
  const given = earlier(run, steps);
  const scroll = (by: number) => () => ({ ui: { ...ui, scroll: Math.max(0, ui.scroll + by) } });
  const arrows = ui.mode.is === 'keys';
  return [
    ...(given.length > 0 && !passing.includes(ask.is)
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
    case 'credentials':
      return [];
  }
}
const other = ({ ask, ui }: { readonly ask: Ask; readonly ui: Ui }): Binding =>
  bind('c', 'other credentials', () => reply(ui, { do: 'switch', actor: ask.step.actor }));

/** Back to the question. A list is read again: the question is put anew. */
const back = (ask: Ask, ui: Ui): Press =>
  ask.is === 'question' && ask.choices ? reply(ui, { do: 'again' }) : { ui: begin(ask) };

type Picking = Extract<Mode, { is: 'pick' | 'answers' }>;
function picking({ ask, ui, pageSize }: Situation, mode: Picking): readonly Binding[] {
  const { picker: list } = mode;
  const set = (next: Partial<typeof list>): Press => to(ui, { ...mode, picker: { ...list, ...next } });
  const by = (rows: number) => () => to(ui, { ...mode, picker: move(list, rows) });
  const chosen = visible(list)[list.at];
  const usable = chosen !== undefined && chosen.not === undefined;
  const moves = [
    bind('down', '', by(1)),
    bind('up', '', by(-1)),
    ...(list.rows.length > pageSize
      ? [bind('end', '', by(list.rows.length)), bind('home', '', by(-list.rows.length))]
      : []),
  ];
  if (list.filtering) {
    const filter = (key: string, input: string): Press => {
      const box = edit(list.filter, key, input);
      return box ? set({ filter: box, at: firstOf({ ...list, filter: box }) }) : { ui };
    };
    return [
      ...moves,
      bind('enter', usable ? 'choose' : 'back to the list', () =>
        usable ? choose(chosen, { ask, ui }, mode) : set({ filtering: false }),
      ),
      bind('escape', 'all rows', () =>
        set({ filtering: false, filter: textBox(), at: firstOf({ ...list, filter: textBox() }) }),
      ),
      ...editing((key, input) => filter(key, input)),
    ];
  }
  return [
    ...moves,
    ...(usable
      ? [
          bind('enter', mode.is === 'answers' ? 'take it back' : 'choose', () =>
            choose(chosen, { ask, ui }, mode),
          ),
        ]
      : [bind('enter', list.rows.length > 0 ? '↑↓ choose a line first' : '', () => ({ ui }))]),
    ...(list.rows.length > 7 ? [bind('/', 'search', () => set({ filtering: true }))] : []),
    ...(mode.is === 'answers' ? [bind('escape', 'back', () => back(ask, ui))] : []),
    ...(ask.is === 'credentials' || (!list.loading && (list.problem !== undefined || list.rows.length === 0))
      ? [bind('r', 'look again', () => reply(ui, { do: 'again' }))]
      : []),
  ];
}
const firstOf = (list: Parameters<typeof visible>[0]): number =>
  visible(list).findIndex(({ not }) => not === undefined);

function choose(chosen: Choice, { ask, ui }: { readonly ask: Ask; readonly ui: Ui }, mode: Picking): Press {
  if (mode.is === 'answers') {
    const [step, question] = JSON.parse(chosen.value) as [string, string];
    return reply(ui, { do: 'withdraw', step, question });
  }
  if (ask.is === 'credentials') return reply(ui, { do: 'use', source: JSON.parse(chosen.value) });
  if (chosen.danger)
    return {
      ui: { mode: { is: 'typed', box: textBox(), words: chosen.danger.typed, choice: chosen }, scroll: 0 },
    };
  return reply(ui, { do: 'answer', answer: chosen.value });
}

type Typing = Extract<Mode, { is: 'text' | 'typed' | 'reason' }>;
/** While a text is typed, letters are text: only Enter, Escape and the keys of a line editor are keys. */
function typing({ ask, ui, pageSize }: Situation, mode: Typing): readonly Binding[] {
  const enter = { text: 'answer', typed: 'confirm', reason: 'record it' }[mode.is];
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
      if (text === '') return refuse('Say why: it stands in the audit log.');
      return reply(ui, { ...mode.about, why: text });
  }
}

const lineKeys = [
  'left',
  'right',
  'home',
  'end',
  'backspace',
  'delete',
  'ctrl-a',
  'ctrl-e',
  'ctrl-k',
  'ctrl-u',
  'ctrl-w',
];
/** The keys of a line editor. 'text' stands for whatever is typed. */
const editing = (
  change: (key: string, input: string) => Press,
): readonly (Binding & { readonly type?: (input: string) => Press })[] => [
  ...lineKeys.map((key) => bind(key, '', () => change(key, ''))),
  { key: 'text', does: '', press: () => change('text', ''), type: (input) => change('text', input) },
];

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
