import { memoizeEach, memoizeLast } from '../../model/text/memoize.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Block, Sign } from '../../presentation/block.ts';
import { blank, fitted, type Line, line, type Span, span, type Tone, widthOf, wrap } from '../text/line.ts';
import { linkLines } from '../text/links.ts';
import { goalMarks, signOf } from '../text/marks.ts';
import { type Page, wholePage } from '../text/page.ts';
import { goalLines } from './goal-lines.ts';

/** Blocks as rows of a page. What was laid out last is kept: two hundred changes take too long to be wrapped at each key. */
export const blockLines = (blocks: readonly Block[], page: Page): readonly Line[] => laidOut(blocks)(page);
const laidOut = memoizeEach((blocks: readonly Block[]) =>
  memoizeLast((page: Page) => blocks.flatMap((block, n) => linesOf(block, page, labelWidth(blocks, n)))),
);

function linesOf(block: Block, page: Page, labels: number): readonly Line[] {
  switch (block.is) {
    case 'text':
      return leading(block.text, page, block.tone ?? 'plain');
    case 'warning':
      return [
        ...marked(block.text, page, 'strong', '! ', 'warn'),
        ...(block.under ?? []).flatMap((says) => wrap(says, page, 'plain', '  ')),
      ];
    case 'note':
    case 'consequence':
      return wrap(block.text, page, 'plain', noteLead(page));
    case 'item': {
      const sign = signOfItem(block.sign, page);
      return [
        ...marked(block.text, page, 'plain', `${sign} `, tones[block.sign] ?? 'plain'),
        ...(block.under ?? []).flatMap((says) => wrap(says, page, 'plain', '  ')),
      ];
    }
    case 'fact': {
      const lead = `${block.label.padEnd(labels)}  `;
      const isLong = lead.length + block.text.length > page.width;
      const text = isLong ? (block.brief ?? block.text) : block.text;
      return wrap(text, page, block.strong ? 'strong' : 'plain', lead);
    }
    case 'change':
      return changeLines(block, page);
    case 'cells':
      return cellLines(block, page);
    case 'passed':
      return passedLines(block, page, labels);
    case 'goal':
      return goalLines(block, page);
    case 'command':
      return block.options
        ? commandRows(block.text, wholePage(page))
        : wrap(block.text, wholePage(page), 'plain', '  ');
    case 'comment':
      return wrap(block.text, page, 'dim');
    case 'link':
      return [
        ...(block.title === undefined ? [] : wrap(block.title, page, 'dim')),
        ...linkLines(block.url, block.whole ? wholePage(page) : page, '  '),
      ];
    case 'member':
      return memberLines(block, wholePage(page));
    case 'gap':
      return [blank];
    default:
      return unreachable(block);
  }
}

/** In ASCII the sign of what is selected is '>', too, and '*' that of what was seen to be so. */
export const noteLead = ({ charset }: Page): string => (charset === 'ascii' ? ': ' : '› ');

/** Blanks before a text indent all of its rows. */
const leading = (text: string, page: Page, tone: Tone): readonly Line[] =>
  wrap(text.trimStart(), page, tone, ' '.repeat(text.length - text.trimStart().length));

/** A text behind a sign that has a tone of its own. */
function marked(text: string, page: Page, tone: Tone, sign: string, toned: Tone): readonly Line[] {
  return wrap(text, page, tone, sign).map((row, n) =>
    n === 0 ? [span(page, sign, toned), ...row.slice(1)] : row,
  );
}
const signOfItem = (sign: Sign, page: Page): string => {
  switch (sign) {
    case 'bullet':
      return '•';
    case 'comes':
      return '+';
    case 'goes':
      return '-';
    case 'replaces':
      return '~';
    case 'done':
      return signOf(page, goalMarks.met);
    case 'fails':
      return signOf(page, goalMarks.wrong);
    case 'later':
      return '?';
    case 'careful':
      return '!';
    default:
      return `${sign}`;
  }
};
const tones: Readonly<Partial<Record<Sign, Tone>>> = {
  comes: 'good',
  goes: 'bad',
  replaces: 'warn',
  done: 'good',
  fails: 'bad',
  careful: 'warn',
};

/** How wide the labels are of the facts around this one. */
function labelWidth(blocks: readonly Block[], n: number): number {
  if (!isLabelled(blocks[n])) return 0;
  let [first, last] = [n, n];
  while (isLabelled(blocks[first - 1])) first--;
  while (isLabelled(blocks[last + 1])) last++;
  return Math.max(...blocks.slice(first, last + 1).map((one) => (isLabelled(one) ? one.label.length : 0)));
}

type Labelled = Extract<Block, { is: 'fact' | 'passed' }>;
const isLabelled = (block: Block | undefined): block is Labelled =>
  block?.is === 'fact' || block?.is === 'passed';

function changeLines(
  { text, dangerous, number }: Extract<Block, { is: 'change' }>,
  page: Page,
): readonly Line[] {
  const lead = `CHANGE${number === undefined ? '' : ` ${number}`}${dangerous ? ', with care' : ''}:`;
  return wrap(text, page, 'strong', `${lead} `, 2).map((row, n) =>
    n === 0 && dangerous ? toned(row, lead, 'bad') : row,
  );
}

