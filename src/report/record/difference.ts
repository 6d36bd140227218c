import type { Json } from '../../model/call.ts';

/** One line of what was there before, of what is there now, or of both. */
export interface DifferentLine {
  readonly is: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** So many lines of each side are compared one by one; of longer texts all of one side goes, and all of the other comes. */
const most = 1_500;

/** What became of a text or a value, line by line: JSON is laid out first. Absent and empty are nothing. */
export function differenceOf(before: Json | undefined, after: Json | undefined): readonly DifferentLine[] {
  const [was, is] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < was.length && head < is.length && was[head] === is[head]) head++;
  let tail = 0;
  while (tail < Math.min(was.length, is.length) - head && was.at(-1 - tail) === is.at(-1 - tail)) tail++;
  return [
    ...as('same', was.slice(0, head)),
    ...between(was.slice(head, was.length - tail), is.slice(head, is.length - tail)),
    ...as('same', was.slice(was.length - tail)),
  ];
}
const as = (is: DifferentLine['is'], lines: readonly string[]): readonly DifferentLine[] =>
  lines.map((text) => ({ is, text }));

function linesOf(value: Json | undefined): readonly string[] {
  if (value === undefined || value === '') return [];
  if (typeof value !== 'string') return JSON.stringify(value, undefined, 2).split('\n');
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object') return JSON.stringify(parsed, undefined, 2).split('\n');
  } catch {
    // A text like any other.
  }
  return value.split(/\r\n|\r|\n/);
}

/** By the longest lines that both have in common, in order. */
function between(was: readonly string[], is: readonly string[]): readonly DifferentLine[] {
  if (was.length > most || is.length > most) return [...as('gone', was), ...as('new', is)];
  // common[i][j]: how many lines was[i…] and is[j…] have in common.
  const common = Array.from({ length: was.length + 1 }, () => new Uint16Array(is.length + 1));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = was.length - 1; i >= 0; i--)
    for (let j = is.length - 1; j >= 0; j--)
      (common[i] as Uint16Array)[j] =
        was[i] === is[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DifferentLine[] = [];
  let [i, j] = [0, 0];
  while (i < was.length || j < is.length) {
    const [old, fresh] = [was[i], is[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ is: 'same', text: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ is: 'gone', text: old });
      i++;
    } else {
      lines.push({ is: 'new', text: fresh ?? '' });
      j++;
    }
  }
  return lines;
}
