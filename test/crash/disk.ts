import { dirname, join, relative } from 'node:path';
import { isOperation, type Operation, type Row } from './preload.ts';

/** A change to a file's bytes: appended, or cut off at a size. */
type Edit = { readonly append: Buffer } | { readonly size: number };
export interface File {
  /** What is on the disk for certain. */
  synced: Buffer;
  /** What was done since, in order. Any part of it may be on the disk. */
  edits: Edit[];
}
/** A change to a folder's names, which may be lost until that folder is synced. */
type Naming =
  | { readonly in: string; readonly name: string; readonly file: File | 'folder' }
  | { readonly in: string; readonly gone: string }
  | { readonly in: string; readonly gone: string; readonly name: string; readonly file: File | 'folder' };

/** A disk as the operating system has it, and what of that would outlive a loss of power. */
export interface Disk {
  /** By path: as the programs see it, nothing lost. */
  readonly names: Map<string, File | 'folder'>;
  /** By path: the names that are on the disk for certain. */
  readonly kept: Map<string, File | 'folder'>;
  readonly namings: Naming[];
}
export const emptyDisk = (home: string): Disk => ({
  names: new Map([[home, 'folder']]),
  kept: new Map([[home, 'folder']]),
  namings: [],
});

export const edited = (bytes: Buffer, edit: Edit): Buffer =>
  'append' in edit ? Buffer.concat([bytes, edit.append]) : bytes.subarray(0, edit.size);

/**
 * Takes in what a program did: an operation counts, in part or whole, from its beginning; a sync when it is done. Only
 * the runs are followed: the settings decide nothing. `begun`: the operations by number, for the rows that follow.
 */
export function follow(disk: Disk, home: string, row: Row, begun: Map<number, Operation>): void {
  if (isOperation(row)) {
    begun.set(row.n, row);
    const isRuns = row.path.startsWith(join(home, 'runs'));
    if (isRuns && row.op !== 'sync' && row.op !== 'datasync') start(disk, row);
    return;
  }
  const operation = 'n' in row ? begun.get(row.n) : undefined;
  if (!operation) return;
  if (operation.op === 'sync' || operation.op === 'datasync') synced(disk, operation.path);
}

function start(disk: Disk, { op, path, to = '', data = '', size = 0, flags = '' }: Operation): void {
  const found = disk.names.get(path);
  const file = found === 'folder' ? undefined : found;
  const bytes = Buffer.from(data, 'base64');
  switch (op) {
    case 'mkdir':
      makeFolder(disk, path);
      return;
    case 'open':
    case 'writeFile': {
      const at = file ?? { synced: Buffer.alloc(0), edits: [] };
      if (!file) name(disk, { in: dirname(path), name: path, file: at });
      else if (op === 'writeFile' || flags.startsWith('w')) at.edits.push({ size: 0 });
      if (op === 'writeFile') at.edits.push({ append: bytes });
      return;
    }
    case 'write':
      file?.edits.push({ append: bytes });
      return;
    case 'truncate':
      file?.edits.push({ size });
      return;
    case 'unlink':
      if (file) name(disk, { in: dirname(path), gone: path });
      return;
    case 'rename':
      if (file) name(disk, { in: dirname(path), gone: path, name: to, file });
  }
}

function makeFolder(disk: Disk, path: string): void {
  if (disk.names.has(path)) return;
  makeFolder(disk, dirname(path));
  name(disk, { in: dirname(path), name: path, file: 'folder' });
}

function name(disk: Disk, naming: Naming): void {
  disk.namings.push(naming);
  rename(disk.names, naming);
}
export function rename(names: Map<string, File | 'folder'>, naming: Naming): void {
  if ('gone' in naming) names.delete(naming.gone);
  if ('name' in naming) names.set(naming.name, naming.file);
}

function synced(disk: Disk, path: string): void {
  const what = disk.names.get(path);
  if (what === 'folder') {
    for (const naming of disk.namings.filter((one) => one.in === path)) rename(disk.kept, naming);
    disk.namings.splice(0, disk.namings.length, ...disk.namings.filter((one) => one.in !== path));
  } else if (what) {
    what.synced = what.edits.reduce(edited, what.synced);
    what.edits = [];
  }
}

/** What is found after the power is back: the bytes of each file, by its path below the state folder. */
export type Image = ReadonlyMap<string, Buffer>;

/** `has`: what the disk has of a file's bytes. Files in folders that are lost are lost. */
export function imageOf(
  home: string,
  names: ReadonlyMap<string, File | 'folder'>,
  has: (file: File) => Buffer,
): Image {
  const reachable = (path: string): boolean =>
    path === home || (names.get(path) === 'folder' && reachable(dirname(path)));
  return new Map(
    [...names].flatMap(([path, file]) =>
      file === 'folder' || !reachable(dirname(path)) ? [] : [[relative(home, path), has(file)] as const],
    ),
  );
}
