import {
  describeFacts,
  describeKind,
  describeState,
  type SourceFacts,
} from '../../model/access/source-facts.ts';
import { type Source, signInText, sourceName } from '../../model/identity.ts';
import { takesWord, wordsFor } from '../../model/plan.ts';
import type { Choice, Question } from '../../model/question.ts';
import { defined } from '../../model/text/defined.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Ask } from '../session/ask.ts';
import { arranged } from './arrange.ts';
import type { Row } from './row.ts';
import { search } from './search.ts';
import { type TextBox, textBox, textIn } from './text-box.ts';

/** What is read over a question, or over a wait. It stays until the operator comes back. */
export type View = {
  readonly filter: TextBox;
  readonly filtering: boolean;
} & (
  | {
      readonly is: 'help' | 'document' | 'means' | 'checks' | 'policy' | 'ahead';
      readonly scroll: number;
    }
  /** The checklist. `at`: the highlighted step, at first the one that is asked about. `open`: the id of the one that is read. */
  | { readonly is: 'steps'; readonly scroll: number; readonly at?: number; readonly open?: string }
  /** `upTo`: how many entries, from the oldest, are passed; undefined: the newest is shown, and those to come. */
  | { readonly is: 'log'; readonly upTo: number | undefined }
);
export type ViewName = View['is'];
export const viewNamed = (is: ViewName): View =>
  is === 'log'
    ? { is, upTo: undefined, filter: textBox(), filtering: false }
    : { is, scroll: 0, filter: textBox(), filtering: false };

/** Rows to choose from. `at`: the highlighted one among those shown, -1 for none. */
export interface Picker {
  readonly rows: readonly Row[];
  readonly loading: boolean;
  readonly filter: TextBox;
  readonly filtering: boolean;
  readonly at: number;
  /** Where several may be chosen: the values of those that are. */
  readonly chosen?: readonly string[];
  /** What the rows are: people come by name, whenever they come. */
  readonly of?: Question['of'];
  /** The value that is highlighted at first, until the operator moves. */
  readonly initial?: string;
  readonly moved?: true;
  /** Rows a second, while they are read. */
  readonly rate?: number;
  readonly problem?: string;
}
/** What the keyboard is for just now. */
export type Mode =
  | { readonly is: 'keys' }
  /** `role`: the role that is going to be assumed with what is chosen. */
  | { readonly is: 'pick'; readonly picker: Picker; readonly role?: string }
  /** The ARN of a role. */
  | { readonly is: 'role'; readonly box: TextBox; readonly problem?: string }
  | { readonly is: 'text'; readonly box: TextBox; readonly problem?: string }
  /** A code of an MFA device: never drawn. */
  | { readonly is: 'code'; readonly box: TextBox; readonly problem?: string }
  /** Something dangerous: one of the words has to be typed. `choice`: the choice that it is about, else the changes. */
  | {
      readonly is: 'typed';
      readonly box: TextBox;
      readonly words: readonly string[];
      readonly choice?: Choice;
      readonly problem?: string;
    }
  /** Earlier answers, to take one back. */
  | { readonly is: 'answers'; readonly picker: Picker }
  /** Why something is accepted that could not be checked, or set aside. */
  | {
      readonly is: 'reason';
      readonly box: TextBox;
      readonly about:
        | { readonly do: 'waive'; readonly goal: string }
        | { readonly do: 'set-aside'; readonly attempt: string }
        | { readonly do: 'hand-off' };
      readonly problem?: string;
    };

/** What the screen knows beyond the run: but for the view nothing of it outlives the question. */
export interface Ui {
  readonly mode: Mode;
  readonly scroll: number;
  /** What is read over the question: as long as there is one, keys are for it alone. */
  readonly view?: View;
  /** So many of the screen's addresses were opened: the next key opens the next. */
  readonly opened?: number;
  /** What the last key did, where that is not to be seen otherwise. */
  readonly notice?: string;
  /** A question's list, while something else is typed or chosen over it: what is marked stays, and rows go on coming. */
  readonly list?: Picker;
}

