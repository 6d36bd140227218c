import { expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { bindings, press } from '../../src/ui/input/bindings.ts';
import { begin, type Ui } from '../../src/ui/input/state.ts';
import { cutMiddle } from '../../src/ui/text/cut-middle.ts';
import { pageOf } from '../../src/ui/text/page.ts';
import { asks, run } from './asks.ts';
import { draw } from './drive.ts';

const page = pageOf({ charset: 'unicode', colors: 'none', spoken: false }, 80);
test.each([
  ['corp-management', 20, 'corp-management'],
  ['corp-production-eu-west-1-team-17', 16, 'corp-pr…-team-17'],
  ['corp-production-eu-west-1-team-17', 15, 'corp-pr…team-17'],
  ['日本語のとても長い名前', 9, '日本…名前'],
  ['abc', 2, '…c'],
])('%s in %i columns: %s', (name, columns, cut) => {
  expect(cutMiddle(name, columns, page)).toBe(cut);
});

const { ask } = asks['credentials-many'] ?? expect.fail();
const at = (ui: Ui) => ({
  ...{ ask, ui, run, events: [], steps: [], step: ask.step, pageSize: 10, sections: [] },
});
const type = (text: string): Ui => [...text].reduce((ui, one) => press(at(ui), one, one).ui, begin(ask));
const shown = (ui: Ui, columns: number, rows = 24): string =>
  frameText(draw(ask, run, ui, { columns, rows }));

test('of many, what is typed is searched for at once, by name, account, kind or state', () => {
  for (const [text, name] of [
    ['team-18', 'corp-team-18'],
    ['777788889999', 'corp-audit'],
    ['auditor', 'corp-audit'],
    ['asks for a', 'corp-audit'],
    ['process', 'vault'],
  ] as const) {
    expect(shown(type(text), 80), text).toContain(`❯ ${name}`);
  }
  expect(shown(type('qa'), 80)).toContain('0 of 62'); // no key leaves while it is typed
});

test('Escape leads to the keys, and from them one leaves', () => {
  const ui = press(at(begin(ask)), 'escape', '').ui;
  expect(bindings(at(ui)).map(({ key }) => key)).toEqual(expect.arrayContaining(['q', 'r', '/', '?']));
});

test('as the window gets narrower the kind goes first, then the account; the state stays, and nothing is lost', () => {
  const found = (columns: number): readonly string[] =>
    ['SSO Admin', '111122223333  ', 'signed in, 6 h'].filter((part) =>
      (shown(begin(ask), columns).split('❯ corp-m')[1]?.split('\n')[0] ?? '').includes(part),
    );
  expect(found(140)).toEqual(['SSO Admin', '111122223333  ', 'signed in, 6 h']);
  expect(found(50)).toEqual(['111122223333  ', 'signed in, 6 h']);
  expect(found(42)).toEqual(['signed in, 6 h']);
  expect(shown(begin(ask), 50)).toContain('SSO AdministratorAccess');
});

test('where nothing is known of any state, there is no column for it', () => {
  const ui = begin(ask);
  if (ui.mode.is !== 'pick') return expect.fail();
  const { picker } = ui.mode;
  const rows = picker.rows.map((row) => (row.cells ? { ...row, cells: { ...row.cells, state: '' } } : row));
  expect(shown(ui, 80)).toMatch(/Kind +Now/);
  const without = shown({ ...ui, mode: { ...ui.mode, picker: { ...picker, rows } } }, 80);
  expect(without).toMatch(/Profile +Account +Kind/);
  expect(without).not.toMatch(/Kind +Now/);
});
