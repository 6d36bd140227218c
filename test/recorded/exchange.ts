import { readdirSync, readFileSync } from 'node:fs';
import type { Service } from '../../src/simulator/protocol/model.ts';

// A recorded answer of AWS: one line of JSON. The members before `abridged` are those of the files that the program
// records; what follows them is for what was found elsewhere. README.md says how a row is added.

export interface Exchange {
  readonly exchange: 1; // the format
  readonly operation: string; // sso:ListInstances
  /** In which it was answered, in words: situations.ts knows those of the table. */
  readonly situation?: string;
  readonly request: Members;
  /** One of these two. */
  readonly answer?: Members;
  readonly error?: RecordedError;
  readonly source?: string;

  /** What is shown is real, and more of it was left out by whoever showed it. */
  readonly abridged?: true;
  /** AWS answered so once. The simulator does not any more. */
  readonly past?: true;
  /** How it is played to the program, where that is not as situation and operation say. */
  readonly play?: Play;
  /** What the program does then. Absent: it is not asked for by the program, or not played to it. */
  readonly expect?: Expectation;
}
export type Members = { readonly [name: string]: unknown };
export interface RecordedError {
  readonly name: string;
  readonly status: number; // HTTP
  /** Absent where only its length was recorded. */
  readonly message?: string;
  readonly length?: number;
  readonly members: Members; // Reason, ResourceType …
}
interface Play {
  readonly scenario?: string; // of the simulated organization behind it: fresh
  readonly times?: number | 'always'; // of how many requests it is the answer: of all, where it is an answer; of one, where it is an error
  readonly undo?: true; // played while the run is taken back
  readonly answers?: Readonly<Record<string, string>>; // of the operator, besides the usual ones
  readonly confirm?: readonly string[]; // what the operator confirms, besides the usual accounts
}
interface Expectation {
  readonly exit: number;
  readonly says?: string; // a regular expression
}

export const partsOf = ({ operation }: Pick<Exchange, 'operation'>): readonly [Service, string] => {
  const [service = '', name = ''] = operation.split(':');
  return [service as Service, name];
};
export const titleOf = ({ operation, situation }: Exchange): string =>
  situation === undefined ? operation : `${operation}: ${situation}`;

/** The rows of a file of recorded answers. Throws an Error that names the line which is none. */
export function exchangesIn(text: string, file: string): readonly Exchange[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [exchangeOf(line, `${file}:${index + 1}`)]));
}
function exchangeOf(line: string, place: string): Exchange {
  const read = JSON.parse(line) as Partial<Exchange> & { readonly unreadable?: unknown };
  if (read.exchange !== 1 || typeof read.operation !== 'string' || typeof read.request !== 'object')
    throw new Error(`${place} is no recorded exchange of this format`);
  if ([read.answer, read.error, read.unreadable].filter((one) => one !== undefined).length !== 1)
    throw new Error(`${place} has to hold one of answer, error and unreadable`);
  return read as Exchange;
}

const folder = new URL('./answers/', import.meta.url);
/** All rows of all files in answers/, but for what was no answer of a service. */
export const recorded: readonly Exchange[] = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => exchangesIn(readFileSync(new URL(name, folder), 'utf8'), name))
  .filter(({ answer, error }) => answer !== undefined || error !== undefined);
