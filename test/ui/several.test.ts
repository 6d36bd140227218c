import { expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { isAsKept } from '../kept.ts';
import { asks, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';

const after = (...pressed: readonly string[]) => {
  const { ask, rows } = asks.several ?? expect.fail();
  const { ui, reply } = keys(ask, usual, ready(ask, rows), ...pressed);
  const text = (columns = 80, rows = 24) => frameText(draw(ask, usual, ui, { columns, rows }));
  const values = reply?.do === 'answer' ? JSON.parse(reply.answer) : undefined;
  return { ui, reply, values, text };
};

test.each<[readonly string[], readonly string[]]>([
  [['enter'], ['ada.lovelace']], // nothing is marked: the highlighted line
  [
    ['space', 'down', 'space', 'enter'],
    ['ada.lovelace', 'person.0'],
  ],
  [['space', 'space', 'down', 'enter'], ['person.0']], // unmarked again
  [
    ['space', '/', 'son 7', 'enter', '/', 'group', 'enter', 'enter'],
    ['ada.lovelace', 'person.7', 'group:Administrators'],
  ],
  [
    ['/', 'son 1', 'tab', 'a', 'escape', 'home', 'space', 'enter'],
    ['person.1', ...Array.from({ length: 10 }, (_, n) => `person.${n + 10}`), 'ada.lovelace'],
  ],
])('%j takes %j', (pressed, values) => {
  expect(after(...pressed).values).toEqual(values);
});

test('a marks all that can be chosen, but not the line for nobody of them; a second time none', () => {
  const all = after('a', 'enter').values;
  expect(all).toHaveLength(22);
  expect(all).not.toContain('adam');
  expect(all).not.toContain('not-listed');
  expect(after('a', 'a').ui.mode).toMatchObject({ picker: { chosen: [] } });
});

test('how many are marked is said, also under a search that hides them, and by Enter', () => {
  expect(after('space').text()).toMatch(
    /\[x\] Ada Lovelace[\s\S]*1 marked, 24 in all[\s\S]*Enter take the 1 marked/,
  );
  const searched = after('space', '/', 'person 3').text();
  expect(searched).toMatch(/search: person 3.*1 marked, 1 of 24 in all/);
  expect(searched).not.toContain('Ada');
});

test.each<[string, readonly string[]]>([
  ['several-marked', ['space', 'down', 'down', 'space']],
  ['several-search', ['space', '/', 'son 1']],
  ['several-all', ['a']],
])('%s, as it was last looked at', async (name, pressed) => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [50, 20],
  ] as const)
    await isAsKept(`${after(...pressed).text(columns, rows)}\n`, 'frames', `${name}-${columns}x${rows}.txt`);
});
