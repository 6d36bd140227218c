import { expect, test } from 'vitest';
import { wordsFor } from '../../src/model/plan.ts';
import type { Choice } from '../../src/model/question.ts';
import { promptOf } from '../../src/ui/content/prompt.ts';
import { frameText } from '../../src/ui/frame/frame.ts';
import { picker } from '../../src/ui/input/state.ts';
import { textBox } from '../../src/ui/input/text-box.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { asks, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';
import { across } from './page.ts';

const shown = (name: string, pressed: readonly string[] = [], columns = 80, rows = 24): string => {
  const { ask, rows: list, run = usual } = asks[name] ?? expect.fail();
  return frameText(draw(ask, run, keys(ask, run, ready(ask, list), ...pressed).ui, { columns, rows }));
};
const question = (asks.choice ?? expect.fail()).ask;
const listed = (rows: readonly Choice[], at: number, width: number, most: number): readonly string[] =>
  promptOf(question, { is: 'pick', picker: picker(rows, { at }) }, undefined, across(width), most).map(
    plainText,
  );

test('a word that many changes ask for is asked for once', () => {
  const { ask } = asks['confirm-dangerous'] ?? expect.fail();
  if (ask.is !== 'confirm') return expect.fail();
  const changes = [ask.changes, ask.changes, ask.changes].flat();
  const many: Ask = { ...ask, changes };
  expect(wordsFor(changes)).toEqual(['Shared Services', '444455556666']);
  const text = frameText(draw(many, usual, ready(many), { columns: 80, rows: 24 }));
  expect(text.match(/“444455556666”/g)).toHaveLength(1);
});

test('however long a question is, the box in which it is answered stays', () => {
  const words = Array.from({ length: 40 }, (_, n) => `An account with a long name ${n}`);
  const lines = promptOf(
    question,
    { is: 'typed', box: textBox('typed'), words },
    undefined,
    across(40),
    6,
  ).map(plainText);
  expect(lines).toHaveLength(6);
  expect(lines.filter((row) => row.startsWith('❯ typed'))).toHaveLength(1);
  expect(lines.at(-2)).toContain('…');
});

test('of a few lines nothing is cut off, nor what is said of them; the list stands still', () => {
  const rows: readonly Choice[] = [
    {
      value: 'a',
      label: 'Put the document’s policy in place of its inline policy',
      detail: 'What else is attached stays. The old text is kept in the journal.',
    },
    {
      value: 'b',
      label: 'Leave it, and use another name for a set of our own',
      not: 'that name is taken as well, by somebody else’s set',
    },
    { value: 'c', label: 'Stop' },
  ];
  const text = (at: number): string => listed(rows, at, 40, 20).join(' ').replace(/\s+/g, ' ');
  for (const { label, not = '' } of rows) expect(text(0)).toContain(not === '' ? label : `${label} (${not})`);
  expect(text(0)).toContain('The old text is kept in the journal.');
  expect(listed(rows, 0, 40, 20)).toHaveLength(listed(rows, 2, 40, 20).length);
});

test('of many lines none is cut off, nor why one cannot be chosen, and no more rows are drawn than fit', () => {
  const rows: readonly Choice[] = Array.from({ length: 30 }, (_, n) => ({
    value: `${n}`,
    label: `An account that has a rather long name of its own ${n}`,
    ...(n === 3 ? { not: 'the management account' } : {}),
  }));
  for (const most of [5, 8, 12]) {
    const lines = listed(rows, 4, 48, most);
    expect(lines.length).toBeLessThanOrEqual(most);
    expect(lines.join('')).not.toContain('…');
    expect(lines.find((one) => one.startsWith('❯ An account'))).toBeDefined();
  }
  const text = listed(rows, 4, 48, 12).join(' ').replace(/\s+/g, ' ');
  expect(text).toContain('An account that has a rather long name of its own 3 (the management account)');
});

