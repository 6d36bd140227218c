import Output from 'ink/build/output.js';

type Row = Parameters<Output['write']>;
/**
 * Ink's own takes every row of every frame apart into cells, and puts these together again: most of what a key costs.
 * Our screen is rows that begin at the left and lie over nothing: they are taken as they are. Anything else goes
 * Ink's own way. It stands in the place of Ink's module (`src/replaced.mjs`).
 */
export default class RowOutput extends Output {
  /** Undefined as soon as there was something else than such rows. */
  #rows: Map<number, Row> | undefined = new Map();

  override write(...row: Row): void {
    super.write(...row);
    const [x, y, text] = row;
    if (text === '') return;
    const placed = x === 0 && Number.isInteger(y) && y >= 0 && y < this.height;
    if (!placed || text.includes('\n') || this.#rows?.has(y)) this.#rows = undefined;
    else this.#rows?.set(y, row);
  }

  override clip(...clip: Parameters<Output['clip']>): void {
    super.clip(...clip);
    this.#rows = undefined;
  }

  override get(): ReturnType<Output['get']> {
    const rows = this.#rows;
    if (rows === undefined) return super.get();
    const lines = Array.from({ length: this.height }, (_, y) => {
      const [, , text = '', { transformers } = { transformers: [] }] = rows.get(y) ?? [];
      return transformers.reduce((line, transformer) => transformer(line, 0), text).trimEnd();
    });
    return { output: lines.join('\n'), height: this.height };
  }
}
