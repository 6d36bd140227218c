import { partsOf } from '../../model/progress/applicable-steps.ts';
import { defined } from '../../model/text/defined.ts';
import { present } from '../../presentation/present.ts';
import type { DetailName } from '../../presentation/presentation.ts';
import { type Binding, bind, editing, type KeyContext, type KeyResult } from './binding.ts';
import { copied, isToCopy } from './copied.ts';
import { linksOf } from './links.ts';
import { logOf } from './log-search.ts';
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
    ...(has('checks') || (ui.mode.is === 'typed' && ui.mode.choice) ? [open('v', 'checks', 'checks')] : []),
    open('d', 'document', 'document'),
    { ...open('t', 'ahead', 'ahead'), rare: true },
    { ...open('e', 'checklist', 'steps'), rare: true },
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
  // From a step that is open back to the checklist, else to the question.
  const leave = (): KeyResult => {
    if (view.is !== 'steps') return back();
    const { open: _, ...list } = view;
    return set({ ...list, scroll: 0 });
  };
  const by = (rows: number) => () => set(scrolled(view, rows, at));
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
  const everything = { ...viewNamed(view.is), ...opened(view), filtering: false };
  if (view.filtering)
    return [
      ...scrolls.filter(({ key }) => key !== 'home' && key !== 'end'),
      bind('enter', 'read on', () => set({ ...view, filtering: false })),
      bind('escape', 'all of it', () => set(everything)),
      ...editing((key, input) => {
        const filter = edit(view.filter, key, input);
        return filter ? set({ ...viewNamed(view.is), ...opened(view), filter, filtering: true }) : { ui };
      }),
    ];
  if (view.is === 'steps' && view.open === undefined) return choosing(at, view, back, set);
  const [link] = view.is === 'document' ? linksOf(ask, step).slice(-1) : [];
  const again = keyOf[view.is];
  return [
    bind('escape', textIn(view.filter) === '' ? outOf(view) : 'all of it', () =>
      textIn(view.filter) === '' ? leave() : set(everything),
    ),
    bind('q', '', back),
    bind(again, '', leave),
    ...(again === 'tab' ? [] : [bind('tab', '', back)]),
    ...openers(at).filter(({ key }) => key !== again),
    ...copyKey(at, view),
    ...(link ? [bind('o', 'open the guide', () => ({ ui, sideEffect: { do: 'open', url: link } }))] : []),
    bind('/', 'search', () => set({ ...view, filtering: true, filter: textBox() })),
    ...scrolls,
    bind('space', '', by(pageSize)),
  ];
}

/** Copies all of what is read, also what is not in the window. */
const copyKey = (at: KeyContext, { is }: View): readonly Binding[] =>
  is === 'help' ? [] : [bind('c', isToCopy(at) ? 'copy' : '', () => copied(at))];

type StepsView = Extract<View, { is: 'steps' }>;
/** Which step is open stays while something is sought in it. */
const opened = (view: View): Partial<Pick<StepsView, 'at' | 'open'>> =>
  view.is === 'steps' ? defined({ at: view.at, open: view.open }) : {};
const outOf = (view: View): string => (view.is === 'steps' ? 'back to the checklist' : 'back');

/** The keys of the checklist: a step is chosen, and opened. */
function choosing(
  at: KeyContext,
  view: StepsView,
  back: () => KeyResult,
  set: (next: View) => KeyResult,
): readonly Binding[] {
  const parts = partsOf(at.steps, at.run);
  const here = Math.max(0, view.at ?? parts.indexOf(at.step));
  const to = (n: number) => () => set({ ...view, at: Math.max(0, Math.min(n, parts.length - 1)) });
  const step = parts[here];
  return [
    bind('enter', 'open the step', () =>
      set({ ...view, scroll: 0, at: here, ...defined({ open: step?.id }) }),
    ),
    bind('escape', 'back', back),
    bind('q', '', back),
    bind('e', '', back),
    bind('tab', '', back),
    ...copyKey(at, view),
    ...openers(at).filter(({ key }) => key !== 'e'),
    bind('down', '', to(here + 1)),
    bind('up', '', to(here - 1)),
    ...['pagedown', 'ctrl-f', 'space'].map((key) => bind(key, '', to(here + at.pageSize))),
    ...['pageup', 'ctrl-b'].map((key) => bind(key, '', to(here - at.pageSize))),
    bind('home', '', to(0)),
    bind('end', '', to(parts.length - 1)),
  ];
}

function scrolled(view: View, rows: number, at: Pick<KeyContext, 'events' | 'run' | 'steps'>): View {
  if (view.is !== 'log') return { ...view, scroll: Math.max(0, Math.min(view.scroll + rows, 1e6)) };
  const all = logOf(at).toldOf(at.events, textIn(view.filter).toLowerCase()).length;
  const now = view.upTo ?? all;
  const next = Math.max(1, now + rows);
  return { ...view, upTo: next >= all ? undefined : next };
}
