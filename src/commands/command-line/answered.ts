import { fstatSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ownCommands } from '../../model/text/own-commands.ts';
import { environmentHere } from '../process/environment.ts';
import { version } from '../process/program-version.ts';
import { startedAs } from '../process/started-as.ts';
import { helpSpelled } from './help-spelled.ts';
import { type HelpPages, helpAsked, helpText } from './help-text.ts';

/**
 * Answers `--version`, and what asks for a command's help, from what the build has prepared. Returns false where
 * something else is asked, or nothing could be written: then the program proper sees to it.
 */
export function answered(argv: readonly string[]): boolean {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) return written(`${version}\n`);
  if (argv[0] !== 'help' && !/^(-h|--help)$/.test(argv.at(-1) ?? '')) return false;
  const pages = prepared();
  const name = helpAsked(argv, pages);
  const page = name === undefined ? undefined : pages[name];
  if (!page) return false;
  const started = { script: process.argv[1] ?? '', cwd: process.cwd(), env: environmentHere() };
  const own = ownCommands(startedAs(started));
  return written(helpSpelled(helpText(page, columns()), own));
}
/** Beside this file, once it is built. Where it is not there, nothing is prepared. */
function prepared(): HelpPages {
  try {
    return JSON.parse(readFileSync(join(import.meta.dirname, 'help.json'), 'utf8'));
  } catch {
    return {};
  }
}
/** To ask for standard output takes longer than all the rest: a terminal alone has columns. */
const columns = (): number => (fstatSync(1).isCharacterDevice() && process.stdout.columns) || 80;

function written(text: string): boolean {
  const bytes = Buffer.from(text);
  try {
    const count = writeSync(1, bytes);
    if (count < bytes.length) process.stdout.write(bytes.subarray(count));
    return true;
  } catch {
    return false;
  }
}