test.each([40, 48, 50])('a long name is wrapped, and its id stands behind it: %i columns', (columns) => {
  const rows: readonly Choice[] = Array.from({ length: 30 }, (_, n) => ({
    value: `${222_233_334_400 + n}`,
    label: `Plattform-Gemeinschaftsdienste Österreich & Schweiz  ${222_233_334_400 + n}`,
    ...(n === 2 ? { not: 'the management account' } : {}),
  }));
  const text = (all: readonly string[]) => all.join(' ').replace(/\s+/g, ' ');
  for (const n of [0, 1, 2])
    expect(text(listed(rows, 1, columns, 12))).toContain(
      `Österreich & Schweiz ${222_233_334_400 + n}${n === 2 ? ' (the management account)' : ''}`,
    );
  const found = promptOf(
    question,
    { is: 'pick', picker: picker(rows, { filter: textBox('schweiz') }) },
    undefined,
    across(columns),
    12,
  ).map(plainText);
  expect(text(found)).toContain('222233334400');
});

test('of a name that would fill the list the end is cut off, never the id behind it', () => {
  const label = `${'An endless name '.repeat(40)} 222233334400`;
  const lines = listed([{ value: '222233334400', label: label.trim() }], 0, 48, 12);
  expect(lines.length).toBeLessThanOrEqual(6);
  expect(lines.join(' ').replace(/\s+/g, ' ')).toMatch(/… 222233334400/);
});

test('what is known of a line stands behind it, else below it; what helps to choose is no line', () => {
  const rows: readonly Choice[] = [
    { value: '1', label: 'Dev  1', facts: ['profile QDevProfile-us-east-1'], detail: 'A detail.' },
    {
      value: '2',
      label: 'Prod  2',
      facts: ['no profile seen', 'ada.lovelace has Keys', 'and somebody else'],
    },
  ];
  const lines = listed(rows, 0, 48, 12);
  expect(lines[1]).toMatch(/^❯ Dev {2}1 · profile QDevProfile-us-east-1/);
  expect(lines[2]).toMatch(/^ {2}Prod {2}2 *$/);
  expect(lines[3]).toMatch(/^ {2}no profile seen · ada.lovelace has Keys/);
  expect(lines.find((one) => one.includes('A detail.'))).toMatch(/^──› /);
});

test('rows stand under their headings, which say how many there are; the one in view keeps its own', () => {
  const rows: readonly Choice[] = [
    ...Array.from({ length: 30 }, (_, n) => ({ value: `u${n}`, label: `User ${n}`, group: 'Users' })),
    ...Array.from({ length: 3 }, (_, n) => ({ value: `g${n}`, label: `Crew ${n}`, group: 'Groups' })),
    { value: 'new', label: 'Somebody else…', apart: true },
  ];
  const at = (n: number, filter = '') =>
    promptOf(
      question,
      { is: 'pick', picker: picker(rows, { at: n, filter: textBox(filter), chosen: [] }) },
      undefined,
      across(48),
      10,
    ).map((row) => plainText(row).trimEnd());
  expect(at(0)[1]).toBe('Users (30)');
  expect(at(15)[1]).toBe('Users (30)');
  expect(at(32)).toContain('Groups (3)');
  for (const n of [0, 15, 29, 30, 32, 33]) {
    expect(
      at(n).filter((row) => row.includes('❯')),
      `${n}`,
    ).toHaveLength(1);
    expect(
      at(n).findLast((row) => row.includes('Somebody')),
      `${n}`,
    ).toBeDefined();
    expect(at(n).at(-1), `${n}`).toBe('33 in all (Users 30, Groups 3)'); // not counted: it is nobody
    expect(at(n).length, `${n}`).toBeLessThanOrEqual(10);
  }
  expect(at(0, 'user 1')).toContain('Users (11 of 30)');
  expect(at(0, 'user 1').at(-1)).toContain('11 of 33 match');
});