export const picker = (rows: readonly Row[], more: Partial<Picker> = {}): Picker => ({
  rows,
  loading: false,
  filter: textBox(),
  filtering: false,
  at: 0,
  ...more,
});

/** Where a question begins. */
export function begin(ask: Ask | undefined): Ui {
  return { mode: modeFor(ask), scroll: 0 };
}
function modeFor(ask: Ask | undefined): Mode {
  switch (ask?.is) {
    case 'credentials':
      return { is: 'pick', picker: picker(credentialRows(ask), { filtering: isSearched(ask) }) };
    case 'question':
      if (ask.question.as === 'text')
        return { is: 'text', box: textBox(ask.goal.offered ?? ask.goal.initial) };
      if (ask.question.as === 'attestation')
        return { is: 'pick', picker: picker(attestations(ask.question.skippable)) };
      return {
        is: 'pick',
        picker: picker([], {
          loading: true,
          at: ask.question.noDefault || ask.question.unset ? -1 : 0,
          ...defined({
            chosen: ask.question.as === 'several' ? [] : undefined,
            of: ask.question.of,
            initial: ask.goal.initial,
          }),
        }),
      };
    case 'confirm':
      return takesWord(ask.changes)
        ? { is: 'typed', box: textBox(), words: wordsFor(ask.changes) }
        : { is: 'keys' };
    case 'code':
      return { is: 'code', box: textBox() };
    case 'sign-in':
    case 'accept':
    case 'by-hand':
    case 'blocked':
    case 'unknown':
    case 'busy':
    case 'drifted':
    case 'failed':
    case 'declined':
    case 'cannot-tell':
    case 'under-way':
    case 'done':
    case 'undo':
    case 'undone':
    case 'finished':
    case 'watching':
    case 'handed-off':
    case 'incoming':
    case undefined:
      return { is: 'keys' };
    default:
      return unreachable(ask);
  }
}
/** Sources, with what is known of each. */
const sourceRows = (sources: readonly Source[], facts: readonly SourceFacts[] = []): readonly Row[] => {
  const known = new Map(facts.map((one) => [JSON.stringify(one.source), one]));
  return sources.map((source) => sourceRow(source, known.get(JSON.stringify(source))));
};
function sourceRow(source: Source, found: SourceFacts | undefined): Row {
  const does = { do: 'use', source } as const;
  if (!found) return { does, label: sourceName(source) };
  const name = source.kind === 'profile' ? source.name : sourceName(source);
  const account = found.account ?? 'not known';
  return {
    ...{ does, label: describeFacts(found) },
    cells: { name, account, kind: describeKind(found), state: describeState(found) },
  };
}
/** Logging in first, where that is what is missing; then what is on this machine; then a role assumed with one of these. */
function credentialRows(ask: Extract<Ask, { is: 'credentials' }>): readonly Row[] {
  const { sources, problem, failed, facts } = ask;
  const { login, process, code } = problem ?? {};
  return [
    ...(login
      ? [{ does: { do: 'log-in', login } as const, label: `sign in now: ${signInText(login)}` }]
      : []),
    ...(process === undefined
      ? []
      : [
          {
            does: { do: 'run-in-terminal', profile: process } as const,
            label: `run it with the terminal: the credential_process of profile ${process}`,
          },
        ]),
    ...(code && failed
      ? [
          {
            does: { do: 'use', source: failed } as const,
            label: `enter an MFA code: ${sourceName(failed)}`,
          },
        ]
      : []),
    ...sourceRows(sources, facts),
    ...(sources.length > 0
      ? [{ does: { do: 'assume-role' } as const, label: 'assume a role with one of these…' }]
      : []),
  ];
}
/** So many that nobody reads them: what is typed is searched for at once. */
const isSearched = ({ sources, facts }: Extract<Ask, { is: 'credentials' }>): boolean =>
  facts !== undefined && sources.length > 7;
/** What a role can be assumed with. */
export const baseRows = ({ sources, facts }: Extract<Ask, { is: 'credentials' }>): readonly Row[] =>
  sourceRows(
    sources.filter(({ kind }) => kind !== 'role'),
    facts,
  );

