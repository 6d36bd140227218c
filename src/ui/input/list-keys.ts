import { originOf } from '../../model/identity.ts';
import { severalOf } from '../../model/question.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { type Asking, type Binding, back, bind, editing, type KeyResult, reply, to } from './binding.ts';
import type { Does, Row } from './row.ts';
import { isMarked, type Mode, move, toggle, toggleAll, type Ui, visible } from './state.ts';
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
  const leaps = long ? [bind('right', 'ten further', by(leap)), bind('left', '', by(-leap))] : [];
  const { chosen: several } = list;
  const mark = (one: Row): KeyResult => {
    if (one.value === undefined) return { ui };
    const found = list.filtering ? { filtering: false, filter: textBox() } : {};
    const whole = { ...toggle(list, one.value), ...found };
    return set({ ...whole, at: visible(whole).findIndex(({ value }) => value === one.value) });
  };
  const all = bind('escape', 'all rows', () =>
    set({ filtering: false, filter: textBox(), at: firstOf({ ...list, filter: textBox() }) }),
  );
  if (list.filtering)
    return [
      ...moves,
      bind('enter', usable ? (several ? 'mark it' : 'choose') : 'back to the list', () => {
        if (!usable) return set({ filtering: false });
        return several ? mark(chosen) : choose(chosen, ui, mode);
      }),
      ...(several ? [bind('tab', 'to what is found', () => set({ filtering: false }))] : []),
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
    ...(several ? [marking('a', 'all or none', () => to(ui, { ...mode, picker: toggleAll(list) }))] : []),
    taking(ui, mode, usable ? chosen : undefined),
    ...(list.rows.length > 7 ? [bind('/', 'search', () => set({ filtering: true }))] : []),
    ...leaps,
    ...(several && list.filter.characters.length > 0 ? [all] : []),
    ...(leadsBack(mode) ? [bind('escape', 'back', () => back(ask, ui))] : []),
    ...(ask.is === 'credentials' || unread(list)
      ? [bind('r', 'check again', () => reply(ui, { do: 'again' }))]
      : []),
  ];
}
const leadsBack = (mode: Picking): boolean => mode.is === 'answers' || mode.role !== undefined;
const unread = ({ loading, problem, rows }: Picking['picker']): boolean =>
  !loading && (problem !== undefined || rows.length === 0);
/** What Enter takes: the marked rows, else the one that is highlighted. */
function taking(ui: Ui, mode: Picking, chosen: Row | undefined): Binding {
  const { rows, chosen: several = [] } = mode.picker;
  if (several.length > 0)
    return bind('enter', `take the ${several.length} marked`, () => answer(ui, several));
  if (!chosen) return bind('enter', rows.length > 0 ? '↑↓ choose a line first' : '', () => ({ ui }));
  return bind('enter', mode.is === 'answers' ? 'take it back' : 'choose', () => choose(chosen, ui, mode));
}
const marking = (key: string, does: string, press: () => KeyResult): Binding => ({
  ...bind(key, does, press),
  marks: true,
});
const firstOf = (list: Parameters<typeof visible>[0]): number =>
  visible(list).findIndex(({ not }) => not === undefined);

function choose(chosen: Row, ui: Ui, mode: Picking): KeyResult {
  if (chosen.does) return perform(chosen.does, ui, mode);
  if (chosen.danger)
    return {
      ui: { mode: { is: 'typed', box: textBox(), words: chosen.danger.typed, choice: chosen }, scroll: 0 },
    };
  return mode.picker.chosen ? answer(ui, [chosen.value]) : reply(ui, { do: 'answer', answer: chosen.value });
}
const answer = (ui: Ui, values: readonly string[]): KeyResult =>
  reply(ui, { do: 'answer', answer: severalOf(values) });

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
