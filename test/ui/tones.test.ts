import { expect, test } from 'vitest';
import type { Block } from '../../src/presentation/block.ts';
import { blockLines } from '../../src/ui/content/block-lines.ts';
import { legible } from '../../src/ui/text/charset.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { goalMarks } from '../../src/ui/text/marks.ts';
import { asks, run as usual } from './asks.ts';
import { draw, keys, ready } from './drive.ts';
import { across } from './page.ts';

test.each([100, 40])('what passed has the same green sign as everywhere, in %i columns', (width) => {
  const rows = blockLines(
    [{ is: 'passed', label: 'Checks', all: ['trusted access is on', 'no other account', 'may do it'] }],
    across(width),
  );
  const signs = rows.flat().filter(({ text }) => text.includes('✓'));
  expect(signs.length).toBeGreaterThan(0);
  for (const { text, tone } of signs) expect([text, tone]).toEqual(['✓', 'good']);
});

test('what is known of a choice is as bright as its name: only what cannot be chosen is dim', () => {
  const { ask } = asks.choice ?? expect.fail();
  const rows = [
    { value: '1', label: 'Dev  111122223333', facts: ['has QDevProfile-us-east-1'] },
    { value: '2', label: 'Test  111122224444', facts: ['has QDevProfile-us-east-1'] },
    { value: '3', label: 'Old  111122225555', facts: ['has none'], not: 'suspended' },
  ];
  for (const columns of [80, 50]) {
    const frame = draw(ask, usual, ready(ask, rows), { columns, rows: 20 }).lines;
    const tones = frame.flat().filter(({ text }) => text.includes('has QDev'));
    expect(tones.map(({ tone }) => tone)).not.toContain('dim');
    expect(tones).toHaveLength(2);
    const old = frame.findIndex((row) => plainText(row).includes('Old '));
    for (const { text, tone } of frame[old] ?? [])
      if (text.trim() !== '') expect([text, tone]).toEqual([text, 'dim']);
  }
});

test('in ASCII, too, every sign that stands before a text means one thing', () => {
  const page = across(80, { charset: 'ascii' });
  const first = (block: Block): string => plainText(blockLines([block], page)[0] ?? []).slice(0, 1);
  const signs = [
    first({ is: 'note', text: 'it follows' }),
    ...Object.values(goalMarks).map(({ glyph }) => legible(glyph, 'ascii')),
    ...(['comes', 'goes', 'replaces'] as const).map((sign) => first({ is: 'item', text: 'it', sign })),
    legible('❯', 'ascii'),
  ];
  expect(new Set(signs).size, signs.join(' ')).toBe(signs.length);
});

test.each([
  ['a dangerous change', 'confirm-dangerous', [], /^CHANGE.*, with care:$/],
  ['a dangerous choice', 'choice-dangerous', ['down', 'enter'], /^DANGEROUS:$/],
])('%s begins with a word in red', (_, name, pressed, word) => {
  const { ask, run = usual, rows } = asks[name] ?? expect.fail();
  const { ui } = keys(ask, run, ready(ask, rows), ...pressed);
  const spans = draw(ask, run, ui, { columns: 80, rows: 24 }).lines.flat();
  expect(spans.filter(({ text }) => word.test(text))).toEqual([expect.objectContaining({ tone: 'bad' })]);
});

test('what AWS did not do has the red sign of what fails', () => {
  const { ask, run = usual } = asks.failed ?? expect.fail();
  const spans = draw(ask, run, ready(ask), { columns: 80, rows: 24 }).lines.flat();
  expect(spans.filter(({ text }) => text.trim() === '✗')).toEqual([expect.objectContaining({ tone: 'bad' })]);
});
