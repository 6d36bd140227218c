import { Box, useInput, usePaste, useWindowSize } from 'ink';
import type React from 'react';
import { useEffect, useLayoutEffect, useReducer, useRef, useSyncExternalStore } from 'react';
import { partsOf } from '../model/progress/applicable-steps.ts';
import type { Phase, Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import { unreachable } from '../model/text/unreachable.ts';
import { activityText, countdownText, describeProcess, processText, secondsOf } from './content/waiting.ts';
import { fits, frameOf } from './frame/frame.ts';
import type { Banner } from './frame/header.ts';
import type { Binding, KeyContext, SideEffect } from './input/binding.ts';
import { bindings, press } from './input/bindings.ts';
import { confirms, timer as realTimer, type Timer, useGuard } from './input/guard.ts';
import { keyName, strokeOf } from './input/keys.ts';
import type { Ask } from './session/ask.ts';
import type { Session, SessionView } from './session/session.ts';
import { useAttention } from './terminal/attention.ts';
import { copying } from './terminal/clipboard.ts';
import { Row } from './terminal/row.tsx';
import type { Rows } from './terminal/rows.ts';
import { useSuspend } from './terminal/suspend.ts';
import { useCountdown, useSeconds } from './terminal/use-time.ts';
import { useChoices, useUi } from './terminal/use-ui.ts';
import { styled } from './text/looks.ts';
import type { Display } from './text/page.ts';

export interface AppProps {
  readonly session: Session;
  readonly phases: readonly Phase[];
  readonly banner: Banner;
  /** Ctrl-C was pressed, at any time; or q, while nothing is asked. */
  readonly onLeave: (how: 'q' | 'ctrl-c') => void;
  /** Runs the credential_process that is waited for with the terminal. */
  readonly giveTerminal?: () => void;
  /** What is drawn on, where it is a terminal. */
  readonly display: Display;
  readonly terminal?: Pick<Rows, 'redraw' | 'aside'>;
  /** Opens a page in a browser. Resolves to false where that is not possible. */
  readonly openPage?: (url: string) => Promise<boolean>;
  readonly now?: () => number;
  readonly timer?: Timer;
}

/** The whole screen. It draws what the run, the activity and the question say, and sends replies. */
export function App({
  session,
  phases,
  banner,
  onLeave,
  display,
  terminal,
  openPage,
  giveTerminal,
  now = Date.now,
  timer = realTimer,
}: AppProps): React.JSX.Element {
  const view = useSyncExternalStore(session.subscribe, session.view);
  const { columns, rows } = useWindowSize();
  const { of, set, checks } = useUi();
  const ui = of(view.ask);
  const steps = phases.flatMap((phase) => phase.steps);
  const step = view.ask?.step ?? stepAt(view, steps);
  useSeconds(
    view.waitedFor !== undefined ||
      view.ask?.is === 'busy' ||
      (view.ask === undefined && view.activity.is !== 'idle'),
  );
  useCountdown(view.ask, session, now);
  useAttention(view, terminal, now);
  useMinutes(Object.values(view.lasting).some((lasts) => lasts.is === 'until'));
  const measured = useRef<{ readonly pageSize: number }>({ pageSize: 10 });
  // Under a view nobody reads the question.
  const readable = fits({ columns, rows }) && !ui.view ? view.ask : undefined;
  const guard = useGuard(readable, ui.mode, timer);
  const suspend = useSuspend(session);

  const situation = (ask: Ask | undefined): KeyContext => {
    const { run, events } = session.view();
    const early = ask !== undefined && guard.early(ask, of(ask).mode);
    const { waitedFor, activity: now } = session.view();
    const waitsForProcess = waitedFor !== undefined && giveTerminal !== undefined;
    const passes = now.is === 'looking' && now.passes === true;
    return {
      passes,
      ask,
      ui: of(ask),
      run,
      events,
      steps,
      step,
      ...measured.current,
      early,
      waitsForProcess,
    };
  };
  const here = situation(view.ask);
  const { view: _, ...below } = ui;
  const { activity } = view;
  const working =
    view.ask === undefined && activity.is !== 'idle'
      ? { step: activity.step, seconds: secondsOf(activity, now()) }
      : undefined;
  const said = ui.notice ?? (view.waitedFor && view.ask ? describeProcess(view.waitedFor, now()) : undefined);
  const frame = frameOf(
    {
      step,
      steps,
      ask: view.ask,
      mode: ui.mode,
      run: view.run,
      events: view.events,
      endpoint: banner.endpoint,
      phases,
      banner,
      bindings: view.leaving ? [] : bindings(here),
      ...defined({ soon: here.early ? bindings({ ...here, early: false }) : undefined }),
      beneath: ui.view?.is === 'help' ? bindings({ ...here, ui: below }) : [],
      activity: workText(view, now()),
      scroll: ui.scroll,
      display,
      ...defined({ working, view: ui.view, said }),
      lasting: view.lasting,
      atHand: view.atHand,
      now: now(),
    },
    { columns, rows },
  );
  measured.current = frame;
  // A key counts for the question that could be read when it was pressed, and for no later one.
  const drawn = useRef(readable);
  useLayoutEffect(() => {
    drawn.current = readable;
    // What is drawn goes no further than there is something to read.
    if (ui.scroll !== frame.scroll) set(view.ask, { ...ui, scroll: frame.scroll });
    else if (frame.view && JSON.stringify(frame.view) !== JSON.stringify(ui.view))
      set(view.ask, { ...ui, view: frame.view });
  });

  const say = (said: string): void => {
    const { ask } = session.view();
    set(ask, { ...of(ask), notice: said });
  };
  const runSideEffect = (sideEffect: SideEffect): void => {
    switch (sideEffect.do) {
      case 'leave':
        onLeave('q');
        break;
      case 'run-in-terminal':
        giveTerminal?.();
        break;
      case 'pass':
        session.pass();
        break;
      case 'copy':
        say(copy(sideEffect, display, terminal));
        break;
      case 'open':
        void openPage?.(sideEffect.url).then((opened) => {
          if (opened) return say(`Opened in your browser: ${sideEffect.url}`);
          const sequence = copying(sideEffect.url, display);
          if (sequence !== undefined) terminal?.aside(sequence);
          return say(`No browser here; copied, if your terminal allows it: ${sideEffect.url}`);
        });
        break;
      default:
        unreachable(sideEffect);
    }
  };
  // Ink may hand a key to the function of an earlier drawing: everything that changes is read when the key comes.
  const ofTerminal: Readonly<Record<string, () => void>> = {
    'ctrl-c': () => onLeave('ctrl-c'),
    'ctrl-z': suspend,
    'ctrl-l': () => terminal?.redraw(),
  };
  useInput((input, key) => {
    const name = keyName(input, key);
    const own = ofTerminal[name];
    if (own) return own();
    const { ask, leaving } = session.view();
    if (leaving) return;
    const { mode, view: above } = of(ask);
    // What is pressed for a view, or while nothing is asked, never reaches a question.
    if (!above && ask !== drawn.current) return;
    // Many characters at once come from a clipboard or were typed ahead: no confirmation is among them.
    if (ask && !above && (name === 'text' || (mode.is === 'keys' && guard.early(ask, mode)))) guard.poured();
    for (const [one, typed] of strokes(name, input, bindings(situation(ask)), !confirms(ask, mode))) {
      const { notice: __, ...quiet } = of(ask);
      set(ask, quiet);
      const { ui: after, reply, sideEffect } = press(situation(ask), one, typed);
      set(ask, after);
      if (sideEffect) runSideEffect(sideEffect);
      if (!reply) continue;
      if (reply.do === 'again') checks(ask);
      // What follows a reply was not meant for the next question.
      session.reply(reply);
      return;
    }
  });
  // What is pasted goes into a text, and nowhere else.
  usePaste((text) => {
    const { ask } = session.view();
    const { mode, view: above } = of(ask);
    if (!above && (!ask || ask !== drawn.current)) return;
    if (ask && !above) guard.poured();
    if (!above && mode.is === 'typed') {
      const problem = `What is pasted does not confirm. Type ${mode.words.join(' or ')}.`;
      set(ask, { ...of(ask), mode: { ...mode, problem } });
      return;
    }
    if (!bindings(situation(ask)).some(({ key }) => key === 'text')) return;
    set(ask, press(situation(ask), 'text', text.trim().replace(/\s*[\r\n]+\s*/g, ' ')).ui);
  });
  useChoices(view.ask, of, set);

  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {frame.lines.map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a screen have no identity but their place
        <Row key={n} text={styled(one, display.colors, display.links)} />
      ))}
    </Box>
  );
}

