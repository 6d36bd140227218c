import { isAscii, isUtf8 } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ChainLine, LineHashes } from '../../model/evidence/sealed-line.ts';
import type { SecondThread } from './second-thread.ts';

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
  /** Of the file, in bytes; 0 of a pipe. */
  size(): number;
  /** From the next block on, blocks are read ahead and hashed by a second thread, which is closed with the file. */
  hashAhead(thread: SecondThread | undefined): void;
  close(): void;
}

/** A part of a file. */
interface Block {
  readonly buffer: Buffer;
  readonly have: number; // bytes in it
  readonly whole: number; // how far its whole lines go
  readonly before: number; // bytes of the file before it
  readonly encoding: 'latin1' | 'utf8' | undefined; // of its whole lines
  readonly offered?: number; // to the second thread, as which of its blocks
}

/**
 * Gives a file's lines one after the other, in memory that does not grow with the file. What is given is one and the same
 * object, good until the next line; undefined behind the last. A line that is too long comes as far as it was read, and is
 * the last. `close`: to be called by whoever opened it. Throws what the system says.
 */
export function openLines(file: string): Lines {
  const handle = openSync(file, 'r');
  let thread: SecondThread | undefined;
  let hashesOf: ((length: number) => LineHashes | undefined) | undefined;
  let block: Block = { ...empty, buffer: Buffer.allocUnsafeSlow(blockSize) };
  const ahead: Block[] = []; // read, and not come to yet
  let shared = 0; // how many were read into the second thread's memory
  let start = 0; // where the next line begins in the block
  let begins = 0; // where this one does
  let ended = false;
  const line: { -readonly [Name in keyof FileLine]: FileLine[Name] } = {
    bytes: block.buffer,
    whole: true,
    end: 0,
    text: (from, to) => {
      const how = (line.whole ? block.encoding : undefined) ?? (isUtf8(line.bytes) ? 'utf8' : undefined);
      return how && block.buffer.toString(how, begins + from, begins + to);
    },
    hashes: undefined,
  };
  const give = (end: number, isWhole: boolean): FileLine => {
    begins = start;
    line.bytes = block.buffer.subarray(start, end);
    line.whole = isWhole;
    line.hashes = isWhole ? hashesOf?.(end - start) : undefined;
    start = isWhole ? end + 1 : end;
    line.end = block.before + start;
    return line;
  };
  /** What comes behind a block, from one of its bytes on, until there is a whole line, or no more. */
  const readBehind = (last: Block, from: number, longest: number): Block => {
    const turn = thread ? shared % thread.blocks.length : 0;
    let have = last.have - from;
    const own = thread?.blocks[turn];
    let buffer = own && have < own.length ? own : thread ? Buffer.allocUnsafeSlow(2 * have) : last.buffer;
    last.buffer.copy(buffer, 0, from, last.have);
    let whole = 0;
    while (whole === 0 && !ended && have < longest) {
      if (have === buffer.length) buffer = larger(buffer);
      const read = readSync(handle, buffer, have, buffer.length - have, null);
      ended = read === 0;
      have += read;
      whole = buffer.subarray(0, have).lastIndexOf(0x0a) + 1;
    }
    // Looked at once for all lines: bytes that are no UTF-8 are looked for one by one.
    const lines = buffer.subarray(0, whole);
    const encoding = isAscii(lines) ? 'latin1' : isUtf8(lines) ? 'utf8' : undefined;
    const found = { buffer, have, whole, before: last.before + from, encoding } as const;
    if (buffer !== own || whole === 0) return found;
    shared++;
    thread?.offer(turn, whole);
    return { ...found, offered: turn };
  };
  const fill = (longest: number): void => {
    block = ahead.shift() ?? readBehind(block, start, longest);
    start = 0;
    while (thread && ahead.length < thread.blocks.length - 1 && !ended) {
      const last = ahead.at(-1) ?? block;
      if (last.whole === 0) break;
      ahead.push(readBehind(last, last.whole, longest));
    }
    hashesOf = block.offered === undefined ? undefined : thread?.taken(block.offered);
  };
  return {
    next: (longest = longestLine) => {
      if (start >= block.whole) fill(longest);
      if (start < block.whole) return give(block.buffer.indexOf(0x0a, start), true);
      return start < block.have ? give(block.have, false) : undefined;
    },
    size: () => fstatSync(handle).size,
    hashAhead: (other) => {
      thread = other;
    },
    close: () => {
      thread?.close();
      closeSync(handle);
    },
  };
}
const blockSize = 128 * 1024;
const empty = { have: 0, whole: 0, before: 0, encoding: undefined } as const;
function larger(buffer: Buffer): Buffer {
  const twice = Buffer.allocUnsafeSlow(buffer.length * 2);
  buffer.copy(twice);
  return twice;
}
/** Whether there is nothing in a line but what an editor or a form on the way leaves. */
export const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
