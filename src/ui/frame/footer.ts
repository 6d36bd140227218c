import type { Binding } from '../input/binding.ts';
import { keyNames } from '../input/meanings.ts';
import { fitted, type Line, ruled, type Span, span, widthOf, wrap } from '../text/line.ts';

/** What the keys do: drawn from the table that binds them. `said`: what the last one did. */
export function footerLines(
  bindings: readonly Binding[],
  said: string | undefined,
  columns: number,
): readonly Line[] {
  const parts = bindings.flatMap(({ key, does }): readonly Line[] =>
    does === '' ? [] : [[span(keyNames[key] ?? key, 'strong'), span(` ${does}`)]],
  );
  if (bindings.some(({ key }) => key === 'text') || !bindings.some(({ key }) => key === 'q'))
    parts.push([span('Ctrl-C', 'strong'), span(' leave')]);
  const rows: Span[][] = [[]];
  for (const part of parts) {
    const row = rows.at(-1) ?? [];
    if (row.length > 0 && widthOf(row) + 2 + widthOf(part) > columns) rows.push([...part]);
    else row.push(...(row.length > 0 ? [span('  ')] : []), ...part);
  }
  return [
    ruled('', columns),
    ...(said === undefined
      ? []
      : wrap(said, columns, 'strong')
          .slice(0, 3)
          .map((row) => fitted(row, columns))),
    ...rows.slice(0, 3).map((row) => fitted(row, columns)),
  ];
}
