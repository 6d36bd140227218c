import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crowdOf, isOfCrowd } from './bulk-users.ts';
import { enabled } from './scenario-instances.ts';
import type { Ledger, State } from './state.ts';
import { StateFileError } from './state-file-error.ts';
import type { TrailEvent } from './trail.ts';

/** What the state file holds. */
export interface Kept {
  readonly state: State;
  readonly ledger: Ledger;
  /** What CloudTrail has. Absent in files of earlier simulators. */
  trail?: TrailEvent[];
}
const kind = 'cw-runbook simulated organization';
const schema = 1;

/**
 * The organization in a file; `undefined` when there is no such file. Nothing is written. Throws `StateFileError` where
 * it cannot be read, is not ours, damaged, of another schema or of another scenario.
 */
export function load(file: string, scenario: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  let told: unknown;
  try {
    told = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StateFileError(
      file,
      error instanceof SyntaxError ? 'it is damaged, or is no state file at all' : troubleOf(error),
    );
  }
  try {
    return keptIn(told, scenario);
  } catch (error) {
    throw new StateFileError(file, (error as Error).message);
  }
}

/** What the system says is the matter with a file, or with its folder. */
function troubleOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    {
      EACCES: 'it is not ours to read or write',
      EISDIR: 'it is a folder',
      EDQUOT: 'your share of the disk is used up',
      ENOSPC: 'the disk is full',
      ENOTDIR: 'a part of its path is not a folder',
      EROFS: 'the disk is read-only',
    }[code ?? ''] ?? message
  );
}

/**
 * The organization in what a state file holds, its crowd of users made anew. `told`: the file's JSON. Throws an Error
 * that says what is wrong with it.
 */
export function keptIn(told: unknown, scenario: string): Kept {
  if (!isRecord(told) || told.kind !== kind) throw new Error('it is not a file of the simulator');
  if (told.schema !== schema)
    throw new Error(
      typeof told.schema === 'number' && told.schema > schema
        ? `a newer version of cw-runbook wrote it (schema ${told.schema}; this one reads only ${schema})`
        : `its schema is ${String(told.schema)}, and this program reads only ${schema}`,
    );
  const { state, ledger, trail = [] } = told;
  if (
    !isState(state) ||
    !isRecord(ledger) ||
    !Array.isArray(ledger.requests) ||
    !Array.isArray(ledger.effects) ||
    !Array.isArray(trail)
  )
    throw new Error('parts of it are missing');
  if (state.scenario !== scenario)
    throw new Error(`it holds the scenario “${state.scenario}”, and “${scenario}” was asked for`);
  const { crowd = 0 } = state;
  if (crowd > 0) state.users = [...state.users, ...crowdOf(state.seed, crowd, enabled)];
  return { state, ledger: { requests: ledger.requests, effects: ledger.effects }, trail };
}

/**
 * Replaces the file in one step, on disk before this returns: what was answered is never lost. Throws `StateFileError`
 * where it cannot be written.
 */
export function save(file: string, kept: Kept): void {
  try {
    replace(file, kept);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new StateFileError(file, troubleOf(error), ['ENOSPC', 'EDQUOT'].includes(code));
  }
}
function replace(file: string, { state, ledger, trail = [] }: Kept): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  const to = openSync(temporary, 'w', 0o600);
  try {
    const users = state.crowd ? state.users.filter((user) => !isOfCrowd(user)) : state.users;
    writeSync(to, JSON.stringify({ kind, schema, state: { ...state, users }, ledger, trail }));
    fsyncSync(to);
  } finally {
    closeSync(to);
  }
  renameSync(temporary, file);
  syncFolder(dirname(file));
}

/** Makes the rename itself durable. Windows cannot open a folder: there the rename has to do. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const lists = [
  'accounts',
  'trusted',
  'delegated',
  'optedIn',
  'users',
  'groups',
  'sets',
  'assignments',
  'requests',
];
const isState = (value: unknown): value is State =>
  isRecord(value) &&
  typeof value.seed === 'string' &&
  typeof value.scenario === 'string' &&
  typeof value.drawn === 'number' &&
  typeof value.nextAccount === 'string' &&
  isRecord(value.organization) &&
  lists.every((name) => Array.isArray(value[name]));
