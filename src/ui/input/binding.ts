import type { Event } from '../../model/event.ts';
import type { Choice } from '../../model/question.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Presentation } from '../../presentation/presentation.ts';
import type { Ask, Reply } from '../session/ask.ts';
import { begin, type Mode, type Picker, type Ui } from './state.ts';

/** What a key leads to: another state of the screen, and perhaps the reply. */
export interface KeyResult {
  readonly ui: Ui;
  readonly reply?: Reply;
  readonly sideEffect?: SideEffect;
}
/** What a key does outside of the run. */
export type SideEffect =
  /** Puts a text into the terminal's clipboard. `what`: what it is, as the screen says: 'the command'. */
  | { readonly do: 'copy'; readonly what: string; readonly text: string }
  /** Opens a page of AWS in a browser. */
  | { readonly do: 'open'; readonly url: string }
  /** Runs the credential_process that is waited for with the terminal. */
  | { readonly do: 'run-in-terminal' }
  /** Goes on without the search that is shown. */
  | { readonly do: 'pass' }
  /** Leaves, while nothing is asked. */
  | { readonly do: 'leave' };
/** A key, what the footer says it does ('' for keys that go without saying), and what it does. */
export interface Binding {
  readonly key: string;
  readonly does: string;
  readonly press: () => KeyResult;
  /** It marks rows of a list: whoever types lines types their numbers instead. */
  readonly marks?: true;
  /** What it does tells how to leave, too. */
  readonly leaves?: true;
  /** Named in the footer only where there is room. */
  readonly rare?: boolean;
}
export interface KeyContext {
  /** Undefined while nothing is asked: AWS works, or it is being looked at. */
  readonly ask: Ask | undefined;
  /** The step that is on the screen. */
  readonly step: Step;
  readonly ui: Ui;
  readonly run: Run;
  readonly steps: readonly Step[];
  /** Rows of the list that are drawn, and rows by which the text above it scrolls. */
  readonly pageSize: number;
  /** A confirmation has only just come up: nothing confirms it yet. */
  readonly early?: boolean;
  readonly events: readonly Event[];
  /** A credential_process is waited for. */
  readonly waitsForProcess?: boolean;
  /** The search that is waited for only informs. */
  readonly passes?: boolean;
}
export interface Viewed {
  readonly step: Step;
  readonly ask: Ask | undefined;
  readonly run: Run;
  readonly steps: readonly Step[];
  readonly presented: Presentation;
  readonly events: readonly Event[];
  /** The dangerous choice whose word is to be typed. */
  readonly choice?: Choice;
  /** The keys of the question below: help tells of them. */
  readonly beneath: readonly Binding[];
  /** The keys of the view itself. */
  readonly bindings?: readonly Binding[];
  /** It is said in lines: there are no signs, and no keys that only a screen has. */
  readonly spoken?: boolean;
}
/** A question stands. */
export interface Asking extends KeyContext {
  readonly ask: Ask;
}

export const to = (ui: Ui, mode: Mode): KeyResult => ({ ui: { ...ui, mode } });
export const reply = (ui: Ui, value: Reply): KeyResult => ({ ui, reply: value });
export const bind = (key: string, does: string, press: () => KeyResult): Binding => ({ key, does, press });
/** The same, for a key that the footer need not name. */
export const rarely = (key: string, does: string, press: () => KeyResult): Binding => ({
  ...bind(key, does, press),
  rare: true,
});

/** Back to the question, and to what was marked in its list. One that is not there any more is read again. */
export function back(ask: Ask, ui: Ui): KeyResult {
  if (ask.is !== 'question' || !ask.choices) return { ui: begin(ask) };
  return ui.list ? to(begin(ask), { is: 'pick', picker: ui.list }) : reply(ui, { do: 'again' });
}
/** A list is kept while something is over it. */
export function keeping(list: Picker, result: KeyResult): KeyResult {
  return result.reply || result.ui.mode.is === 'pick' ? result : { ...result, ui: { ...result.ui, list } };
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
  'word-left',
  'word-right',
];
/** The keys of a line editor. 'text' stands for whatever is typed. */
export const editing = (
  change: (key: string, input: string) => KeyResult,
): readonly (Binding & { readonly type?: (input: string) => KeyResult })[] => [
  ...lineKeys.map((key) => bind(key, '', () => change(key, ''))),
  { key: 'text', does: '', press: () => change('text', ''), type: (input) => change('text', input) },
];
