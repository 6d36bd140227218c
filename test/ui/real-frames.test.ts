import { expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { plainText, widthOf } from '../../src/ui/text/line.ts';
import { codewhisperer } from '../../steps/index.ts';
import { isAsKept } from '../kept.ts';
import { draw, keys, ready } from './drive.ts';
import { asks, events, run as usual } from './real-asks.ts';

const [small, usually, large] = [
  { columns: 50, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];
/** What the real runbook's own words look like: a question, keys that are pressed first, and the window. */
const reviewed: readonly (readonly [ask: string, size: typeof small, ...keys: readonly string[]])[] = [
  ['credentials', usually],
  ['attestation', usually],
  ['choice', usually],
  ['several', usually],
  ['choice-dangerous', large],
  ['text', small],
  ['confirm', usually],
  ['confirm-dangerous', large],
  ['by-hand', usually],
  ['done', large],
  ['undo', large],
  ['handed-off', usually],
  ['finished', usually],
  ['management-target', large],
  ['management-target', small],
  ['management-set-name', usually],
  ['management-assignment', large],
  ['confirm', usually, 'd'],
];
const drawn = (name: string, size: typeof small, ...pressed: readonly string[]) => {
  const { ask, run = usual, rows } = asks[name] ?? expect.fail();
  const { ui } = keys(ask, run, ready(ask, rows), ...pressed);
  return draw(ask, run, ui, size ?? expect.fail(), true, events, codewhisperer);
};

test('the real runbook, as it was last looked at', async () => {
  const frames = reviewed.map(
    ([name, size, ...pressed]) =>
      `${[name, ...pressed].join(' ')}, ${size?.columns}×${size?.rows}\n\n${frameText(drawn(name, size, ...pressed))}\n`,
  );
  await isAsKept(frames.join('\n'), 'frames', 'real-runbook.txt');
});

test('every question of the real runbook keeps to its window, whatever that is', () => {
  // Each in windows of its own: together they are tried in every width and height.
  for (const [n, name] of Object.keys(asks).entries())
    for (let columns = 20 + (n % 14); columns <= 130; columns += 14)
      for (let rows = 5 + (n % 8); rows <= 45; rows += 8) {
        const { lines } = drawn(name, { columns, rows });
        expect(lines.length, `${name} ${columns}×${rows}`).toBeLessThanOrEqual(rows);
        for (const line of lines)
          expect(widthOf(line), `${name} ${columns}×${rows}: ${plainText(line)}`).toBeLessThanOrEqual(
            columns,
          );
      }
});
