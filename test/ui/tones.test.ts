import { expect, test } from 'vitest';
import { blockLines } from '../../src/ui/content/block-lines.ts';
import { plainText } from '../../src/ui/text/line.ts';
import { asks, run as usual } from './asks.ts';
import { draw, ready } from './drive.ts';
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
