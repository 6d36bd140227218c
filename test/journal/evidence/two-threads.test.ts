import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSecondThread } from '../../../src/journal/evidence/second-thread.ts';
import { verifyFile } from '../../../src/journal/evidence/verify-file.ts';
import { sha256 } from '../../../src/journal/hash.ts';
import { writeLongJournal } from '../../bench/evidence/long-journal.ts';
import { eventually } from '../../eventually.ts';
import { chained, exported, fileOf, handedOff, sealedBytes, story } from './chained.ts';

const folder = mkdtempSync(join(tmpdir(), 'cw-threads-'));
const long = join(folder, 'journal.jsonl');
writeLongJournal(long, 4000);
const lines = readFileSync(long, 'utf8').trimEnd().split('\n');

/** Several blocks long, and damaged in each of them; some of it longer than a block. */
const files: readonly (readonly [string, Buffer, boolean])[] = [
  ['as it was written', readFileSync(long), true],
  ['without its header', exported(readFileSync(long)), true],
  ['in a hand-off’s file', handedOff(readFileSync(long)), true],
  ...[3, 700, 1500, 2900, 3999].flatMap((n) => {
    const line = lines[n] ?? '';
    const edited = line.replace('permission-set', 'permission-sat');
    const body = edited.slice(0, edited.lastIndexOf(',"hash":"'));
    return [
      [`record ${n} edited`, bytesOf(lines.with(n, edited)), false],
      [
        `record ${n} edited, its own hash made right`,
        bytesOf(lines.with(n, String(sealedBytes(Buffer.from(`${body}}`))))),
        false,
      ],
      [`its hash changed in record ${n}`, bytesOf(lines.with(n, line.replace(/[0-9a-f]"\}$/, 'g"}'))), false],
      [`record ${n} removed`, bytesOf(lines.toSpliced(n, 1)), false],
      [
        `record ${n} not in UTF-8`,
        Buffer.from(lines.with(n, line.replace('permission', '\u00ff')).join('\n'), 'latin1'),
        false,
      ],
      [`something short before record ${n}`, bytesOf(lines.toSpliced(n, 0, '{}')), false],
      [`cut within record ${n}`, bytesOf(lines.slice(0, n + 1)).subarray(0, -9), true],
      [
        `zeros behind record ${n}`,
        Buffer.concat([bytesOf(lines.slice(0, n)), Buffer.from('\0\0\0\n')]),
        true,
      ],
    ] as const;
  }),
  ...[100_000, 131_071, 400_000].map((length) => {
    const more = [...story, { type: 'waived', step: 'a', goal: 'b', why: 'x'.repeat(length), continues: 11 }];
    return [
      `a record of ${length} characters`,
      fileOf(
        chained([
          ...more,
          ...Array.from({ length: 900 }, () => ({
            type: 'waived',
            step: 'a',
            goal: 'b',
            why: 'é'.repeat(300),
          })),
        ]),
      ),
      true,
    ] as const;
  }),
];
function bytesOf(all: readonly string[]): Buffer {
  return Buffer.from(`${all.join('\n')}\n`);
}

test.each(files)('two threads say what one says of a long file: %s', (_, bytes, good) => {
  const file = join(folder, 'file');
  writeFileSync(file, bytes);
  const one = verifyFile(file, Number.POSITIVE_INFINITY);
  expect(verifyFile(file, 0)).toEqual(one);
  expect(one.good, JSON.stringify(one.fault)).toBe(good);
});

test('the second thread hashes what it is offered', async () => {
  const thread = startSecondThread();
  if (!thread) return expect(availableParallelism()).toBe(1);
  const [good = '', edited = ''] = [lines[5], lines[6]?.replace('"step":"', '"step":"x')];
  const block = `${good}\n\n${edited}\n`;
  try {
    thread.blocks[1]?.write(block);
    const next = await eventually(() => {
      const found = thread.taken(1);
      thread.offer(1, Buffer.byteLength(block));
      if (!found) throw new Error('it has not begun');
      return found;
    });
    expect(next(good.length)).toEqual({ own: true, whole: sha256(good) });
    expect(next(0)).toBeUndefined();
    expect(next(edited.length)).toEqual({ own: false, whole: sha256(edited) });
  } finally {
    thread.close();
  }
});
