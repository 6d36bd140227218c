import { blank, type Line, wrap } from '../text/line.ts';
import type { Page } from '../text/page.ts';

/** A part of a step's text. `aside`: stands beside the others where the window is wide enough. */
export interface Section {
  readonly title?: string;
  /** What it is called where others are shown: the title, if there is none. */
  readonly short?: string;
  readonly lines: readonly Line[];
  readonly aside?: boolean;
}
/** Sections one under the other, each with its title. */
export interface Column {
  readonly lines: readonly Line[];
  /** Where each section with a title begins. */
  readonly starts: readonly { readonly row: number; readonly title: string }[];
}

export function columnOf(sections: readonly Section[], page: Page, head: readonly Line[] = []): Column {
  let lines: readonly Line[] = head;
  const starts: { row: number; title: string }[] = [];
  for (const { title, short, lines: own } of sections) {
    if (own.length === 0) continue;
    if (title !== undefined) {
      if (lines.length > head.length && (lines.at(-1)?.length ?? 0) > 0) lines = [...lines, blank];
      starts.push({ row: lines.length, title: short ?? title });
      lines = [...lines, ...wrap(title, page, 'accent')];
    }
    lines = [...lines, ...own];
  }
  const last = lines.findLastIndex((one) => one.length > 0);
  return { lines: lines.slice(0, last + 1), starts };
}
