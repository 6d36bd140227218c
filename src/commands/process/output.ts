import type { Writable } from 'node:stream';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { asCommand, inParts, unmarked } from '../../model/text/own-commands.ts';
import { inRows } from '../../report/in-rows.ts';

/**
 * Prints lines for people. In a terminal they are broken between words, where it would break them anywhere; in a pipe, a
 * file or a log each stays one line. What would act on the terminal is made visible. What a program reads (JSON, a script, an export)
 * is written as it is, not by this.
 */
export function print(text: string, stream: 'stdout' | 'stderr' = 'stdout'): void {
  const { isTTY, columns } = process[stream];
  const safe = text
    .split('\n')
    .map((line) => inParts(line, escapeControlChars))
    .join('\n');
  process[stream].write(isTTY && columns ? inRows(safe, columns) : unmarked(safe));
}

/** Whoever read what is printed has gone, as in `cw-runbook status | head -1`: there is nobody to tell. */
const goneCodes = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** True where what is printed is lost although somebody wants it: a full disk, as in `cw-runbook run > FILE`. */
export const isLost = (error: unknown, stream: object): boolean =>
  error instanceof Error &&
  !('isTTY' in stream && stream.isTTY) &&
  !goneCodes.has(String((error as NodeJS.ErrnoException).code));

/** Listens to a stream, so that its errors end nothing. Returns what tells why its output is lost, once it is. */
export function watchOutput(stream: Writable): () => string | undefined {
  let lost: string | undefined;
  stream.on('error', (error) => {
    if (isLost(error, stream)) lost ??= error.message;
  });
  return () => lost;
}

export const describeLost = (why: string): string =>
  `Standard output cannot be written (${why}): what was printed is not whole.\nThe journal is not touched by this: ${asCommand('cw-runbook status')} shows how far the run is. Print to another place, then start again.\n`;
