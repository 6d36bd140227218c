import { unmarked } from '../../model/text/own-commands.ts';

/** The version of what `--json` prints. A member that goes, or means something else, raises it; a new one does not. */
const version = 1;

/**
 * Prints one JSON object on standard output, in ASCII: a name with control characters changes no terminal. docs/json.md
 * says what it holds.
 */
export const printJson = (kind: 'runs' | 'status' | 'doctor' | 'audit-list', members: object): void =>
  void process.stdout.write(`${ascii(JSON.stringify({ version, kind, ...members }, undefined, 2))}\n`);

/** The same JSON value. */
export const ascii = (json: string): string =>
  unmarked(json).replace(/[^ -~\n]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