const attestations = (skippable: true | undefined): readonly Row[] => [
  { value: 'attested', label: 'Yes, continue' },
  ...(skippable ? [{ value: 'skipped', label: 'Skip this, and record that it was skipped' }] : []),
];

/** Whether its rows are those of a table. */
export const isTable = ({ rows }: Picker): boolean => rows.some(({ cells }) => cells !== undefined);

/** The rows that the filter leaves. */
export const visible = ({ rows, filter }: Picker): readonly Row[] => search(rows, textIn(filter));

/** Whether several may be chosen, and this one is. */
export const isMarked = ({ chosen }: Picker, { value }: Row): boolean =>
  value !== undefined && chosen?.includes(value) === true;

/** The list with one value chosen, or not chosen any more. Only where several may be. */
export const toggle = (picker: Picker, value: string): Picker => ({
  ...picker,
  chosen: picker.chosen?.includes(value)
    ? picker.chosen.filter((one) => one !== value)
    : [...(picker.chosen ?? []), value],
});

/** All that are shown and can be chosen are marked; where they are already, none of them. The rest stays as it is. */
export function toggleAll(picker: Picker): Picker {
  const usable = visible(picker).flatMap(({ value, not, apart }) =>
    value !== undefined && not === undefined && !apart ? [value] : [],
  );
  const marked = new Set(picker.chosen);
  if (!usable.every((value) => marked.has(value)))
    return { ...picker, chosen: [...new Set([...marked, ...usable])] };
  const these = new Set(usable);
  return { ...picker, chosen: [...marked].filter((value) => !these.has(value)) };
}

/** Moves the highlight by some rows, over those that can be chosen. */
export function move(picker: Picker, by: number): Picker {
  const rows = visible(picker);
  const step = by < 0 ? -1 : 1;
  let at = Math.min(rows.length - 1, Math.max(0, picker.at + by));
  if (picker.at < 0) at = by < 0 ? rows.length - 1 : 0;
  while (rows[at]?.not !== undefined) at += step;
  if (rows[at] !== undefined) return { ...picker, at, moved: true };
  // Nothing that way: the nearest the other way.
  at = Math.min(rows.length - 1, Math.max(0, picker.at + by));
  while (rows[at]?.not !== undefined) at -= step;
  return rows[at] === undefined ? picker : { ...picker, at, moved: true };
}

/** Where a list is highlighted at first: on what stands apart only where a search of all of it found nothing else. */
export function firstOf(picker: Picker): number {
  const rows = visible(picker);
  const first = rows.findIndex(({ not, apart }) => not === undefined && !apart);
  if (first >= 0 || picker.loading || textIn(picker.filter) === '') return first;
  return rows.findIndex(({ apart }) => apart);
}

const apartLast = (rows: readonly Row[]): readonly Row[] => [
  ...rows.filter(({ apart }) => !apart),
  ...rows.filter(({ apart }) => apart),
];

/** Adds a page of rows; with the last, that it is read. The highlight stays on its row, or goes to the first that can be chosen. */
export function addRows(before: Picker, more: readonly Row[], end: Partial<Picker> = {}): Picker {
  const picker = { ...before, ...end };
  const rows = picker.of === 'people' ? arranged(picker.rows, more) : apartLast([...picker.rows, ...more]);
  const marked = more.flatMap(({ marked: is, value }) => (is && value !== undefined ? [value] : []));
  const next = {
    ...picker,
    rows,
    ...defined({ chosen: picker.chosen && [...picker.chosen, ...marked] }),
  };
  const found = visible(next);
  const stays = picker.moved ? visible(picker)[picker.at] : undefined;
  if (stays) return { ...next, at: found.indexOf(stays) };
  // Nothing was found so far: the first that is.
  if (next.at < 0 && !next.filtering) return next;
  const initial = found.findIndex(({ value, not }) => value === picker.initial && not === undefined);
  return { ...next, at: picker.initial !== undefined && initial >= 0 ? initial : firstOf(next) };
}
