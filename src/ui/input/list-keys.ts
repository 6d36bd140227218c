import { originOf } from '../../model/identity.ts';
import { type Choice, numberTyped, severalOf } from '../../model/question.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask } from '../session/ask.ts';
import { type Asking, type Binding, back, bind, editing, type KeyResult, reply, to } from './binding.ts';
import type { Does, Row } from './row.ts';
import {
  firstOf,
  isMarked,
  isTable,
  type Mode,
  move,
  type Picker,
  toggle,
  toggleAll,
  type Ui,
  visible,
} from './state.ts';
import { edit, textBox } from './text-box.ts';

/** Rows that → and ← move by. */
const leap = 10;

type Picking = Extract<Mode, { is: 'pick' | 'answers' }>;
/** The keys of a list: up, down, choose, search; where several may be chosen, space. */
export function picking({ ask, ui, pageSize }: Asking, mode: Picking): readonly Binding[] {
  const { picker: list } = mode;
  const set = (next: Partial<typeof list>): KeyResult => to(ui, { ...mode, picker: { ...list, ...next } });
  // What is said above earlier answers is about the highlighted one: another is read from its top.
  const shown = mode.is === 'answers' ? { ...ui, scroll: 0 } : ui;
  const by = (rows: number) => () => to(shown, { ...mode, picker: move(list, rows) });
  const chosen = visible(list)[list.at];
  const usable = chosen !== undefined && chosen.not === undefined;
  const long = list.rows.length > pageSize;
  const moves = [
    bind('down', '', by(1)),
    bind('up', '', by(-1)),
    ...(long ? [bind('end', '', by(list.rows.length)), bind('home', '', by(-list.rows.length))] : []),
  ];
  // While a search is typed, these move in its text.
  const leaps = long ? [bind('right', leapSaid(list), by(leap)), bind('left', '', by(-leap))] : [];
  const { chosen: several } = list;
  const mark = (one: Row): KeyResult => {
    if (one.value === undefined) return { ui };
    const toggled = toggle(list, one.value);
    const whole = list.filtering ? { ...toggled, filtering: false, filter: textBox() } : toggled;
    return set({ ...whole, at: visible(whole).findIndex(({ value }) => value === one.value) });
  };
  const all = bind('escape', escapes(list), () =>
    set({ filtering: false, filter: textBox(), at: firstOf({ ...list, filter: textBox() }) }),
  );
  if (list.filtering)
    return [
      ...moves,
      bind('enter', usable ? (several ? 'mark it' : 'choose') : 'back to the list', () => {
        if (!usable) return set({ filtering: false });
        return several ? mark(chosen) : choose(chosen, ui, mode);
      }),
      ...(several ? [bind('tab', 'to matches', () => set({ filtering: false }))] : []),
      all,
      ...editing((key, input) => {
        const box = edit(list.filter, key, input);
        return box ? set({ filter: box, at: firstOf({ ...list, filter: box }) }) : { ui };
      }),
    ];
  return [
    ...moves,
    ...(several && usable
      ? [marking('space', isMarked(list, chosen) ? 'unmark' : 'mark', () => mark(chosen))]
      : []),
    ...(marksAll(list)
      ? [marking('a', 'all or none', () => to(ui, { ...mode, picker: toggleAll(list) }))]
      : []),
    taking(ask, ui, mode, usable ? chosen : undefined),
    ...(isLong(list) ? [bind('/', 'search', () => set({ filtering: true }))] : []),
    ...leaps,
    ...(several && list.filter.characters.length > 0 ? [all] : []),
    ...(leadsBack(mode) ? [bind('escape', 'back', () => back(ask, ui))] : []),
    ...(ask.is === 'credentials' || unread(list)
      ? [bind('r', 'check again', () => reply(ui, { do: 'again' }))]
      : []),
  ];
}
/** Named only where there are so many below: in a short list, or at the end of a long one, it is no help. */
const leapSaid = (list: Picking['picker']): string =>
  visible(list).length - 1 - list.at > leap ? `down ${leap}` : '';
