import type { Command } from 'commander';
import { head } from '../../../steps/product.ts';
import { recordingIn } from '../record/recording.ts';
import type { HelpPage, HelpPages } from './help-text.ts';
import { manualPage } from './man.ts';
import { defineCommands } from './root.ts';
import { everyCommand, pathOf } from './tree.ts';

// What the build runs, to prepare what is told of the commands: it is no part of what is shipped.
const root = defineCommands(() => undefined, recordingIn(), {
  head,
  load: () => Promise.reject(new Error('Nothing is run here.')),
});

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
  command.configureOutput({ ...(writeOut ? { writeOut } : {}), ...(getOutHelpWidth ? { getOutHelpWidth } : {}) });
  return printed;
}
function pageOf(command: Command): HelpPage {
  const all = printedHelp(command, 100_000);
  const [after = ''] = /\n(Examples|Scenarios|Exit codes):\n[\s\S]*$/.exec(all) ?? [];
  const helper = command.createHelp();
  return { terms: helper.padWidth(command, helper), text: all.slice(0, all.length - after.length), after };
}
export const commands = everyCommand(root);
export const pages: HelpPages = Object.fromEntries(commands.map((one) => [pathOf(one), pageOf(one)]));
export const manual = manualPage(root);
