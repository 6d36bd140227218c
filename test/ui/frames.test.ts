import { expect, test } from 'vitest';
import { frameText } from '../../src/ui/frame/frame.ts';
import { plainText, widthOf } from '../../src/ui/text/line.ts';
import { costOf } from '../cost.ts';
import { isAsKept } from '../kept.ts';
import { asks, run as usual } from './asks.ts';
import { draw, ready } from './drive.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 50, rows: 20 },
];

test.each(Object.keys(asks))('%s, as it was last looked at', async (name) => {
  const { ask, run = usual, rows } = asks[name] ?? expect.fail();
  for (const size of sizes) {
    const frame = draw(ask, run, ready(ask, rows), size);
    await isAsKept(`${frameText(frame)}\n`, 'frames', `${name}-${size.columns}x${size.rows}.txt`);
  }
});

test('a frame has exactly the rows of its window, and none is wider, whatever the window', () => {
  // Each in windows of its own: together they are tried in every width and height.
  for (const [n, [name, { ask, run = usual, rows }]] of Object.entries(asks).entries())
    for (let columns = 20 + (n % 14); columns <= 130; columns += 14)
      for (let high = 5 + (n % 8); high <= 45; high += 8) {
        const { lines } = draw(ask, run, ready(ask, rows), { columns, rows: high });
        expect(lines.length, `${name} ${columns}×${high}`).toBeLessThanOrEqual(high);
        for (const line of lines)
          expect(widthOf(line), `${name} ${columns}×${high}: ${plainText(line)}`).toBeLessThanOrEqual(
            columns,
          );
      }
});

test('the demo says on every screen that it is one; a real run does not', () => {
  for (const { ask, run = usual, rows } of Object.values(asks)) {
    expect(frameText(draw(ask, run, ready(ask, rows), { columns: 80, rows: 24 }))).toContain('DEMO');
    expect(frameText(draw(ask, run, ready(ask, rows), { columns: 80, rows: 24 }, false))).not.toContain(
      'DEMO',
    );
  }
});

test('the footer names a key that goes on, and the one that leaves', () => {
  for (const [name, { ask, run = usual, rows }] of Object.entries(asks)) {
    const foot = frameText(draw(ask, run, ready(ask, rows), { columns: 80, rows: 24 }))
      .split('\n')
      .slice(-3)
      .join(' ');
    // What goes on, goes on elsewhere.
    const waits =
      (ask.is === 'watching' && ask.holder !== undefined) ||
      (ask.is === 'sign-in' && ask.device.opens === undefined);
    if (!waits) expect(foot, name).toMatch(/Enter|y |r check again/);
    expect(foot, name).toMatch(/leave/);
  }
});

test('text scrolls as far as there is any, and no further', () => {
  const { ask } = asks.undo ?? expect.fail();
  const far = draw(ask, usual, { ...ready(ask), scroll: 10_000 }, { columns: 80, rows: 24 });
  expect(frameText(far)).toContain('above');
  expect(frameText(far)).not.toContain('more rows');
  expect(far.scroll).toBeLessThan(100);
});

test('two hundred changes: how many they are stands first and in the question, and each costs no more than one of a few', async () => {
  const { ask } = asks['confirm-many'] ?? expect.fail();
  if (ask.is !== 'confirm') return expect.fail();
  const of = (count: number) => {
    const changes = Array.from({ length: count }, (_, n) => ({
      ...(ask.changes[n % 5] ?? expect.fail()),
      id: `${n}`,
    }));
    const many = { ...ask, changes, plan: { goals: changes } };
    return (scroll: number) =>
      frameText(draw(many, usual, { ...ready(many), scroll }, { columns: 100, rows: 30 }));
  };
  const [few, frame] = [of(5), of(200)];
  // 40 times as many: 40 times the work, and 1,600 times where each looks at all.
  expect((await costOf(frame)) / (await costOf(few))).toBeLessThan(250);
  expect(frame(0)).toMatch(/200 assignments: [\s\S]*confirmed together[\s\S]*Make all 200 changes\?/);
});
