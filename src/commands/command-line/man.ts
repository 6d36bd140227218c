import type { Command } from 'commander';
import { unmarked } from '../../model/text/own-commands.ts';
import { everyCommand, pathOf } from '../process/command-tree.ts';
import { exitCodesSaid } from '../process/flags.ts';
import { version } from '../process/program-version.ts';
import { examplesIn } from './examples.ts';

/** The manual page of the program, as `man` reads it, made of the commands themselves. */
export function manualPage(root: Command): string {
  const commands = everyCommand(root).slice(1);
  return `${[
    `.TH CW-RUNBOOK 1 "" "cw-runbook ${roff(version)}"`,
    '.SH NAME',
    roff('cw-runbook - a runbook in the terminal for an AWS organization'),
    '.SH SYNOPSIS',
    '.B cw-runbook',
    roff('[options] [command]'),
    '.SH DESCRIPTION',
    roff(root.description()),
    '.SH OPTIONS',
    ...optionsOf(root),
    '.SH COMMANDS',
    ...commands.flatMap((command) => [
      `.SS ${roff(`${pathOf(command)} ${usageOf(command)}`.trim())}`,
      roff(capital(command.description())),
      ...optionsOf(command),
    ]),
    '.SH EXAMPLES',
    ...everyCommand(root).flatMap((command) =>
      examplesIn(command).flatMap(([line, does]) => [
        '.TP',
        `.B ${roff(unmarked(line))}`,
        roff(capital(does)),
      ]),
    ),
    '.SH EXIT STATUS',
    ...exitCodesSaid.flatMap(([code, says]) => ['.TP', `.B ${code}`, roff(says)]),
    '.SH ENVIRONMENT',
    '.TP',
    '.B CW_RUNBOOK_HOME',
    roff('The folder that keeps runs and settings; the user’s data folder unless set.'),
    '.TP',
    '.B AWS_PROFILE, AWS_CONFIG_FILE, AWS_ENDPOINT_URL',
    roff('As in every program of the AWS SDK.'),
  ].join('\n')}\n`;
}

const usageOf = (command: Command): string =>
  command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`)).join(' ');
const optionsOf = (command: Command): readonly string[] =>
  command.options.flatMap(({ flags, description }) => [
    '.TP',
    `.B ${roff(flags)}`,
    roff(capital(description)),
  ]);
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Text as roff reads it: hyphens that can be copied, and nothing at a line's beginning that is a request. */
function roff(text: string): string {
  const plain = text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/[“”]/g, (one) => (one === '“' ? '\\(lq' : '\\(rq'))
    .replace(/’/g, '\\(cq')
    .replace(/…/g, '...')
    .replace(/\n/g, ' ');
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
