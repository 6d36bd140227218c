import { unreachable } from '../../model/text/unreachable.ts';
import type { Mode } from '../input/state.ts';
import type { TextBox } from '../input/text-box.ts';
import { inputErrorSoFar } from '../input/validate-input.ts';
import type { Ask } from '../session/ask.ts';
import { fitted, type Line, span, widthOf, wrap } from '../text/line.ts';
import { ofWidth, type Page } from '../text/page.ts';
import { boxSpans, pickLines } from './list-lines.ts';

/** What stands below the step's text: the question that is asked now. At most `most` rows. */
export function promptOf(
  ask: Ask | undefined,
  mode: Mode,
  activity: string | undefined,
  page: Page,
  most: number,
): readonly Line[] {
  if (!ask) return activity === undefined ? [] : activityLines(activity, page);
  const says = questionOf(ask, mode);
  switch (mode.is) {
    case 'pick':
    case 'answers':
      return pickLines(says, mode.picker, page, most);
    case 'text':
    case 'role':
    case 'typed':
    case 'reason':
      return boxLines(says, mode.box, mode.problem ?? '', inputErrorSoFar(ask, mode) ?? '', page, most);
    case 'keys':
      return ask.is === 'busy' ? activityLines(activity ?? says, page) : wrap(says, page, 'strong');
    default:
      return unreachable(mode);
  }
}

/** What is waited for: a sentence or two in each of its lines. */
const activityLines = (activity: string, page: Page): readonly Line[] =>
  activity.split('\n').flatMap((row, n) => wrap(row, page, 'strong', n === 0 ? '~ ' : '  '));

/** What is asked, in a sentence. */
export function questionOf(ask: Ask, mode: Mode): string {
  switch (mode.is) {
    case 'pick':
      if (ask.is === 'question') return ask.question.says;
      return mode.role === undefined ? 'Whose credentials?' : `With which of these is ${mode.role} assumed?`;
    case 'role':
      return 'Which role? Its ARN, such as arn:aws:iam::111122223333:role/Administrator. One that wants an MFA code cannot be assumed from here.';
    case 'answers':
      return 'Which answer is to be changed? What follows from it is looked at again.';
    case 'text':
      return ask.is === 'question' ? ask.question.says : '';
    case 'typed':
      return `To confirm, type ${mode.words.map((word) => `“${word}”`).join(' or ')} and press Enter.`;
    case 'reason':
      return mode.about.do === 'waive'
        ? 'Could not be checked. Why do you go on?'
        : mode.about.do === 'hand-off'
          ? 'Somebody else goes on? What should they know? It may stay empty. The run here is read-only from then on.'
          : 'What did you find? The run goes on from what AWS shows.';
    case 'keys':
      return keysText(ask);
    default:
      return unreachable(mode);
  }
}

function keysText(ask: Ask): string {
  switch (ask.is) {
    case 'accept':
      return 'May these credentials be used? y: yes';
    case 'confirm':
      return ask.changes.some(({ risk }) => risk === 'dangerous')
        ? 'Enter: confirm by typing the name'
        : ask.changes.length === 1
          ? 'Press y to do it.'
          : `Press y to do all ${ask.changes.length}.`;
    case 'question':
      return 'Enter: back to the question';
    case 'done':
      return 'This step is done. Enter: go on';
    case 'undo':
      return ask.looked
        ? 'Enter: begin with the first. It is shown, and nothing is sent before its name is typed.'
        : 'Enter: look at AWS whether it is still so';
    case 'undone':
      return 'Enter: end';
    case 'finished':
      return 'Everything is done. Enter: finish';
    case 'by-hand':
      return 'This is for you to do. Enter: look again when it is done';
    case 'blocked':
      return 'It cannot go on like this. Enter: look again';
    case 'unknown':
      return 'This could not be checked. Enter: look again';
    case 'busy':
      return 'AWS is busy. It is tried again in a moment. Enter: try now';
    case 'drifted':
      return 'Nothing was sent. Enter: see it as it is now';
    case 'failed':
      return 'Enter: look again, and try again where it is still to do';
    case 'declined':
      return 'Enter: ask again';
    case 'cannot-tell':
    case 'under-way':
      return 'Enter: look again';
    case 'watching':
      return ask.holder === undefined
        ? 'The other window has left this run. Enter: go on with it here'
        : `READ-ONLY: this run is open elsewhere (${ask.holder}). What happens there is shown here as it is written down.`;
    case 'handed-off':
      return 'READ-ONLY: it goes on where its file was taken. Enter: take it back';
    case 'incoming':
      if (ask.here) return 'Enter: go on with the run as it is here';
      return 'Do you take it over? y: yes. Nothing is asked of AWS before you have accepted credentials.';
    case 'credentials':
      return '';
    default:
      return unreachable(ask);
  }
}

/** `problem`: why Enter did not take it. `soFar`: why it would not, while it is typed. */
function boxLines(
  says: string,
  box: TextBox,
  problem: string,
  soFar: string,
  page: Page,
  most: number,
): readonly Line[] {
  const below = problem === '' ? wrap(soFar, page, 'warn') : wrap(problem, page, 'bad');
  const told = below.filter((row) => widthOf(row) > 0).slice(0, Math.max(1, most - 3));
  return [
    // However long the question is, the box stays.
    ...shortened(wrap(says, page, 'strong'), Math.max(1, most - told.length - 1), page),
    fitted([span(page, '❯ ', 'accent'), ...boxSpans(box, ofWidth(page, page.width - 4))], page),
    ...told,
  ];
}
/** The first rows of a text, and a sign where it goes on. */
const shortened = (rows: readonly Line[], most: number, page: Page): readonly Line[] =>
  rows.length <= most
    ? rows
    : [...rows.slice(0, most - 1), fitted([...(rows[most - 1] ?? []), span(page, ' …')], page)];
