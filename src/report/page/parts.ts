import { addressees, messageSteps } from '../../model/text/message.ts';
import type { Card } from '../card.ts';
import type { SentChange } from '../record/changes.ts';
import type { CheckedStep } from '../record/checks.ts';
import type { DifferentLine } from '../record/difference.ts';
import type { ChangeRecord, Heading, Table } from '../record/record.ts';
import type { Row } from '../record/tables.ts';
import { type Element, h, type Node } from './html.ts';

/** A part of the record: its id, its heading, and what stands under it. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Node;
}

/** The parts that have something to say, in order. `run`: its id. */
export function partsOf(record: ChangeRecord, run: string): readonly Part[] {
  const { card, subject, checks, changes, unasked, decisions, acted, holders, notes, undo, log } = record;
  const { message } = card;
  const parts: readonly (Part | false)[] = [
    { id: 'summary', title: 'In short', content: summary(card) },
    { id: 'about', title: 'What it is about', content: factList(subject) },
    {
      id: 'changes',
      title: 'What was changed',
      content: changes.length === 0 ? h('p', {}, 'Nothing was sent.') : changeParts(changes),
    },
    checks.length > 0 && {
      id: 'checks',
      title: 'Checks, and what was seen',
      content: checks.map(checkedStep),
    },
    unasked.length > 0 && { id: 'unasked', title: 'Created, no longer selected', content: list(unasked) },
    rowsIn(decisions) && { id: 'decisions', title: 'Who decided what, and how', content: tableOf(decisions) },
    rowsIn(acted) && { id: 'acted', title: 'Who acted', content: tableOf(acted) },
    rowsIn(holders) && { id: 'holders', title: 'Who had the run', content: tableOf(holders) },
    message !== undefined && {
      ...{ id: 'message', title: 'Message for the new administrator' },
      content: [
        h('p', { class: 'small' }, `To: ${addressees(message, false).join(', ')}`),
        h('p', {}, message.says),
        list(messageSteps(message), 'ol'),
      ],
    },
    ...notes.map(({ title, says }, n) => ({ id: `note-${n + 1}`, title, content: list(says) })),
    undo !== undefined && {
      ...{ id: 'undo', title: 'How to undo it' },
      content: [
        h('p', {}, h('code', {}, `cw-runbook undo --run ${run}`), `, ${undo.says} In this order:`),
        list(undo.steps, 'ol'),
      ],
    },
    { id: 'log', title: 'Timeline', content: timeline(log.rows) },
  ];
  return parts.filter((part) => part !== false);
}
const rowsIn = ({ rows }: Table): boolean => rows.length > 0;

const list = (texts: readonly string[], tag: 'ul' | 'ol' = 'ul'): Element =>
  h(
    tag,
    { class: 'marks' },
    texts.map((text, n) => h('li', {}, sign(tag === 'ol' ? `${n + 1}.` : '·'), text)),
  );
/** What only stands there to be seen. */
const sign = (text: string): Element => h('span', { class: 'mark', 'aria-hidden': 'true' }, text);

const summary = ({ done, before, warnings, mind }: Card): Node => [
  done.length === 0
    ? h('p', {}, 'This run changed nothing.')
    : h(
        'ul',
        { class: 'marks done' },
        done.map((text) => h('li', {}, sign('✓'), text)),
      ),
  before.length === 0
    ? undefined
    : h(
        'ul',
        { class: 'marks' },
        before.map((text) => h('li', {}, sign('='), text)),
      ),
  warnings.length === 0
    ? undefined
    : h(
        'div',
        { class: 'warnings' },
        h('strong', {}, 'Read this'),
        h(
          'ul',
          { class: 'marks' },
          warnings.map((text) => h('li', {}, sign('!'), text)),
        ),
      ),
  mind.map((text) => h('p', { class: 'mind' }, `Keep in mind: ${text}`)),
];

const factList = (rows: readonly Row[]): Element =>
  h(
    'dl',
    {},
    rows.map(([name = '', value = '']) => [h('dt', {}, name), h('dd', {}, value)]),
  );

