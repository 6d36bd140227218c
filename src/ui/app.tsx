import { Box, useInput, usePaste, useWindowSize } from 'ink';
import type React from 'react';
import { useEffect, useLayoutEffect, useReducer, useRef, useSyncExternalStore } from 'react';
import type { Choice, Phase, Step } from '../model/step.ts';
import type { Ask } from './ask.ts';
import type { Binding, Situation } from './binding.ts';
import { bindings, press } from './bindings.ts';
import { type Banner, fits, frameOf } from './frame.ts';
import { timer as realTimer, type Timer, useGuard } from './guard.ts';
import { keyName } from './keys.ts';
import { Row } from './parts/row.tsx';
import { activityText, countdownText } from './prompt.ts';
import type { Rows } from './rows.ts';
import type { Session, SessionView } from './session.ts';
import { addRows, begin, type Ui } from './state.ts';
import { useSuspend } from './suspend.ts';

export interface AppProps {
  readonly session: Session;
  readonly phases: readonly Phase[];
  readonly banner: Banner;
  /** Ctrl-C was pressed, at any time; or q, while nothing is asked. */
  readonly onLeave: (how: 'q' | 'ctrl-c') => void;
  /** What is drawn on, where it is a terminal. */
  readonly terminal?: Pick<Rows, 'redraw' | 'aside'>;
  readonly now?: () => number;
  readonly timer?: Timer;
}

/** The whole screen. It draws what the run, the activity and the question say, and sends replies. */
export function App({
  session,
  phases,
  banner,
  onLeave,
  terminal,
  now = Date.now,
  timer = realTimer,
}: AppProps): React.JSX.Element {
  const view = useSyncExternalStore(session.subscribe, session.view);
  const { columns, rows } = useWindowSize();
  const { of, set } = useUi();
  const ui = of(view.ask);
  const steps = phases.flatMap((phase) => phase.steps);
  const step = view.ask?.step ?? stepAt(view, steps);
  useSeconds(view.ask?.is === 'busy' || (view.ask === undefined && view.activity.is !== 'idle'));
  useCountdown(view.ask, session, now);
  const pageSize = useRef(10);
  const readable = fits({ columns, rows }) ? view.ask : undefined;
  const guard = useGuard(readable, ui.mode, timer);
  const suspend = useSuspend();

  const situation = (ask: Ask): Situation => ({
    ask,
    ui: of(ask),
    run: session.view().run,
    steps,
    pageSize: pageSize.current,
    early: guard.early(ask, of(ask).mode),
  });
  const table: readonly Binding[] = view.ask ? bindings(situation(view.ask)) : [];
  const activity = view.leaving
    ? 'Leaving. A call in flight is finished and written down first; Ctrl-C again leaves at once.'
    : view.ask?.is === 'busy'
      ? countdownText(view.ask.until, now())
      : activityText(view.activity, now());
  const frame = frameOf(
    {
      step,
      ask: view.ask,
      mode: ui.mode,
      run: view.run,
      endpoint: banner.endpoint,
      phases,
      banner,
      bindings: table,
      activity,
      scroll: ui.scroll,
    },
    { columns, rows },
  );
  pageSize.current = frame.pageSize;
  // A key counts for the question that could be read when it was pressed, and for no later one.
  const drawn = useRef(readable);
  useLayoutEffect(() => {
    drawn.current = readable;
    if (ui.scroll !== frame.scroll) set(view.ask, { ...ui, scroll: frame.scroll });
  });

  // Ink may hand a key to the function of an earlier drawing: everything that changes is read when the key comes.
  useInput((input, key) => {
    if (key.ctrl && input === 'c') {
      onLeave('ctrl-c');
      return;
    }
    if (key.ctrl && input === 'z') {
      suspend();
      return;
    }
    if (key.ctrl && input === 'l') {
      terminal?.redraw();
      return;
    }
    const { ask, leaving } = session.view();
    const name = keyName(input, key);
    if (!ask || ask !== drawn.current) {
      if (!ask && name === 'q' && !leaving) onLeave('q');
      return;
    }
    const { mode } = of(ask);
    // Many characters at once come from a clipboard or were typed ahead: no confirmation is among them.
    if (name === 'text' || (mode.is === 'keys' && guard.early(ask, mode))) guard.poured();
    for (const [one, typed] of strokes(name, input, bindings(situation(ask)))) {
      const { ui: after, reply } = press(situation(ask), one, typed);
      set(ask, after);
      if (!reply) continue;
      // What follows a reply was not meant for the next question.
      session.reply(reply);
      return;
    }
  });
  // What is pasted goes into a text, and nowhere else.
  usePaste((text) => {
    const { ask } = session.view();
    if (!ask || ask !== drawn.current) return;
    guard.poured();
    const { mode } = of(ask);
    if (mode.is === 'typed') {
      const problem = `What is pasted does not confirm. Type ${mode.words.join(' or ')}.`;
      set(ask, { ...of(ask), mode: { ...mode, problem } });
      return;
    }
    if (!bindings(situation(ask)).some(({ key }) => key === 'text')) return;
    set(ask, press(situation(ask), 'text', text.trim().replace(/\s*[\r\n]+\s*/g, ' ')).ui);
  });
  useChoices(view.ask, of, set);

  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {frame.lines.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a screen have no identity but their place
        <Row key={n} line={one} />
      ))}
    </Box>
  );
}

