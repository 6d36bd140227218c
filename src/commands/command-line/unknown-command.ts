import type { Command } from 'commander';
import { didYouMean } from '../../model/text/did-you-mean.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/** For a first word that is no command. */
export function unknownCommand(name: string, root: Command): CliError {
  const names = [...root.commands.map((one) => one.name()), 'help'];
  return new CliError(
    exitCodes.usage,
    `There is no command “${name}”. ${didYouMean(name, names)}`.trim(),
    `Commands: ${names.join(', ')}. cw-runbook help COMMAND shows how one is used.`,
  );
}

/** Refuses a first word that is no command before its flags are: they would be called unknown. Throws `CliError`. */
export function refuseUnknownCommand(argv: readonly string[], root: Command): void {
  const [first, second] = root.parseOptions([...argv]).operands;
  const name = first === 'help' ? second : first;
  if (name === undefined || name === 'help' || root.commands.some((one) => one.name() === name)) return;
  if (name === root.name()) return; // help cw-runbook
  throw unknownCommand(name, root);
}
