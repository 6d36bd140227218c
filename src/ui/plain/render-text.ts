import { formatCount } from '../../model/text/format-count.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { present, presentStep } from '../../presentation/present.ts';
import { blockLines } from '../content/block-lines.ts';
import { bodyOf } from '../content/body.ts';
import { questionOf } from '../content/prompt.ts';
import { type Headed, headerLines } from '../frame/header.ts';
import type { Asking, Binding } from '../input/binding.ts';
import { marksAll } from '../input/list-keys.ts';
import { keyNames, keysInLines, onScreenOnly } from '../input/meanings.ts';
import { isMarked, type Mode, type Picker, visible } from '../input/state.ts';
import { textIn } from '../input/text-box.ts';
import type { Ask } from '../session/ask.ts';
import { fitted, type Line, plainText, span, wrap } from '../text/line.ts';
import { ofWidth, type Page } from '../text/page.ts';
import { atOnce } from './meaning.ts';

/** What decides, for a question: who acts, and all that a screen shows above it. */
export function bodyText(at: Asking, endpoint: string, page: Page): string {
  const { ask, step, run, steps, ui } = at;
  const { who } = present(ask, { run, steps, endpoint });
  const body = bodyOf({ step, ask, mode: ui.mode, run, endpoint, steps }, page);
  return textOf([...(ask.is === 'confirm' ? blockLines(who, page) : []), ...body]).trim();
}
export const textOf = (lines: readonly Line[]): string =>
  lines.map((one) => plainText(one).trimEnd()).join('\n');

/** The head of a step: the program, where calls go, who acts, and how far the runbook is. */
export function placeText(at: Asking & Headed, page: Page): string {
  const { step } = at;
  const around = { ...at, endpoint: at.banner.endpoint };
  const head = headerLines(at, page, { place: true, rows: Infinity });
  const { about } = at.ask ? present(at.ask, around) : presentStep(step, around);
  return `${textOf(head)}\n${textOf(wrap(about, page))}`;
}

/** The question, and what can be typed. `from`: the first row of a list that is said. */
export function promptText(at: Asking, table: readonly Binding[], from: number, page: Page): string {
  const { ask, ui } = at;
  const { mode } = ui;
  const problem = 'problem' in mode && mode.problem !== undefined ? mode.problem : '';
  const { question } = present(ask, { ...at, endpoint: '' });
  const says = questionOf(question, mode);
  const said = (...all: readonly string[]): readonly Line[] =>
    all.filter((text) => text !== '').flatMap((text) => wrap(text, page));
  switch (mode.is) {
    case 'pick':
    case 'answers': {
      const others = table.filter(({ key, marks }) => key !== 'enter' && !marks);
      return textOf([
        ...said(says),
        ...listLines(mode.picker, from, page),
        ...said(...listHint(mode.picker), ...keysSaid(others, page)),
      ]);
    }
    case 'code':
    case 'text':
    case 'reason':
    case 'role':
    case 'typed':
      return textOf(said(problem, says, ...typingHint(mode, ask)));
    case 'keys':
      return textOf(said(says, ...keysSaid(table, page)));
    default:
      return unreachable(mode);
  }
}
/** The longest name that is said of a line to choose: whoever named it does not fill the terminal. */
const longest = 300; // columns
const short = (page: Page, text: string): string =>
  plainText(fitted([span(page, text)], ofWidth(page, longest))).trimEnd();

function listLines(picker: Picker, from: number, page: Page): readonly Line[] {
  const found = visible(picker);
  const end = Math.min(found.length, from + atOnce);
  const left = found.length - end;
  const notes = [
    found.length === 0 ? 'No matches.' : '',
    left > 0 ? `${formatCount(left)} more: type “more”.` : '',
    picker.problem ?? '',
  ];
  return [
    ...found
      .slice(from, end)
      .flatMap((row, n): readonly Line[] => [
        ...(row.group !== undefined && (n === 0 || found[from + n - 1]?.group !== row.group)
          ? wrap(`${row.group}:`, page)
          : []),
        ...wrap(
          [
            short(page, row.label),
            ...(row.facts ?? []).map((fact) => `, ${fact}`),
            isMarked(picker, row) ? ' (marked)' : '',
            row.not === undefined ? '' : ` (cannot be chosen: ${row.not})`,
          ].join(''),
          page,
          'plain',
          `${from + n + 1}. `,
        ),
        ...(row.detail ? wrap(short(page, row.detail), page, 'plain', '   ') : []),
      ]),
    ...notes.filter((note) => note !== '').flatMap((note) => wrap(note, page)),
  ];
}
function listHint(picker: Picker): readonly string[] {
  const found = visible(picker).length;
  const sought = textIn(picker.filter);
  const searched = picker.rows.length > 7 ? ', or part of a name to search' : '';
  return [
    sought === ''
      ? ''
      : `These ${formatCount(found)} of ${formatCount(picker.rows.length)} match “${sought}”. Type “all” to show all again.`,
    found === 0 ? '' : `Type ${found === 1 ? '1' : `a number from 1 to ${found}`}${searched}.`,
    ...(picker.chosen && found > 1 ? severalHint(picker) : []),
  ];
}
function typingHint(
  mode: Extract<Mode, { is: 'code' | 'text' | 'typed' | 'reason' | 'role' }>,
  ask: Ask,
): readonly string[] {
  if (mode.is === 'code')
    return [
      'It is not shown while you type. Enter a single period (.) for other credentials. Ctrl-C leaves.',
    ];
  const initial = mode.is === 'text' ? textIn(mode.box) : '';
  return [
    initial === '' ? '' : `Enter alone takes: ${initial}`,
    ask.is === 'question' && mode.is === 'text' && ask.question.example !== undefined && initial === ''
      ? `For example: ${ask.question.example}`
      : '',
    'Enter a single period (.) for the other keys. Ctrl-C leaves.',
  ];
}

/** What can be typed, each with what it does: a key and its meaning stay in one row. */
function keysSaid(table: readonly Binding[], page: Page): readonly string[] {
  const rows: string[] = [];
  for (const { key, does } of table) {
    if (does === '' || onScreenOnly.includes(key)) continue;
    const one = `${typedAs(key)}: ${does}.`;
    const row = rows.at(-1);
    if (row !== undefined && row.length + 1 + one.length <= page.width)
      rows[rows.length - 1] = `${row} ${one}`;
    else rows.push(one);
  }
  return rows;
}
const typedAs = (key: string): string => keysInLines[key] ?? keyNames[key] ?? key;

/** How several are taken, and which are marked already. */
function severalHint(picker: Picker): readonly string[] {
  const { rows, filter } = picker;
  const labels = rows.filter((row) => isMarked(picker, row)).map(({ label }) => label);
  const [most, rest] = [labels.slice(0, 10).join('; '), labels.length - 10];
  return [
    ...(labels.length === 0
      ? []
      : [
          `${labels.length} marked: ${most}${rest > 0 ? `; and ${rest} more` : ''}. Enter alone takes what is marked.`,
        ]),
    [
      'Several at once: 1,3 or 2-4. To mark one and keep searching: +2.',
      labels.length === 0 ? '' : '-2 takes a mark away, “none” all.',
      marksAll(picker) ? `${filter.characters.length > 0 ? '“a”' : '“all”'} marks all of these.` : '',
    ]
      .filter((text) => text !== '')
      .join(' '),
  ];
}
