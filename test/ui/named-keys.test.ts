import { expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { bindings } from '../../src/ui/input/bindings.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { fixture } from '../fixture-runbook/index.ts';
import { asks, events, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 50, rows: 20 },
  { columns: 40, rows: 14 },
];
const footOf = (rows: readonly string[]): string =>
  rows.slice(rows.findLastIndex((row) => /^[─-]{20}/.test(row))).join(' ');

test('where an address is cut, the footer names the key that opens the whole of it', () => {
  const { ask } = asks['by-hand'] ?? expect.fail();
  if (ask.is !== 'by-hand') return expect.fail();
  const console = `https://111122223333.us-east-1.console.aws.amazon.com/singlesignon/${'x'.repeat(80)}`;
  const goals = ask.plan.goals.map((goal) => (goal.is === 'by-hand' ? { ...goal, console } : goal));
  const cut = { ...ask, plan: { ...ask.plan, goals } };
  for (const size of sizes) {
    const frame = draw(cut, usual, ready(cut), size).lines.map((row) => plainText(row).trimEnd());
    const text = frame.join('\n');
    if (text.includes('more row')) expect(size.columns).toBe(40);
    else expect(text).toContain('Cut to fit: o ');
    expect(footOf(frame)).toMatch(/(^|\s)o open the console/);
  }
  expect(frameText(draw(ask, usual, ready(ask), { columns: 80, rows: 24 }))).not.toContain('o open the');
});

test('while a text is typed, Tab lists first what it opens, and each of these keys opens it', () => {
  const { ask, run = usual, rows } = asks['confirm-dangerous'] ?? expect.fail();
  const { ui } = keys(ask, run, ready(ask, rows), 'tab');
  const text = frameText(draw(ask, run, ui, { columns: 80, rows: 24 }));
  const [, list = ''] = text.split('Press a key to see');
  expect(list.indexOf('This step')).toBeGreaterThan(0);
  const shown = [...list.slice(0, list.indexOf('This step')).matchAll(/^ {2}([a-z]) {2,}\S/gm)].map(
    ([, key]) => key,
  );
  expect(shown).toEqual(expect.arrayContaining(['m', 'v', 'd', 't']));
  const at = { ask, run, ui, steps: fixture.steps, step: ask.step, events, pageSize: 10 };
  for (const key of shown) expect(bindings(at).map((one) => one.key)).toContain(key);
});

test('where letters are keys, help does not say it twice', () => {
  const { ask, run = usual, rows } = asks.done ?? expect.fail();
  const { ui } = keys(ask, run, ready(ask, rows), '?');
  expect(frameText(draw(ask, run, ui, { columns: 80, rows: 24 }))).not.toContain('Press a key to see');
});

test('neither the title of a view nor the line under it is cut', () => {
  for (const [name, { ask, run = usual, rows }] of Object.entries(asks))
    for (const size of sizes)
      for (const key of ['d', 'l']) {
        const opened = keys(ask, run, ready(ask, rows), 'escape', key);
        if (!opened.ui.view) continue;
        const text = frameText(draw(ask, run, opened.ui, size)).split('\n');
        const under = text[text.findLastIndex((row) => /^[─-]{20}/.test(row)) - 1];
        expect(under, `${name} ${key}`).not.toMatch(/…/);
        const title = text.find((row) => /^(What the document asks|The audit log)/.test(row));
        expect(title ?? '', `${name} ${key}`).not.toMatch(/…/);
      }
});