/** Where it is narrow, each cell says itself what it is. */
const tableOf = ({ head, rows }: Table): Element =>
  h(
    'table',
    { role: 'table' },
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        head.map(({ says }) => h('th', { role: 'columnheader', scope: 'col' }, says)),
      ),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      rows.map((cells) =>
        h(
          'tr',
          { role: 'row' },
          cells.map((text, n) => cellOf(text, head[n])),
        ),
      ),
    ),
  );

const cellOf = (text: string, of: Heading | undefined): Element =>
  h(
    'td',
    { role: 'cell', 'data-label': of?.says ?? '' },
    of?.time && text !== '' ? h('time', { datetime: text }, `${daySaid(text)}, ${text.slice(11, 19)}`) : text,
  );

const checkedStep = ({ title, at, checks }: CheckedStep): Node => [
  h('h3', {}, title),
  h('p', { class: 'small' }, `Last seen ${timeSaid(at)}`),
  h(
    'ul',
    {},
    checks.map(({ says, is, sign, result, evidence }) =>
      h(
        'li',
        { class: 'check' },
        h('span', { class: `sign ${is === 'open' ? 'open-goal' : is}`, 'aria-hidden': 'true' }, sign || '–'),
        h('div', {}, says, h('div', { class: 'small' }, `${result}: ${evidence}`)),
      ),
    ),
  ),
];

const changeParts = (changes: readonly SentChange[]): Node => [
  h(
    'ol',
    { class: 'overview' },
    changes.map(({ at, says, result }, n) =>
      h(
        'li',
        {},
        h('span', { class: 'n' }, `${n + 1}`),
        h(
          'div',
          {},
          h('a', { href: `#change-${n + 1}` }, says),
          h('div', { class: 'small' }, `${timeSaid(at)} · ${result}`),
        ),
      ),
    ),
  ),
  changes.map(changePart),
];

const changePart = ({ says, facts, difference, after, command }: SentChange, n: number): Element =>
  h(
    'article',
    { id: `change-${n + 1}`, 'aria-labelledby': `change-${n + 1}-title` },
    h('h3', { id: `change-${n + 1}-title` }, `${n + 1}. ${says}`),
    factList(facts),
    h('h4', {}, 'Before and after'),
    differencePart(difference),
    h('h4', {}, 'Seen afterwards'),
    list(after),
    h(
      'details',
      {},
      h('summary', {}, 'The same call with the AWS CLI'),
      h('pre', {}, h('code', {}, command)),
    ),
  );

const leads = { same: '  ', gone: '− ', new: '+ ' } as const;
/** Lines of one kind that follow each other stand together, and say once what they are. */
function differencePart(lines: readonly DifferentLine[]): Node {
  if (lines.length === 0) return h('p', {}, 'Nothing that could be compared.');
  const runs: { is: DifferentLine['is']; texts: string[] }[] = [];
  for (const { is, text } of lines) {
    const last = runs.at(-1);
    if (last?.is === is) last.texts.push(text);
    else runs.push({ is, texts: [text] });
  }
  return h(
    'pre',
    { class: 'difference' },
    runs.map(({ is, texts }) => {
      const text = texts.map((one) => `${leads[is]}${one}`).join('\n');
      if (is === 'same') return `${text}\n`;
      const told = h('span', { class: 'hidden' }, is === 'gone' ? 'Before: ' : 'After: ');
      return h(is === 'gone' ? 'del' : 'ins', {}, told, text);
    }),
  );
}

/** '2026-11-30T00:51:07.123Z' as '30 Nov 2026, 00:51:07 UTC'. */
const timeSaid = (iso: string): string => `${daySaid(iso)}, ${iso.slice(11, 19)} UTC`;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const daySaid = (iso: string): string =>
  `${Number(iso.slice(8, 10))} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;

/** What happened, day by day. */
function timeline(rows: readonly Row[]): Node {
  const days = new Map<string, Row[]>();
  for (const row of rows) {
    const day = (row[0] ?? '').slice(0, 10);
    const there = days.get(day) ?? [];
    there.push(row);
    days.set(day, there);
  }
  return [...days.values()].map((all) => [
    h('h3', {}, `${daySaid(all[0]?.[0] ?? '')} (UTC)`),
    h(
      'ol',
      { class: 'log' },
      all.map(([at = '', text = '']) =>
        h('li', {}, h('time', { datetime: at }, at.slice(11, 23)), h('span', {}, text)),
      ),
    ),
  ]);
}
