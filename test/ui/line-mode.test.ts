import { expect, test } from 'vitest';
import { columnsOf, terminalOf } from '../../src/ui/terminal/terminal.ts';

test.each([
  ['a window', {}, 72, 72],
  ['a wide one: lines stay readable', {}, 300, 100],
  ['no terminal', {}, undefined, 80],
  ['a terminal that does not know its size', {}, 0, 80],
  ['a screen reader', { INK_SCREEN_READER: 'true' }, 80, 10_000],
] as const)('%s', (_, env, columns, expected) => {
  expect(columnsOf(terminalOf(env, { isTTY: true }), columns)).toBe(expected);
});

test.each([
  ['a terminal', { TERM: 'xterm' }, true, { plain: false, spoken: false, colors: 'sixteen', links: true }],
  [
    'output into a file',
    { TERM: 'xterm' },
    false,
    { plain: true, spoken: true, colors: 'none', links: false },
  ],
  ['a screen reader', { INK_SCREEN_READER: '1' }, true, { plain: true, aloud: true, spoken: true }],
  ['one that cannot draw', { TERM: 'dumb' }, true, { plain: true, aloud: false }],
  ['lines by request', { CW_RUNBOOK_PLAIN: '1', TERM: 'xterm' }, true, { plain: true, links: false }],
  ['ASCII alone', { CW_RUNBOOK_ASCII: '1', TERM: 'xterm' }, true, { charset: 'ascii', links: false }],
  ['no colors', { NO_COLOR: '1', TERM: 'xterm', TMUX: 'x' }, true, { colors: 'none', tmux: true }],
] as const)('what can be shown on %s', (_, env, isTTY, terminal) => {
  expect(terminalOf(env, { isTTY })).toMatchObject(terminal);
});
