import { Box, useInput, usePaste, useWindowSize } from 'ink';
import type React from 'react';
import { useEffect, useReducer, useRef, useState, useSyncExternalStore } from 'react';
import type { Ask } from '../engine/ask.ts';
import type { Phase, Step } from '../model/step.ts';
import { type Binding, bindings, press, type Situation } from './bindings.ts';
import { type Banner, frameOf } from './frame.ts';
import { keyName } from './keys.ts';
import { Row } from './parts/row.tsx';
import { activityText } from './prompt.ts';
import type { Session, SessionView } from './session.ts';
import { addRows, begin, type Ui } from './state.ts';

export interface AppProps {
  readonly session: Session;
  readonly phases: readonly Phase[];
  readonly banner: Banner;
  /** Called when the operator leaves while nothing is asked. */
  readonly onLeave: () => void;
  readonly now?: () => number;
}

/** The whole screen. It draws what the run, the activity and the question say, and sends replies. */
export function App({ session, phases, banner, onLeave, now = Date.now }: AppProps): React.JSX.Element {
  const view = useSyncExternalStore(session.subscribe, session.view);
  const { columns, rows } = useWindowSize();
  const [ui, setUi, latest] = useUi(view.ask);
  const steps = phases.flatMap((phase) => phase.steps);
  const step = view.ask?.step ?? stepAt(view, steps);
  useSeconds(view.ask === undefined && view.activity.is !== 'idle');
  const [leaving, setLeaving] = useState(false);
  const pageSize = useRef(10);

  const at: Situation | undefined = view.ask && {
    ask: view.ask,
    ui,
    run: view.run,
    steps,
    pageSize: pageSize.current,
  };
  const table: readonly Binding[] = at ? bindings(at) : [];
  const activity = leaving
    ? 'Leaving. A call in flight is finished and written down first; Ctrl-C again leaves at once.'
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

  const leave = (): void => {
    if (view.ask) session.reply({ do: 'leave' });
    else if (leaving) process.exit(130);
    else {
      setLeaving(true);
      onLeave();
    }
  };
  useInput((input, key) => {
    if (key.ctrl && input === 'c') {
      leave();
      return;
    }
    const name = keyName(input, key);
    if (!at || session.view().ask !== at.ask) {
      if (!at && name === 'q') leave();
      return;
    }
    for (const [one, typed] of strokes(name, input, table)) {
      const { ui: after, reply } = press({ ...at, ui: latest() }, one, typed);
      setUi(after);
      if (!reply) continue;
      // What follows a reply was not meant for the next question.
      session.reply(reply);
      return;
    }
  });
  // What is pasted goes into a text, and nowhere else.
  usePaste((text) => {
    if (!at || !table.some(({ key }) => key === 'text')) return;
    setUi(press({ ...at, ui: latest() }, 'text', text.trim().replace(/\s*[\r\n]+\s*/g, ' ')).ui);
  });
  useChoices(view.ask, setUi);

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

/** The state of the screen: begins anew with every question. */
function useUi(ask: Ask | undefined): readonly [Ui, (next: Ui | ((last: Ui) => Ui)) => void, () => Ui] {
  // Several keys may come before the next drawing: each has to see what the one before it did.
  const state = useRef<{ readonly ask: Ask | undefined; readonly ui: Ui }>({ ask, ui: begin(ask) });
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const latest = (): Ui => {
    if (state.current.ask !== ask) state.current = { ask, ui: begin(ask) };
    return state.current.ui;
  };
  const setUi = (next: Ui | ((last: Ui) => Ui)): void => {
    state.current = { ask, ui: typeof next === 'function' ? next(latest()) : next };
    draw();
  };
  return [latest(), setUi, latest];
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

/** Reads a question's rows page by page, as AWS answers. */
function useChoices(ask: Ask | undefined, setUi: (next: (last: Ui) => Ui) => void): void {
  const set = useRef(setUi);
  set.current = setUi;
  useEffect(() => {
    if (ask?.is !== 'question' || !ask.choices) return undefined;
    let stopped = false;
    const change = (
      more: Parameters<typeof addRows>[1],
      end?: { loading: false; problem?: string },
    ): void => {
      if (stopped) return;
      set.current((last) => {
        if (last.mode.is !== 'pick') return last;
        return { ...last, mode: { is: 'pick', picker: { ...addRows(last.mode.picker, more), ...end } } };
      });
    };
    const read = async (choices: NonNullable<typeof ask.choices>): Promise<void> => {
      let rows: Parameters<typeof addRows>[1] = [];
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
