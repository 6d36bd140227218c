import { basename } from 'node:path';
import { type Disk, edited, type File, type Image, imageOf, rename } from './disk.ts';

/** Disks write in sectors of this size, in any order. */
const sector = 512;

/**
 * Every state that a disk can be in when the power comes back. Of each folder that was not synced any of its changes
 * may be there; of the journal's bytes that were not synced, those up to any kind of place, with or without zeros in
 * place of the rest, or all but one sector. Files that decide nothing (the reserve, the holder, the settings) are as
 * they were, or empty.
 */
export function* lossesOf(disk: Disk, home: string): Iterable<Image> {
  const files = new Set([...disk.names.values(), ...disk.kept.values()].filter((file) => file !== 'folder'));
  const journals = new Set(
    [...disk.names, ...disk.kept].flatMap(([path, file]) =>
      isJournal(path) && file !== 'folder' ? [file] : [],
    ),
  );
  const open = [...journals].filter(({ edits }) => edits.length > 0);
  for (const names of namesOf(disk))
    for (const [n, chosen] of [...choices(open)].entries())
      yield imageOf(home, names, (file) => {
        const bytes = chosen.get(file);
        return bytes ?? (files.has(file) && n % 2 === 0 ? whole(file) : file.synced);
      });
}

/** Of each file one of the things that it can hold, in every combination. */
function* choices(files: readonly File[]): Iterable<ReadonlyMap<File, Buffer>> {
  const [first, ...rest] = files;
  if (!first) return void (yield new Map());
  for (const others of choices(rest))
    for (const bytes of contentsOf(first)) yield new Map([...others, [first, bytes]]);
}
const isJournal = (path: string): boolean => basename(path).startsWith('journal.');
const whole = (file: File): Buffer => file.edits.reduce(edited, file.synced);

/** The names that the disk can have: each change that was not synced, or not. */
function* namesOf({ kept, namings }: Disk): Iterable<Disk['kept']> {
  for (let chosen = 0; chosen < 2 ** namings.length; chosen++) {
    const names = new Map(kept);
    for (const [index, naming] of namings.entries()) if (chosen & (1 << index)) rename(names, naming);
    yield names;
  }
}

/** What a file can hold: what was synced, and any number of the changes since, the next of them in part. */
function contentsOf({ synced, edits }: File): readonly Buffer[] {
  const all: Buffer[] = [synced];
  let sofar = synced;
  for (const edit of edits) {
    if ('append' in edit) all.push(...partsOf(sofar, edit.append));
    sofar = edited(sofar, edit);
    all.push(sofar);
  }
  return all;
}

function partsOf(before: Buffer, added: Buffer): readonly Buffer[] {
  const { length } = added;
  const cuts = [...new Set([0, 1, Math.floor(length / 2), length - 2, length - 1])].filter(
    (cut) => cut >= 0 && cut < length,
  );
  const parts = cuts.flatMap((cut) => [
    Buffer.concat([before, added.subarray(0, cut)]),
    Buffer.concat([before, added.subarray(0, cut), Buffer.alloc(length - cut)]),
  ]);
  for (let at = 0; at < length; at += sector - ((before.length + at) % sector)) {
    const missing = Buffer.concat([before, added]);
    missing.fill(
      0,
      before.length + at,
      before.length + Math.min(length, at + sector - ((before.length + at) % sector)),
    );
    parts.push(missing);
  }
  return parts;
}
