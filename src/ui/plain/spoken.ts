import type { Phase } from '../../model/step.ts';
import type { Ask } from '../ask.ts';
import type { Asking, Binding } from '../binding.ts';
import { keyNames } from '../bindings.ts';
import { bodyOf } from '../body.ts';
import { legible } from '../charset.ts';
import { type Banner, headerLines } from '../header.ts';
import { type Line, plainText, wrap } from '../line.ts';
import { questionOf } from '../prompt.ts';
import { type Mode, type Picker, visible } from '../state.ts';
import { textIn } from '../text-box.ts';
import { titleOf } from '../undo-lines.ts';

/** Rows of a list that are said at once. */
export const page = 20;

/** The text of a step for a question, from its sections. `document`: with what AWS's document asks. */
export function bodyText(at: Asking, endpoint: string, document: boolean, width: number): string {
  const { ask, step, run, steps, ui } = at;
  const sections = bodyOf({ step, ask, mode: ui.mode, run, endpoint, steps }, width);
  return sections
    .filter(({ aside, lines }) => lines.length > 0 && (document || !aside))
    .map(({ title, lines }) => `${title === undefined ? '' : `${title}\n`}${textOf(lines)}`)
    .join('\n')
    .trim();
}
export const textOf = (lines: readonly Line[]): string =>
  lines.map((one) => plainText(one).trimEnd()).join('\n');

/** The head of a step: the program, where calls go, who acts, and how far the runbook is. */
export function placeText(at: Asking, banner: Banner, phases: readonly Phase[], width: number): string {
  const { step, run } = at;
  const head = headerLines(banner, run, phases, step, width, true);
  return `${textOf(head)}\n${textOf(wrap(titleOf(at.ask, step, run), width))}`;
}

/** The question, and what can be typed. `from`: the first row of a list that is said. */
export function promptText(at: Asking, table: readonly Binding[], from: number, width: number): string {
  const { ask, ui } = at;
  const { mode } = ui;
  const says = ask.is === 'watching' || mode.is !== 'keys' ? questionOf(ask, mode) : '';
  const problem = 'problem' in mode && mode.problem !== undefined ? mode.problem : '';
  switch (mode.is) {
    case 'pick':
    case 'answers':
      return rows(
        says,
        listText(mode.picker, from),
        listHint(mode),
        keysText(
          table.filter(({ key }) => key !== 'enter'),
          width,
        ),
      );
    case 'text':
    case 'reason':
    case 'role':
    case 'typed':
      return rows(problem, says, typingHint(mode, ask));
    case 'keys':
      return rows(says || stands[ask.is] || '', keysText(table, width));
  }
}
const rows = (...all: readonly string[]): string => all.filter((row) => row !== '').join('\n');
const stands: Readonly<Partial<Record<Ask['is'], string>>> = {
  accept: 'May these credentials be used?',
  confirm: 'Do it?',
  done: 'This step is done.',
  finished: 'Everything is done.',
  blocked: 'It cannot go on like this.',
  unknown: 'This could not be checked.',
  'by-hand': 'This is for you to do.',
};

function listText(picker: Picker, from: number): string {
  const found = visible(picker);
  const end = Math.min(found.length, from + page);
  const left = found.length - end;
  return rows(
    ...found
      .slice(from, end)
      .map(({ label, not, detail }, n) =>
        rows(
          legible(`${from + n + 1}. ${label}${not === undefined ? '' : ` (not to be chosen: ${not})`}`),
          detail ? legible(`   ${detail}`) : '',
        ),
      ),
    found.length === 0 ? 'Nothing in the list fits.' : '',
    left > 0 ? `${counted(left)} more. “more” goes on.` : '',
    legible(picker.problem ?? ''),
  );
}
const counted = (n: number): string => n.toLocaleString('en-US');
function listHint(mode: Extract<Mode, { is: 'pick' | 'answers' }>): string {
  const { picker } = mode;
  const found = visible(picker).length;
  const sought = textIn(picker.filter);
  return rows(
    sought === ''
      ? ''
      : `These ${counted(found)} of ${counted(picker.rows.length)} hold “${legible(sought)}”. “all” shows all again.`,
    found === 0
      ? ''
      : `Type ${found === 1 ? '1' : `a number from 1 to ${found}`}${picker.rows.length > 7 ? ', or part of a name to search' : ''}.`,
  );
}
function typingHint(mode: Extract<Mode, { is: 'text' | 'typed' | 'reason' | 'role' }>, ask: Ask): string {
  const initial = mode.is === 'text' ? textIn(mode.box) : '';
  return rows(
    initial === '' ? '' : `Enter alone takes: ${legible(initial)}`,
    ask.is === 'question' && mode.is === 'text' && ask.question.example !== undefined && initial === ''
      ? `For example: ${ask.question.example}`
      : '',
    'A line that is just a full stop leads to the other keys. Ctrl-C leaves.',
  );
}

/** What can be typed, each with what it does, in one line. */
export const keysText = (table: readonly Binding[], width: number): string => {
  const all = table
    .filter(({ key, does }) => does !== '' && !screenKeys.includes(key))
    .map(({ key, does }) => `${keyNames[key] ?? key}: ${does}.`)
    .join(' ');
  return textOf(wrap(all, width));
};
/** Here there are numbers and texts instead. */
const screenKeys = ['down', 'up', '/', 'tab', 'pagedown', 'pageup'];