test('→ goes ten lines further, ← ten back', () => {
  expect(shown('several', ['right'])).toMatch(/❯ \[ \] Person 8/);
  expect(shown('several', ['right', 'right', 'left'])).toMatch(/❯ \[ \] Person 8/);
  expect(shown('several')).toContain('→ down 10');
});

test('the first mark moves nothing', () => {
  const rowOf = (text: string): number => text.split('\n').findIndex((row) => row.includes('Ada Lovelace'));
  expect(rowOf(shown('several', ['space']))).toBe(rowOf(shown('several')));
});

test('a log that fits stands still', () => {
  expect(shown('done', ['l', 'up', 'up'], 120, 40)).toBe(shown('done', ['l'], 120, 40));
});

test('earlier answers are read from their top, each with its answer', () => {
  const text = shown('answers-made' in asks ? 'answers-made' : 'done', ['pagedown', 'b']);
  expect(text).toContain('❯ The card: yes');
  expect(text).not.toContain('above');
});

test.each([
  [80, 16],
  [40, 12],
])('what taking an answer back leads to is read to its end: %i×%i', (columns, rows) => {
  const { ask } = asks.done ?? expect.fail();
  const accounts = { delegate: { account: '444455556666' } };
  const run = { ...usual, answers: { ...usual.answers, ...accounts } };
  const text = (...pressed: readonly string[]) =>
    frameText(draw(ask, run, keys(ask, run, ready(ask), 'b', ...pressed).ui, { columns, rows }));
  expect(text()).toMatch(/↓ \d+ more rows?: PgDn/);
  const end = text('pagedown', 'pagedown', 'pagedown');
  expect(end).toMatch(/↑ \d+ above/);
  expect(end).not.toContain('PgDn');
  expect(end).toContain('steps so far.');
  expect(text('pagedown', 'pageup')).toBe(text());
  expect(text('down')).not.toBe(text());
  expect(text('pagedown', 'down')).toBe(text('down')); // another one is read from its top
});

test('from what is dangerous Esc leads back to the list, and says so', () => {
  const { ask, rows } = asks['choice-dangerous'] ?? expect.fail();
  const chosen = keys(ask, usual, ready(ask, rows), 'down', 'enter').ui;
  expect(chosen.mode.is).toBe('typed');
  expect(frameText(draw(ask, usual, chosen, { columns: 80, rows: 24 }))).toContain('Esc back');
});

test('what is dangerous is told by its word, and by a colour besides', () => {
  const { ask } = asks['confirm-dangerous'] ?? expect.fail();
  const { lines } = draw(ask, usual, ready(ask), { columns: 80, rows: 24 });
  expect(lines.flat().find(({ tone }) => tone === 'bad')?.text).toMatch(/^CHANGE.*, with care:$/);
});

test('no choice is hidden for the room that what is said of others would need', () => {
  const rows: readonly Choice[] = [
    {
      value: 'use',
      label: 'Use that one',
      detail: 'Nothing is changed, and nobody gets more than they have.',
    },
    { value: 'stop', label: 'Stop here, and check it first' },
    { value: 'rename', label: 'Create a set with another name' },
  ];
  const low = listed(rows, -1, 40, 6);
  for (const { label } of rows) expect(low).toContainEqual(expect.stringContaining(label));
  // Where there is room for both, it is kept, and nothing jumps.
  expect(listed(rows, -1, 40, 12)).toHaveLength(listed(rows, 0, 40, 12).length);
});

test.each([
  [80, 24],
  [50, 20],
])('where a code is entered, and what to look out for, is read without scrolling: %i×%i', (columns, rows) => {
  for (const name of ['sign-in', 'sign-in-elsewhere']) {
    const text = shown(name, [], columns, rows).replace(/\s+/g, ' ');
    expect(text).toContain('BCDF-GHJK');
    expect(text).toContain('Never enter one that somebody sent you.');
    expect(text.includes('Check it before you use it.'), name).toBe(name === 'sign-in-elsewhere');
  }
});
