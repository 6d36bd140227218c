import type { Command } from 'commander';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/** For words of which the last is no command below those before it: `['audit', 'exported']`. */
export function unknownCommand(words: readonly string[], parent: Command): CliError {
  const above = words
    .slice(0, -1)
    .map((word) => `${word} `)
    .join('');
  const names = [...parent.commands.map((one) => one.name()), ...(above === '' ? ['help'] : [])];
  const asTyped = names.map((name) => `${above}${name}`);
  return new CliError(
    exitCodes.usage,
    `There is no command “${words.join(' ')}”. ${didYouMean(words.at(-1) ?? '', names).replace('“', `“${above}`)}`.trim(),
    `Commands: ${asTyped.join(', ')}. ${asCommand('cw-runbook help COMMAND')} shows how one is used.`,
  );
}

/** Refuses a word that is no command before its flags are: they would be called unknown. Throws `CliError`. */
export function refuseUnknownCommand(argv: readonly string[], root: Command): void {
  const words = root.parseOptions([...argv]).operands;
  const asked = words[0] === 'help';
  const [first, second] = asked ? words.slice(1) : words;
  if (first === undefined || first === 'help' || first === root.name()) return; // help cw-runbook
  const command = root.commands.find((one) => one.name() === first);
  if (!command) throw unknownCommand([first], root);
  const known = command.commands.some((one) => one.name() === second) || second === 'help';
  if (second !== undefined && command.commands.length > 0 && !known)
    throw unknownCommand([first, second], command);
}

/** `help runs remove` as `runs remove --help`: the library's own looks at the first word only. */
export const withHelpOfNested = (argv: readonly string[]): readonly string[] =>
  argv[0] === 'help' && argv.length > 2 ? [...argv.slice(1), '--help'] : argv;
