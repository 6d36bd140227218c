import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Box } from 'ink';
import sanitized from 'ink/build/sanitize-ansi.js';
import { render } from 'ink-testing-library';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import measured from 'string-width';
import { expect, test } from 'vitest';
import renderer, { harmless } from '../../src/ui/terminal/renderer.ts';
import { Row } from '../../src/ui/terminal/row.tsx';

const texts = [
  'plain',
  '',
  'wide 古い',
  '\u001b[1mbold\u001b[22m text',
  'blanks   ',
  'é ✓ ─',
  '\u001b[7m  \u001b[27m',
  'moved\u001b[2J \u001b[3;4Hby \u0007what\u0001 it says',
  '\u001b]8;;https://a.example\u001b\\link\u001b]8;;\u001b\\',
];
interface Column {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly string[];
}
/** As many rows as there is height, each within the width: what the screen is made of (`fitted`). */
function column(seed: number): Column {
  const random = xoroshiro128plus(seed);
  const below = (n: number): number => (random.next() >>> 0) % n;
  const height = 1 + below(6);
  return {
    width: 30 + below(20),
    height,
    rows: Array.from({ length: height }, () => texts[below(texts.length)] ?? ''),
  };
}
type Node = Parameters<typeof renderer>[0];
const box = (style: Node['style'], ...childNodes: readonly Node[]): Node => ({
  nodeName: 'ink-box',
  style,
  childNodes,
});
const drawn = ({ width, height, rows }: Column): string => {
  const style = { flexDirection: 'column', flexGrow: 0, flexShrink: 1, width, height, overflowX: 'visible' };
  const texts = rows.map(
    (row): Node => ({
      nodeName: 'ink-text',
      style: {},
      childNodes: [{ nodeName: '#text', nodeValue: row || ' ' }],
    }),
  );
  return renderer({ nodeName: 'ink-root', style: {}, childNodes: [box(style, ...texts)] }).output;
};
test('a column of rows is drawn as Ink itself draws it', () => {
  const columns = Array.from({ length: 120 }, (_, seed) => column(seed));
  const given = columns.map((one) => ({ ...one, rows: one.rows.map((row) => row || ' ') }));
  const inks: readonly string[] = JSON.parse(
    execFileSync(process.execPath, [join(import.meta.dirname, 'inks-own.mjs')], {
      input: JSON.stringify(given),
      encoding: 'utf8',
    }),
  );
  expect(inks).toHaveLength(columns.length);
  columns.forEach((one, seed) => {
    expect(drawn(one), `seed ${seed}`).toBe(inks[seed]);
  });
});

test('rows beyond the height are not drawn, and missing ones are empty', () => {
  expect(drawn({ width: 9, height: 2, rows: ['a', 'b', 'c'] })).toBe('a\nb');
  expect(drawn({ width: 9, height: 3, rows: ['a'] })).toBe('a\n\n');
});

test.each([
  ['flexDirection', 'row'],
  ['paddingTop', 1],
  ['borderStyle', 'single'],
  ['overflowY', 'hidden'],
  ['width', '50%'],
])('%s %s, which the screen does not know, is refused', (name, value) => {
  expect(() => renderer(box({}, box({ [name]: value })))).toThrow(`it knows no ${name} ${value}`);
  expect(renderer(box({ [name]: undefined })).output).toBe('');
});

test('Ink draws with it, here as in what is shipped, and hands on what it refuses', () => {
  const { lastFrame, unmount } = render(
    <Box flexDirection="column" width={9} height={2}>
      <Row text="drawn" />
    </Box>,
  );
  expect(lastFrame()).toBe('drawn\n');
  unmount();
  expect(() => render(<Box flexDirection="row" />)).toThrow('it knows no flexDirection row');
});

test('what is drawn as it comes is what Ink would have left as it is', () => {
  const random = xoroshiro128plus(7);
  const pieces = [
    'a',
    ' ',
    'é',
    '…',
    '❯',
    '─',
    '1m',
    '[',
    ';',
    '\u001b[1m',
    '\u001b[22m',
    '\u001b[38;5;12m',
    '\u001b[0m',
    '\u001b[m',
    '\u001b[2J',
    '\u0301',
    '\u0007',
  ];
  const taken = Array.from({ length: 3_000 }, () =>
    Array.from(
      { length: 1 + ((random.next() >>> 0) % 9) },
      () => pieces[(random.next() >>> 0) % pieces.length],
    ).join(''),
  ).filter((text) => harmless.test(text));
  expect(taken.length).toBeGreaterThan(500);
  expect(taken.map(sanitized)).toEqual(taken);
});

test('a width that is remembered is the one that was measured', () => {
  for (const text of ['plain', 'wide 古い', 'é ✓ ─', 'plain', '古'.repeat(1_500)])
    expect(measured(text)).toBe([...text].reduce((sum, one) => sum + measured(one), 0));
  expect(measured('…')).toBe(1);
});