const narrow = 70; // columns
type Table = Extract<Block, { is: 'cells' }>;
/** As many in a row as fit, in columns; where the rows do not suffice, the last of them names what is not shown. */
function cellLines({ cells, rows: most }: Table, page: Page): readonly Line[] {
  // In a narrow window those that take care, and how many others there are.
  if (page.width < narrow) {
    const [first, rest] = [cells.filter(({ care }) => care), cells.filter(({ care }) => !care)];
    const more = rest.length > 2 ? [`${rest.length} more services`] : rest.map(({ text }) => text);
    const words = wrap([...first.map(({ text }) => text), ...more].join(', '), page, 'plain', '  ');
    if (most === undefined || words.length <= most) return words;
    return [fitted(line(page, `  ${cells.length} services: ${namesOf(cells)}`), page)];
  }
  const width = Math.max(1, ...cells.map(({ text }) => text.length)) + 2;
  const each = Math.max(1, Math.floor((page.width - 4) / width));
  const whole = Math.ceil(cells.length / each);
  const shown = most === undefined || whole <= most ? cells : cells.slice(0, (most - 1) * each);
  const others = cells.slice(shown.length);
  const left: readonly Line[] =
    others.length === 0
      ? []
      : [
          fitted(
            line(
              page,
              `    ${others.length} ${shown.length === 0 ? 'services' : 'more'}: ${namesOf(others)}`,
            ),
            page,
          ),
        ];
  const rows = shown.flatMap((_, n) =>
    n % each === 0
      ? [
          [
            span(page, '    '),
            ...shown
              .slice(n, n + each)
              .map(({ text, care }) => span(page, text.padEnd(width), care ? 'warn' : 'plain')),
          ],
        ]
      : [],
  );
  return [...rows, ...left];
}
const namesOf = (cells: Table['cells']): string => cells.map(({ name }) => name).join(', ');

/** Each in words where they fit into two rows, else how many. */
function passedLines(
  { label, all }: Extract<Block, { is: 'passed' }>,
  page: Page,
  labels: number,
): readonly Line[] {
  const lead = `${label.padEnd(labels)}  `;
  const sign = signOf(page, goalMarks.met);
  const words = together(
    all.map((one) => `${sign} ${one}`),
    page,
    lead,
  );
  const rows =
    words.length <= 2 || page.spoken
      ? words
      : wrap(
          `${sign} ${all.length === 1 ? '1 check' : all.length === 2 ? 'both checks' : `all ${all.length} checks`} passed`,
          page,
          'plain',
          lead,
        );
  return rows.map((row) => signed(row, sign, goalMarks.met.tone));
}
/** A row with each sign in it in the sign's own tone. */
const signed = (row: Line, sign: string, tone: Tone): Line =>
  row.flatMap((one) =>
    one.text
      .split(sign)
      .flatMap((text, n): readonly Span[] => [...(n > 0 ? [{ text: sign, tone }] : []), { ...one, text }])
      .filter(({ text }) => text !== ''),
  );
/** Texts one after the other; one that does not fit into the row begins the next, so that its sign is not left behind. */
function together(texts: readonly string[], page: Page, lead: string): readonly Line[] {
  const indent = ' '.repeat(lead.length);
  const rows: string[] = [];
  for (const text of texts) {
    const last = rows.at(-1);
    if (last !== undefined && widthOf([span(page, `${lead}${last}  ${text}`)]) <= page.width)
      rows[rows.length - 1] = `${last}  ${text}`;
    else rows.push(text);
  }
  return rows.flatMap((row, n) => wrap(row, page, 'plain', n === 0 ? lead : indent));
}

/** A row with what it begins with in a tone of its own. */
export const toned = (row: Line, begin: string, tone: Tone): Line =>
  row.flatMap((one) =>
    one.text.startsWith(begin)
      ? [
          { text: begin, tone },
          { ...one, text: one.text.slice(begin.length) },
        ]
      : [one],
  );

/** A command with each of its options on a row of its own. */
const commandRows = (command: string, page: Page): readonly Line[] =>
  command
    .split(/ (?=--[a-z][a-z-]*[ =])/)
    .flatMap((part, n) => wrap(part, page, 'plain', n === 0 ? '' : '  '));

/** A member of a call's input. A policy is shown as it reads best, not as the one line that is sent. */
function memberLines({ name, text, policy }: Extract<Block, { is: 'member' }>, page: Page): readonly Line[] {
  const row = wrap(`${name}: ${text}`, page, 'plain', '  ');
  if (policy !== undefined) {
    try {
      const indented = JSON.stringify(JSON.parse(policy), undefined, 1);
      return [
        ...row,
        ...indented
          .split('\n')
          .flatMap((one) => wrap(one.trim(), page, 'plain', ' '.repeat(4 + one.search(/\S/)))),
      ];
    } catch {
      return [...row, ...wrap(policy, page, 'plain', '    ')]; // not JSON after all: shown as it is
    }
  }
  // A long name that would be broken gets a row of its own.
  return row.length > 1 && !text.includes(' ')
    ? [...wrap(`${name}:`, page, 'plain', '  '), ...wrap(text, page, 'plain', '    ')]
    : row;
}
