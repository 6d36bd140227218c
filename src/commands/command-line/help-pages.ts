import type { Command } from 'commander';
import type { RunbookHead } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import { everyCommand, pathOf } from '../process/command-tree.ts';
import { recordingIn } from '../record/recording.ts';
import type { HelpPage, HelpPages } from './help-text.ts';
import { manualPage } from './man.ts';
import { belowOptions, defineCommands } from './root.ts';

/** What commander prints as the help of a command, in a window of so many columns. */
export function printedHelp(command: Command, columns: number): string {
  let printed = '';
  const { writeOut, getOutHelpWidth } = command.configureOutput();
  command.configureOutput({
    getOutHelpWidth: () => columns,
    writeOut: (text) => {
      printed += text;
    },
  });
  command.outputHelp();
  command.configureOutput({
    ...defined({ writeOut: writeOut || undefined, getOutHelpWidth: getOutHelpWidth || undefined }),
  });
  return printed;
}
function pageOf(command: Command): HelpPage {
  const all = printedHelp(command, 100_000);
  const below = belowOptions(command);
  const after = below === '' ? '' : `${below}\n`;
  const helper = command.createHelp();
  return { terms: helper.padWidth(command, helper), text: all.slice(0, all.length - after.length), after };
}
/** What the build runs, to prepare what is told of the commands of a runbook's program: it is no part of what is shipped. */
export function prepared(head: RunbookHead) {
  const load = () => Promise.reject(new Error('Nothing is run here.'));
  const root = defineCommands(() => undefined, recordingIn(), { head, load });
  const commands = everyCommand(root);
  const pages: HelpPages = Object.fromEntries(commands.map((one) => [pathOf(one), pageOf(one)]));
  return { commands, pages, manual: manualPage(root) };
}
