import measured, { type Options } from 'string-width';

/**
 * Ink measures each row twice a frame, and forgets it. Rows come again and again: here their widths are remembered. It
 * stands in the place of the package for all who import it (`src/replaced.mjs`).
 */
export default function stringWidth(text: string, options?: Options): number {
  if (options !== undefined || typeof text !== 'string' || text.length > 2_000)
    return measured(text, options);
  const known = widths.get(text);
  if (known !== undefined) return known;
  const width = measured(text);
  if (widths.size > 5_000) widths.clear();
  widths.set(text, width);
  return width;
}
const widths = new Map<string, number>();
