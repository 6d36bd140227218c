import { describe, expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { bindings } from '../../src/ui/input/bindings.ts';
import { addRows, begin, move, visible } from '../../src/ui/input/state.ts';
import type { Ask } from '../../src/ui/session/ask.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { isAsKept } from '../kept.ts';
import { asks, events, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';

const [step] = fixture.steps;
const at = {
  run: usual,
  steps: fixture.steps,
  step: step ?? expect.fail(),
  events,
  pageSize: 10,
};
const after = (...pressed: readonly string[]) => {
  const { ask, rows } = asks.several ?? expect.fail();
  const { ui, reply } = keys(ask, usual, ready(ask, rows), ...pressed);
  const text = (columns = 80, rows = 24) => frameText(draw(ask, usual, ui, { columns, rows }));
  const values = reply?.do === 'answer' ? JSON.parse(reply.answer) : undefined;
  return { ui, reply, values, text };
};

test.each<[readonly string[], readonly string[]]>([
  [
    ['space', 'down', 'space', 'enter'],
    ['ada.lovelace', 'person.0'],
  ],
  [['space', 'space', 'down', 'space', 'enter'], ['person.0']], // unmarked again
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

test.each<readonly (readonly string[])[]>([[['enter']], [['down', 'enter']], [['space', 'space', 'enter']]])(
  '%j takes nothing, and says how one is marked',
  (pressed) => {
    expect(after(...pressed).reply).toBeUndefined();
    expect(after(...pressed).text()).toContain('Nothing is marked yet. Space marks a line.');
  },
);

test('how many are marked is said, also under a search that hides them, and by Enter', () => {
  expect(after('space').text()).toMatch(
    /\[x\] Ada Lovelace[\s\S]*1 marked · 23 in all[\s\S]*Enter confirm 1 marked/,
  );
  const searched = after('space', '/', 'person 3').text();
  expect(searched).toMatch(/search: person 3.*1 marked · 1 of 23 match/);
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

describe('people', () => {
  const { ask: plain, rows = [] } = asks.several ?? expect.fail();
  const ask: Ask =
    plain.is === 'question' ? { ...plain, question: { ...plain.question, of: 'people' } } : expect.fail();
  const put = (...pressed: readonly string[]) => keys(ask, usual, ready(ask, rows), ...pressed);
  const marks = (count: number) => Array.from({ length: count }, () => ['space', 'down']).flat();

  test('come by name, page by page, and the highlight is on the first until it is moved', () => {
    const page = (...names: readonly string[]) => names.map((name) => ({ value: name, label: name }));
    const list = (moves: number) => {
      const { mode } = begin(ask);
      if (mode.is !== 'pick') return expect.fail();
      let { picker } = mode;
      picker = addRows(picker, [
        { value: 'x', label: 'Somebody else…', apart: true },
        ...page('mia', 'Zoe 10'),
      ]);
      for (let n = 0; n < moves; n++) picker = move(picker, 1);
      return addRows(picker, page('Ada', 'élodie', 'Zoe 9'));
    };
    expect(visible(list(0)).map(({ label }) => label)).toEqual([
      ...['Ada', 'élodie', 'mia', 'Zoe 9', 'Zoe 10', 'Somebody else…'],
    ]);
    expect(visible(list(0))[list(0).at]?.label).toBe('Ada');
    expect(visible(list(1))[list(1).at]?.label).toBe('Zoe 10'); // moved to: it stays highlighted
  });
  test('who cannot be chosen comes last of those listed, whichever page they were on', () => {
    const row = (label: string, group: string) => ({ value: label, label, group });
    const unfit = (label: string) => ({ ...row(label, 'Cannot be chosen'), not: 'disabled' });
    const { mode } = begin(ask);
    if (mode.is !== 'pick') return expect.fail();
    let { picker } = mode;
    for (const page of [
      [{ value: 'x', label: 'Somebody else…', apart: true as const }, unfit('Bea'), row('Mia', 'Users')],
      [row('Zoe', 'Users'), unfit('Abe')],
      [row('Noa', 'Users'), row('Developers', 'Groups')],
    ])
      picker = addRows(picker, page);
    expect(visible(picker).map(({ label }) => label)).toEqual([
      ...['Mia', 'Noa', 'Zoe', 'Developers', 'Abe', 'Bea', 'Somebody else…'],
    ]);
    expect(visible(picker)[picker.at]?.label).toBe('Mia');
  });
  test('are not all marked at once, but those that a search found are', () => {
    expect(bindings({ ...at, ui: ready(ask, rows), ask }).map(({ key }) => key)).not.toContain('a');
    expect(put('a').ui.mode).toMatchObject({ picker: { chosen: [] } });
    expect(put('/', 'son 1', 'tab', 'a').ui.mode).toMatchObject({ picker: { chosen: { length: 11 } } });
  });
  test.each([5, 6, 7])('%i of them: of more than five the number is typed', (count) => {
    const { ui, reply } = put(...marks(count), 'enter');
    if (count === 5) return expect(reply).toMatchObject({ do: 'answer' });
    expect(reply).toBeUndefined();
    const shown = frameText(draw(ask, usual, ui, { columns: 80, rows: 24 }));
    expect(shown).toContain(`type “${count}”`);
    expect(shown).toContain('Ada Lovelace');
    const typed = (text: string) => keys(ask, usual, ui, text, 'enter').reply;
    expect(typed('yes')).toBeUndefined();
    expect(typed(`${count + 1}`)).toBeUndefined();
    expect(typed(`${count}`)).toMatchObject({ do: 'answer', typed: `${count}` });
    return undefined;
  });
  test('what is marked at first is taken by Enter', () => {
    const marked = rows.map((row) => (row.value === 'person.3' ? { ...row, marked: true as const } : row));
    expect(keys(ask, usual, ready(ask, marked), 'enter').reply).toEqual({
      do: 'answer',
      answer: '["person.3"]',
    });
  });
  const drawn = (ui: ReturnType<typeof put>['ui']) =>
    frameText(draw(ask, usual, ui, { columns: 80, rows: 24 }));
  test('somebody else is to be seen whatever is searched, and not highlighted where somebody is found', () => {
    const { ui } = put('/', 'son 1');
    expect(drawn(ui)).toMatch(/^ {2}\[ \] The person is not in this list/m);
    expect(drawn(ui)).toMatch(/^❯ \[ \] Person 1 /m);
  });
  test('somebody else is highlighted after a search that found nobody: Enter marks it, and the next one takes it', () => {
    const { ui } = put('/', 'nobody of that name');
    expect(drawn(ui)).toMatch(/^❯ \[ \] The person is not in this list/m);
    expect(drawn(ui)).toContain('Enter mark it');
    const marked = keys(ask, usual, ui, 'enter').ui;
    expect(marked.mode).toMatchObject({ picker: { chosen: ['not-listed'] } });
    expect(keys(ask, usual, marked, 'enter').reply).toEqual({ do: 'answer', answer: '["not-listed"]' });
    // While the list is still read, the person sought may be among those to come.
    const reading = begin(ask);
    if (reading.mode.is !== 'pick') return expect.fail();
    const picker = addRows(reading.mode.picker, rows);
    const at = { ...reading, mode: { ...reading.mode, picker } };
    expect(drawn(keys(ask, usual, at, '/', 'nobody of that name').ui)).not.toMatch(/^❯ \[/m);
    return undefined;
  });
});

test('what is marked stays while something else is typed or read over the list', () => {
  const marked = [
    'space',
    'down',
    'space',
    'down',
    'space',
    'down',
    'space',
    'down',
    'space',
    'down',
    'space',
  ];
  const { ask: plain, rows } = asks.several ?? expect.fail();
  const ask: Ask =
    plain.is === 'question' ? { ...plain, question: { ...plain.question, of: 'people' } } : expect.fail();
  const shown = (...pressed: readonly string[]) =>
    frameText(
      draw(ask, usual, keys(ask, usual, ready(ask, rows), ...marked, ...pressed).ui, {
        columns: 80,
        rows: 24,
      }),
    );
  expect(shown('enter')).toContain('To confirm, type “6”');
  for (const over of [['enter'], ['b'], ['h'], ['enter', '3', 'enter'], ['enter', 'tab', 'escape']]) {
    expect(shown(...over, 'escape'), over.join()).toContain('6 marked');
    expect(shown(...over, 'escape', 'enter'), over.join()).toContain('type “6”');
  }
});

test('where the keys of a list do not all have room, the one that leaves is still named', () => {
  const { text } = after('/', 'son 1', 'tab', 'space', 'down', 'space');
  for (const columns of [50, 40]) {
    expect(text(columns, 20), `${columns}`).toMatch(/q leave\s*$/);
    expect(text(columns, 20), `${columns}`).toContain('Enter confirm 2 marked');
  }
});
