import type { OutputConfiguration } from 'commander';
import { asCommand, type Own } from '../../model/text/own-commands.ts';
import { print } from '../process/output.ts';
import { helpSpelled } from './help-spelled.ts';

/** How help and errors of a command are printed. `path`: how the command is typed. */
export const printing = (own: Own, path: string): OutputConfiguration => ({
  writeOut: (text) => void process.stdout.write(helpSpelled(text, own)),
  writeErr: (text) => void process.stderr.write(helpSpelled(text, own)),
  outputError: (text) => print(own(usageError(text, path)), 'stderr'),
});

type Reading = readonly [form: RegExp, says: (found: readonly string[], path: string) => string];

/** What the library says of a wrong command line, in our words: what was found, and what to do. `path`: the command's. */
function usageError(text: string, path: string): string {
  const said = text.replace(/^error: /, '').trimEnd();
  for (const [form, says] of readings) {
    const found = form.exec(said);
    if (found) return `${says(found.slice(1), path)}\n`;
  }
  return `${said}\n`;
}

const helpOf = (path: string): string =>
  asCommand(path === 'cw-runbook' ? 'cw-runbook --help' : `cw-runbook help ${path}`);
const shows = (path: string): string => `${helpOf(path)} shows the options.`;

const readings: readonly Reading[] = [
  [
    /^unknown option '(.*?)'(?:\n\((Did you mean .*\?)\))?$/s,
    ([option, near], path) => `There is no option “${option}”.${near ? ` ${near}` : ''}\n${shows(path)}`,
  ],
  [
    /^option '(?:-\w, )?(--[\w-]+)( .*)' argument missing$/,
    ([option, value], path) => `Option ${option} needs a value: ${option}${value}.\n${shows(path)}`,
  ],
  [
    /^required option '(?:-\w, )?(--[\w-]+)( .*)?' not specified$/,
    ([option, value = ''], path) => `Option ${option} is missing: ${option}${value}.\n${shows(path)}`,
  ],
  [
    /^missing required argument '(.*)'$/,
    ([name], path) => `The argument <${name}> is missing.\n${helpOf(path)} shows what it can be.`,
  ],
  [
    /^too many arguments.*\. Expected (\d+) arguments? but got (\d+)\.$/,
    ([takes, given], path) =>
      `Too many arguments: ${path} takes ${takes === '0' ? 'none' : takes}, and ${given} ${given === '1' ? 'was' : 'were'} given.\n${shows(path)}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*?)'\. (.*)$/s,
    ([value, name, allowed]) => `There is no ${name} “${value}”. ${allowed}`,
  ],
  [
    /^option '(--[\w-]+)[^']*' argument '(.*)' is invalid\. (.*)$/s,
    ([option, value, allowed]) => `${option} cannot be “${value}”. ${allowed}`,
  ],
];
