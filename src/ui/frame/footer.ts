import type { Binding } from '../input/binding.ts';
import { keyName } from '../input/meanings.ts';
import { fitted, type Line, ruled, type Span, span, widthOf, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';

/** What the keys do: drawn from the table that binds them. `said`: what the last one did. */
export function footerLines(
  bindings: readonly Binding[],
  said: string | undefined,
  page: Page,
): readonly Line[] {
  const named = (all: readonly Binding[]): readonly Line[] =>
    all.flatMap(({ key, does }): readonly Line[] =>
      does === '' ? [] : [[span(page, keyName(key, page.charset), 'strong'), span(page, ` ${does}`)]],
    );
  const leave: readonly Line[] = !bindings.some(({ leaves, key }) => leaves || key === 'q')
    ? [[span(page, 'Ctrl-C', 'strong'), span(page, ' leave')]]
    : [];
  const usual = [...named(bindings.filter(({ rare }) => !rare)), ...leave];
  const few = packed(usual, page);
  // The others are in the help: they are named where that takes no further row.
  const all = packed([...named(bindings), ...leave], page);
  const rows = all.length === few.length ? all : few;
  return [
    ruled('', page),
    ...(said === undefined
      ? []
      : wrap(said, page, 'strong')
          .slice(0, 3)
          .map((row) => fitted(row, page))),
    ...(rows.length > most ? packed(essential(usual, page), page) : rows).map((row) => fitted(row, page)),
  ];
}

/** Rows of keys. */
const most = 3;
/** What goes on stands first, help and the way out last: where there is no room it is those between that are left out. */
function essential(parts: readonly Line[], page: Page): readonly Line[] {
  const [ends, between] = [parts.slice(-2), parts.slice(0, -2)];
  while (between.length > 1 && packed([...between, ...ends], page).length > most) between.pop();
  return [...between, ...ends];
}

/** As many in a row as fit. */
function packed(parts: readonly Line[], page: Page): readonly Line[] {
  const rows: Span[][] = [[]];
  for (const part of parts) {
    const row = rows.at(-1) ?? [];
    if (row.length > 0 && widthOf(row) + 2 + widthOf(part) > page.width) rows.push([...part]);
    else row.push(...(row.length > 0 ? [span(page, '  ')] : []), ...part);
  }
  return rows;
}
