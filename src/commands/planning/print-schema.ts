import { schemas } from '../../report/schemas.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';
import { ascii } from '../process/json.ts';

/** Prints the JSON Schema of what a command prints with `--json`. */
export function printSchema(of: keyof typeof schemas): ExitCode {
  process.stdout.write(`${ascii(JSON.stringify(schemas[of], undefined, 2))}\n`);
  return exitCodes.done;
}