/** What goes on, or what is waited for, in a line. */
function workText({ leaving, ask, waitedFor, activity, run }: SessionView, now: number): string | undefined {
  if (leaving)
    return 'Leaving. A call in flight is finished and written down first; Ctrl-C again leaves at once.';
  if (ask?.is === 'busy') return countdownText(ask.until, now);
  return waitedFor && ask === undefined ? processText(waitedFor, now) : activityText(activity, run, now);
}

/** Sends a text to the terminal's clipboard, and says so: whether the terminal takes it, it does not tell. */
function copy(
  { what, text }: Extract<SideEffect, { do: 'copy' }>,
  display: Display,
  terminal: AppProps['terminal'],
): string {
  const sequence = copying(text, display);
  if (sequence === undefined)
    return `Not copied: ${what} is too long for a terminal’s clipboard. The audit export has it.`;
  terminal?.aside(sequence);
  const lines = text.split('\n');
  const size = lines.length > 1 ? ` (${lines.length} lines)` : '';
  return `Copied ${what}${size}, if your terminal allows it.`;
}

/**
 * Keys that came in one piece, as from a fast typist, are taken one by one where a text is typed; elsewhere only those
 * of one key that is held or hit again, and for a confirmation not even these.
 */
function strokes(
  name: string,
  input: string,
  table: readonly Binding[],
  repeats: boolean,
): readonly (readonly [string, string])[] {
  const text = table.some(({ key }) => key === 'text');
  const search = input.startsWith('/') && table.some(({ key }) => key === '/');
  const again = repeats && new Set(input).size === 1;
  return name === 'text' && (text || search || again) ? [...input].map(strokeOf) : [[name, input]];
}

/** The step that is worked on while nothing is asked. */
function stepAt({ activity, run }: SessionView, steps: readonly Step[]): Step {
  const named = activity.is === 'idle' ? undefined : steps.find(({ id }) => id === activity.step);
  const next = named ?? partsOf(steps, run).find(({ id }) => !run.read.includes(id)) ?? steps.at(-1);
  if (!next) throw new Error('a runbook without steps');
  return next;
}

/** Counts down the time that credentials last: one row changes, twice a minute. */
function useMinutes(active: boolean): void {
  const [, add] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(add, 30_000);
    return () => clearInterval(timer);
  }, [active]);
}
