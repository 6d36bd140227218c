import { lstat, rm, writeFile } from 'node:fs/promises';
import type { Event } from '../../model/event.ts';
import { foldRun } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { addressees, messageLines } from '../../model/text/message.ts';
import { neutral, type Own } from '../../model/text/own-commands.ts';
import { type Card, cardOf } from '../../report/card.ts';
import { cardLines } from '../../report/card-lines.ts';
import { CliError, exitCodes } from '../process/exit.ts';

/** The card of a run, by its events. */
export const cardFrom = (events: readonly Event[], runbook: Runbook): Card =>
  cardOf(foldRun(events, runbook), runbook);

/** The card as it is printed for others to read along: nothing of it names more of a person than their user name. */
export const maskedCard = (card: Card, own: Own = neutral): readonly string[] =>
  cardLines(card, { width: Math.min(80, process.stdout.columns || 80), masked: true, own });

/** What a run that has finished says last. `message`: the file that gets the message. Throws `CliError`. */
export async function endCard(
  events: readonly Event[],
  runbook: Runbook,
  { message, own }: { readonly message?: string; readonly own?: Own },
): Promise<readonly string[]> {
  const card = cardFrom(events, runbook);
  return [
    '',
    ...maskedCard(card, own),
    ...(message === undefined ? [] : [await writeMessage(message, card)]),
  ];
}

/**
 * Writes the message for the new administrator into a file of its own, which only the operator can read. A file that is
 * there is replaced. Throws `CliError`.
 */
export async function writeMessage(file: string, { message, run }: Card): Promise<string> {
  if (!message)
    throw new CliError(
      exitCodes.parked,
      `Run ${run} has no message for a new administrator: it is not finished.`,
      'Finish the run first.',
    );
  const text = [`To: ${addressees(message, false).join(', ')}`, '', ...messageLines(message)];
  try {
    const there = await lstat(file).catch(() => undefined);
    if (there && !there.isFile()) throw new Error('it is not a plain file');
    await rm(file, { force: true });
    await writeFile(file, `${text.map(escapeControlChars).join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new CliError(
      exitCodes.usage,
      `The message cannot be written to ${file}: ${(error as Error).message}`,
      'Name another file: --message FILE.',
    );
  }
  return `The message for ${addressees(message, true).join(', ')} is in ${file}. Send it, then delete the file.`;
}
