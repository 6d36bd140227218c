import type { Event } from '../../model/event.ts';
import { present } from '../../presentation/present.ts';
import type { DetailName } from '../../presentation/presentation.ts';
import { type Binding, bind, editing, type KeyContext, type KeyResult } from './binding.ts';
import { linksOf } from './links.ts';
import { toldOf } from './log-search.ts';
import { type View, type ViewName, viewNamed } from './state.ts';
import { edit, textBox, textIn } from './text-box.ts';

/** The keys that open a view. They are the same over every question, and while AWS works. */
export function openers(at: KeyContext): readonly Binding[] {
  const { ui, ask, run, steps } = at;
  const open = (key: string, does: string, is: ViewName) =>
    bind(key, does, () => ({ ui: { ...ui, view: viewNamed(is) } }));
  const details = ask ? present(ask, { run, steps, endpoint: '' }).details : [];
  const has = (name: DetailName): boolean =>
    details.some(({ of, blocks }) => of === name && blocks.length > 0);
  return [
    ...(has('policy') ? [open('p', 'policy', 'policy')] : []),
    ...(has('means') ? [open('m', 'AWS CLI', 'means')] : []),
    ...(has('checks') ? [open('v', 'checks', 'checks')] : []),
    open('d', 'document', 'document'),
    { ...open('t', 'ahead', 'ahead'), rare: true },
    { ...open('e', 'steps', 'steps'), rare: true },
    { ...open('l', 'log', 'log'), rare: true },
    open('?', 'help', 'help'),
  ];
}
const keyOf: Readonly<Record<ViewName, string>> = {
  ...{ help: '?', document: 'd', log: 'l', means: 'm', checks: 'v', policy: 'p', steps: 'e', ahead: 't' },
};

/** The keys of a view: scrolling, searching, and the way back. */
export function viewing(at: KeyContext, view: View): readonly Binding[] {
  const { ui, pageSize, step, ask } = at;
  const set = (next: View): KeyResult => ({ ui: { ...ui, view: next } });
  const back = (): KeyResult => {
    const { view: _, ...rest } = ui;
    return { ui: rest };
  };
  const by = (rows: number) => () => set(scrolled(view, rows, at.events));
  const scrolls = [
    bind('down', '', by(1)),
    bind('up', '', by(-1)),
    bind('pagedown', '', by(pageSize)),
    bind('pageup', '', by(-pageSize)),
    bind('ctrl-f', '', by(pageSize)),
    bind('ctrl-b', '', by(-pageSize)),
    bind('home', '', by(Number.NEGATIVE_INFINITY)),
    bind('end', '', by(Number.POSITIVE_INFINITY)),
  ];
  const everything = { ...viewNamed(view.is), filtering: false };
  if (view.filtering)
    return [
      ...scrolls.filter(({ key }) => key !== 'home' && key !== 'end'),
      bind('enter', 'read on', () => set({ ...view, filtering: false })),
      bind('escape', 'all of it', () => set(everything)),
      ...editing((key, input) => {
        const filter = edit(view.filter, key, input);
        return filter ? set({ ...viewNamed(view.is), filter, filtering: true }) : { ui };
      }),
    ];
  const [link] = view.is === 'document' ? linksOf(ask, step).slice(-1) : [];
  const again = keyOf[view.is];
  return [
    bind('escape', textIn(view.filter) === '' ? 'back' : 'all of it', () =>
      textIn(view.filter) === '' ? back() : set(everything),
    ),
    bind('q', '', back),
    bind(again, '', back),
    ...(again === 'tab' ? [] : [bind('tab', '', back)]),
    ...openers(at).filter(({ key }) => key !== again),
    ...(link ? [bind('o', 'open the guide', () => ({ ui, errand: { do: 'open', url: link } }))] : []),
    bind('/', 'search', () => set({ ...view, filtering: true, filter: textBox() })),
    ...scrolls,
    bind('space', '', by(pageSize)),
  ];
}

function scrolled(view: View, rows: number, events: readonly Event[]): View {
  if (view.is !== 'log') return { ...view, scroll: Math.max(0, Math.min(view.scroll + rows, 1e6)) };
  const all = toldOf(events, textIn(view.filter).toLowerCase()).length;
  const now = view.upTo ?? all;
  const next = Math.max(1, now + rows);
  return { ...view, upTo: next >= all ? undefined : next };
}
