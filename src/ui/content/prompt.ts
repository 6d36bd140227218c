import { emptyRun } from '../../model/run.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { present } from '../../presentation/present.ts';
import type { Presentation, ReplyKey } from '../../presentation/presentation.ts';
import type { Mode } from '../input/state.ts';
import { masked, type TextBox } from '../input/text-box.ts';
import { inputErrorSoFar, quoted } from '../input/validate-input.ts';
import type { Ask } from '../session/ask.ts';
import { fitted, type Line, span, type Tone, widthOf, wrap } from '../text/line.ts';
import { ofWidth, type Page } from '../text/page.ts';
import { boxSpans, pickLines } from './list-lines.ts';

/** What stands below the step's text: the question that is asked now. At most `most` rows. */
export function promptOf(
  ask: Ask | undefined,
  mode: Mode,
  activity: string | undefined,
  page: Page,
  most: number,
  presented?: Pick<Presentation, 'question' | 'keys'>,
): readonly Line[] {
  if (!ask) return activity === undefined ? [] : activityLines(activity, page);
  const { question, keys } = presented ?? present(ask, { run: emptyRun, steps: [], endpoint: '' });
  const says = questionOf(question, mode);
  switch (mode.is) {
    case 'pick':
    case 'answers':
      return pickLines(says, mode.picker, page, most);
    case 'code':
    case 'text':
    case 'role':
    case 'typed':
    case 'reason': {
      const box = mode.is === 'code' ? masked(mode.box) : mode.box;
      const [problem, soFar] = [mode.problem ?? '', inputErrorSoFar(ask, mode) ?? ''];
      const [wrong, tone] = problem === '' ? ([soFar, 'warn'] as const) : ([problem, 'bad'] as const);
      // What is wrong with a confirmation says what to type, too: it takes no row from what is confirmed.
      return mode.is === 'typed' && wrong !== ''
        ? boxLines(wrong, tone, box, [], page, most)
        : boxLines(says, 'strong', box, wrap(wrong, page, tone), page, most);
    }
    case 'keys':
      if (ask.is === 'sign-in') return activityLines(says, page);
      return ask.is === 'busy' ? activityLines(activity ?? says, page) : keysLines(says, keys, page);
    default:
      return unreachable(mode);
  }
}

/** What is waited for: a sentence or two in each of its lines. */
const activityLines = (activity: string, page: Page): readonly Line[] =>
  activity.split('\n').flatMap((row, n) => wrap(row, page, 'strong', n === 0 ? '~ ' : '  '));

/** What is asked, in a sentence. `says`: what is asked where no text of its own is typed. */
export function questionOf(says: string, mode: Mode): string {
  switch (mode.is) {
    case 'pick':
      return mode.role === undefined ? says : `Which credentials should assume ${mode.role}?`;
    case 'role':
      return 'Which role? Its ARN, such as arn:aws:iam::111122223333:role/Administrator. If it needs an MFA code, mfa_serial of the profile that assumes it names the device.';
    case 'answers':
      return 'Which answer do you want to change? Dependent steps are checked again.';
    case 'code':
    case 'text':
    case 'keys':
      return says;
    case 'typed':
      return `To confirm, type ${quoted(mode.words)} and press Enter.`;
    case 'reason':
      return mode.about.do === 'waive'
        ? 'This check could not run. Reason for continuing (recorded in the audit log):'
        : mode.about.do === 'hand-off'
          ? 'Hand this run to someone else. Enter writes a file that they continue from, and this copy becomes read-only. Optional note for them:'
          : 'What did you find? The run continues from what AWS shows.';
    default:
      return unreachable(mode);
  }
}

/** The question; of a yes or no, with its keys. */
function keysLines(says: string, keys: readonly ReplyKey[], page: Page): readonly Line[] {
  const answers = keys.some(({ key }) => key === 'y') ? keys.filter(({ key }) => /^[yn]$/.test(key)) : [];
  return wrap([says, ...answers.map(({ key, does }) => `${key} ${does}`)].join('   '), page, 'strong');
}

/** `below`: what is wrong with what is typed. */
function boxLines(
  says: string,
  tone: Tone,
  box: TextBox,
  below: readonly Line[],
  page: Page,
  most: number,
): readonly Line[] {
  const told = below.filter((row) => widthOf(row) > 0).slice(0, Math.max(1, most - 3));
  return [
    // However long the question is, the box stays.
    ...shortened(wrap(says, page, tone), Math.max(1, most - told.length - 1), page),
    fitted([span(page, '❯ ', 'accent'), ...boxSpans(box, ofWidth(page, page.width - 4))], page),
    ...told,
  ];
}
/** The first rows of a text, and a sign where it goes on. */
const shortened = (rows: readonly Line[], most: number, page: Page): readonly Line[] =>
  rows.length <= most
    ? rows
    : [...rows.slice(0, most - 1), fitted([...(rows[most - 1] ?? []), span(page, ' …')], page)];