/** What Escape does while a search is typed: where nothing is typed yet, there is nothing to show again. */
const escapes = ({ filtering, filter }: Picking['picker']): string =>
  filtering && filter.characters.length === 0 ? 'other keys (q leaves)' : 'show all';
/** One that is searched rather than read. */
const isLong = (list: Picking['picker']): boolean => list.rows.length > 7 || isTable(list);
const leadsBack = (mode: Picking): boolean => mode.is === 'answers' || mode.role !== undefined;
const unread = ({ loading, problem, rows }: Picking['picker']): boolean =>
  !loading && (problem !== undefined || rows.length === 0);
/** Whether all that are shown may be marked at once: of people only those that a search found. */
export const marksAll = ({ chosen, of, filter }: Picker): boolean =>
  chosen !== undefined && (of !== 'people' || filter.characters.length > 0);

/** What Enter takes: the marked rows; where only one may be chosen, the one that is highlighted. */
function taking(ask: Ask, ui: Ui, mode: Picking, chosen: Row | undefined): Binding {
  const { rows, chosen: several } = mode.picker;
  if (several && several.length > 0)
    return bind('enter', `confirm ${several.length} marked`, () => answer(ask, ui, mode.picker, several));
  if (several)
    return bind('enter', 'confirm (none marked yet)', () => ({
      ui: { ...ui, notice: 'Nothing is marked yet. Space marks a line.' },
    }));
  if (!chosen)
    return bind('enter', rows.length > 0 ? 'choose a line first (↑↓)' : '', () => ({
      ui: { ...ui, notice: 'No line is chosen yet: ↑ and ↓ move to one.' },
    }));
  return bind('enter', mode.is === 'answers' ? 'change it' : 'choose', () => choose(chosen, ui, mode));
}
const marking = (key: string, does: string, press: () => KeyResult): Binding => ({
  ...bind(key, does, press),
  marks: true,
});

function choose(chosen: Row, ui: Ui, mode: Picking): KeyResult {
  if (chosen.does) return perform(chosen.does, ui, mode);
  if (chosen.danger)
    return {
      ui: { mode: { is: 'typed', box: textBox(), words: chosen.danger.typed, choice: chosen }, scroll: 0 },
    };
  return reply(ui, { do: 'answer', answer: chosen.value });
}

/** Several as one answer. Many people at once are told by name, and take their number. */
export function answer(ask: Ask, ui: Ui, { rows }: Picker, values: readonly string[]): KeyResult {
  const whole = severalOf(values);
  const number = ask.is === 'question' ? numberTyped(ask.question, whole) : undefined;
  if (number === undefined) return reply(ui, { do: 'answer', answer: whole });
  const names = rows.flatMap(({ value, label }) =>
    value !== undefined && values.includes(value) ? [label.replaceAll(/ {2,}/g, ', ')] : [],
  );
  const decisive = [namedIn(names)];
  const choice: Choice = {
    value: whole,
    label: `all ${number} at once`,
    danger: { says: names.length <= mostNamed ? decisive : names, decisive, typed: [number] },
  };
  return { ui: { mode: { is: 'typed', box: textBox(), words: [number], choice }, scroll: 0 } };
}

/** So many are named where all else has to be seen, too; the list behind the key has everybody. */
const mostNamed = 8;
const namedIn = (names: readonly string[]): string =>
  names.length <= mostNamed
    ? names.join('; ')
    : `${names.slice(0, mostNamed - 1).join('; ')}; and ${names.length - mostNamed + 1} more`;

function perform(does: Does, ui: Ui, mode: Picking): KeyResult {
  switch (does.do) {
    case 'assume-role':
      return to(ui, { is: 'role', box: textBox() });
    case 'use': {
      const arn = mode.is === 'pick' ? mode.role : undefined;
      if (arn === undefined) return reply(ui, does);
      return reply(ui, { do: 'use', source: { kind: 'role', base: originOf(does.source), arn } });
    }
    case 'log-in':
    case 'run-in-terminal':
    case 'withdraw':
      return reply(ui, does);
    default:
      return unreachable(does);
  }
}
