import { expect, test } from 'vitest';
import { cardFrom } from '../../src/commands/runs/card.ts';
import { cardLines } from '../../src/report/card-lines.ts';
import { cardMarkdown } from '../../src/report/record/markdown.ts';
import { codewhisperer } from '../../steps/index.ts';
import { closedJournal, pageOf } from './page/pages.ts';

const { events } = closedJournal();
const card = {
  ...cardFrom(events, codewhisperer),
  done: ['A was made', 'B was made'],
  before: ['Was there before this run: C (arn:c)', 'Was there before this run: D (arn:d)'],
};

/** What stands behind a sign, an entry each. */
const behind = (sign: string, texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => (text.trimStart().startsWith(`${sign} `) ? [text.trim().slice(2)] : []));

test('what was there before has a sign of its own, apart from what this run made: on the card', () => {
  const lines = cardLines(card, { width: 80, masked: false });
  expect(behind('✓', lines)).toEqual(card.done);
  expect(behind('=', lines)).toEqual(card.before);
});

test('… in the Markdown export', () => {
  const items = cardMarkdown(card).map((text) => text.replace(/^- /, ''));
  expect(behind('✓', items)).toEqual(card.done);
  expect(behind('=', items)).toEqual(card.before);
});

test('… in the HTML export, in a list of their own', () => {
  const html = pageOf(closedJournal(), (record) => ({ ...record, card }));
  const lists = [...html.matchAll(/<ul class="marks[^"]*">(.*?)<\/ul>/gs)].map(([, list = '']) =>
    [...list.matchAll(/<li><span[^>]*>(.)<\/span>(.*?)<\/li>/gs)].map(
      ([, sign = '', text = '']) => `${sign} ${text}`,
    ),
  );
  const listsOf = (sign: string) => lists.filter((list) => list.some((one) => one.startsWith(`${sign} `)));
  expect(listsOf('=')).toEqual([card.before.map((text) => `= ${text}`)]);
  expect(listsOf('✓')).toEqual([card.done.map((text) => `✓ ${text}`)]);
});

test('the card stays when the screen has gone: it names no keys', () => {
  const all = [...cardLines(card, { width: 80, masked: false }), ...cardMarkdown(card)].join('\n');
  expect(all).toContain('undo');
  expect(all).not.toMatch(/\b(Enter|Esc|Tab|PgDn|PgUp|Space|Ctrl-\w)\b|\bpress(es)?\b|\bkeys?\b/i);
});