/** Keys that came in one piece, as from a fast typist, are taken one by one where a text is typed, and nowhere else. */
function strokes(
  name: string,
  input: string,
  table: readonly Binding[],
): readonly (readonly [string, string])[] {
  const search = input.startsWith('/') && table.some(({ key }) => key === '/');
  if (name !== 'text' || !(search || table.some(({ key }) => key === 'text'))) return [[name, input]];
  return [...input].map((one) =>
    one === '\r' || one === '\n' ? ['enter', ''] : [one === ' ' ? 'space' : one, one],
  );
}

/** The state of the screen, which begins anew with every question. */
interface UiStore {
  of(ask: Ask | undefined): Ui;
  set(ask: Ask | undefined, ui: Ui): void;
}
/** Several keys may come before the next drawing: each has to see what the one before it did. */
function useUi(): UiStore {
  const state = useRef<{ readonly ask: Ask | undefined; readonly ui: Ui } | undefined>(undefined);
  const [, draw] = useReducer((n: number) => n + 1, 0);
  return {
    of: (ask) => {
      if (!state.current || state.current.ask !== ask) state.current = { ask, ui: begin(ask) };
      return state.current.ui;
    },
    set: (ask, ui) => {
      if (state.current && state.current.ask !== ask) return; // another question has come since
      state.current = { ask, ui };
      draw();
    },
  };
}

/** Counts the seconds while something is waited for: one row changes, once a second. */
function useSeconds(active: boolean): void {
  const [, add] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(add, 1_000);
    return () => clearInterval(timer);
  }, [active]);
}

/** Tries again by itself when AWS has been left alone for long enough. */
function useCountdown(ask: Ask | undefined, session: Session, now: () => number): void {
  const clock = useRef(now);
  clock.current = now;
  useEffect(() => {
    if (ask?.is !== 'busy') return undefined;
    const again = (): void => {
      if (session.view().ask === ask) session.reply({ do: 'again' });
    };
    const timer = setTimeout(again, Math.max(0, ask.until - clock.current()));
    return () => clearTimeout(timer);
  }, [ask, session]);
}

/** Reads a question's rows page by page, as AWS answers. */
function useChoices(ask: Ask | undefined, of: UiStore['of'], set: UiStore['set']): void {
  const store = useRef({ of, set });
  store.current = { of, set };
  useEffect(() => {
    if (ask?.is !== 'question' || !ask.choices) return undefined;
    let stopped = false;
    const change = (more: readonly Choice[], end?: { loading: false; problem?: string }): void => {
      if (stopped) return;
      const ui = store.current.of(ask);
      if (ui.mode.is !== 'pick') return;
      store.current.set(ask, {
        ...ui,
        mode: { is: 'pick', picker: { ...addRows(ui.mode.picker, more), ...end } },
      });
    };
    const read = async (choices: NonNullable<typeof ask.choices>): Promise<void> => {
      let rows: readonly Choice[] = [];
      for await (const row of choices()) {
        if (stopped) return;
        rows = [...rows, row];
        if (rows.length === 200) {
          change(rows);
          rows = [];
        }
      }
      change(rows, { loading: false });
    };
    read(ask.choices).catch((error: unknown) =>
      change([], {
        loading: false,
        problem: `The list could not be read: ${error instanceof Error ? error.message : String(error)}`,
      }),
    );
    return () => {
      stopped = true;
    };
  }, [ask]);
}

/** The step that is worked on while nothing is asked. */
function stepAt({ activity, run }: SessionView, steps: readonly Step[]): Step {
  const named = activity.is === 'idle' ? undefined : steps.find(({ id }) => id === activity.step);
  const next = named ?? steps.find(({ id }) => !run.read.includes(id)) ?? steps.at(-1);
  if (!next) throw new Error('a runbook without steps');
  return next;
}
