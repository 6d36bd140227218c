import { isAscii, isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import type { ChainLine } from '../../model/evidence/sealed-line.ts';

/** No record of ours comes near: a longer line is read no further. */
export const longestLine = 16 * 1024 * 1024;

/** A line of a file. `whole`: it has a newline; the last may have none. `end`: where the next begins, in bytes. */
export interface FileLine extends ChainLine {
  readonly whole: boolean;
  readonly end: number;
}

export interface Lines {
  /** `longest`: of a line, in bytes. */
  next(longest?: number): FileLine | undefined;
  close(): void;
}

/**
 * Gives a file's lines one after the other, in memory that does not grow with the file. What is given is one and the same
 * object, good until the next line; undefined behind the last. A line that is too long comes as far as it was read, and is
 * the last. `close`: to be called by whoever opened it. Throws what the system says.
 */
export function openLines(file: string): Lines {
  const handle = openSync(file, 'r');
  let buffer = Buffer.allocUnsafeSlow(block);
  let have = 0; // bytes in the buffer
  let start = 0; // where the next line begins in it
  let begins = 0; // where this one does
  let whole = 0; // how far its whole lines go
  let before = 0; // bytes of the file before the buffer
  let ended = false;
  let encoding: 'latin1' | 'utf8' | undefined;
  const line: { bytes: Uint8Array; whole: boolean; end: number; text: FileLine['text'] } = {
    bytes: buffer,
    whole: true,
    end: 0,
    text: (from, to) => {
      const how = encoding ?? (isUtf8(line.bytes) ? 'utf8' : undefined);
      return how && buffer.toString(how, begins + from, begins + to);
    },
  };
  const give = (end: number, isWhole: boolean): FileLine => {
    begins = start;
    line.bytes = buffer.subarray(start, end);
    line.whole = isWhole;
    start = isWhole ? end + 1 : end;
    line.end = before + start;
    return line;
  };
  /** Reads until there is a whole line, or no more. */
  const fill = (longest: number): void => {
    buffer.copyWithin(0, start, have);
    before += start;
    have -= start;
    start = 0;
    whole = 0;
    while (whole === 0 && !ended && have < longest) {
      if (have === buffer.length) buffer = larger(buffer);
      const read = readSync(handle, buffer, have, buffer.length - have, null);
      ended = read === 0;
      have += read;
      whole = buffer.subarray(0, have).lastIndexOf(0x0a) + 1;
    }
    // Looked at once for all lines: bytes that are no UTF-8 are looked for one by one.
    const lines = buffer.subarray(0, whole);
    encoding = isAscii(lines) ? 'latin1' : isUtf8(lines) ? 'utf8' : undefined;
  };
  return {
    next: (longest = longestLine) => {
      if (start >= whole) fill(longest);
      if (start < whole) return give(buffer.indexOf(0x0a, start), true);
      if (start >= have) return undefined;
      encoding = undefined;
      return give(have, false);
    },
    close: () => closeSync(handle),
  };
}
const block = 128 * 1024;
function larger(buffer: Buffer): Buffer<ArrayBuffer> {
  const twice = Buffer.allocUnsafeSlow(buffer.length * 2);
  buffer.copy(twice);
  return twice as Buffer<ArrayBuffer>;
}
/** Whether there is nothing in a line but what an editor or a form on the way leaves. */
export const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
