import { PassThrough } from 'node:stream';
import { Box, render, Text } from 'ink';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import measured from 'string-width';
import { expect, test, vi } from 'vitest';
import InkOutput from '../../node_modules/ink/build/output.js';
import RowOutput from '../../src/ui/terminal/output.ts';

test('Ink draws with the output of ours, here as in what is shipped', () => {
  const own = vi.spyOn(RowOutput.prototype, 'get');
  const stdout = Object.assign(new PassThrough(), { columns: 40, rows: 5 }) as unknown as NodeJS.WriteStream;
  const { unmount } = render(
    <Box>
      <Text>drawn</Text>
    </Box>,
    { stdout, debug: true },
  );
  unmount();
  expect(own).toHaveBeenCalled();
  expect(`${(stdout as unknown as PassThrough).read()}`).toContain('drawn');
});

const texts = ['plain', '', 'wide 古い', '\u001b[1mbold\u001b[22m text', 'two\nrows', 'blanks   ', 'é ✓ ─'];
const upper = { transformers: [(line: string, n: number) => `${n}${line.toUpperCase()}`] };
const none = { transformers: [] };
/** Rows in any order, some left out; with `odd`, also such as lie over others, are indented, outside or clipped. */
function drawn(seed: number, odd: boolean): readonly string[] {
  const random = xoroshiro128plus(seed);
  const below = (n: number): number => (random.next() >>> 0) % n;
  const outputs = [new InkOutput({ width: 20, height: 6 }), new RowOutput({ width: 20, height: 6 })];
  const rows = odd ? Array.from({ length: 8 }, () => below(8) - 1) : [4, 0, 2, 5, 1].slice(0, below(6));
  for (const y of rows) {
    const text = texts[below(texts.length)] ?? '';
    const x = odd ? below(3) : 0;
    const clipped = odd && below(4) === 0;
    const transformed = below(2) === 0 ? upper : none;
    for (const output of outputs) {
      if (clipped) output.clip({ x1: 1, x2: 9, y1: 1, y2: 3 });
      output.write(x, y, text, transformed);
      if (clipped) output.unclip();
    }
  }
  return outputs.map((output) => output.get().output);
}
test.each([true, false])('what it draws is what Ink’s own would; rows that are odd: %s', (odd) => {
  for (let seed = 0; seed < 300; seed++) {
    const [inks, ours] = drawn(seed, odd);
    expect(ours, `seed ${seed}`).toBe(inks);
  }
});

test('a width that is remembered is the one that was measured', () => {
  for (const text of [...texts, ...texts, '古'.repeat(1_500)]) {
    const plain = text.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', '');
    expect(measured(text)).toBe([...plain].reduce((sum, one) => sum + measured(one), 0));
  }
  expect(measured('…', { ambiguousIsNarrow: false })).toBe(2);
  expect(measured('…')).toBe(1);
});
