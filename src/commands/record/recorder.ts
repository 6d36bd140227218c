import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Exchange, Told } from '../../model/exchange/exchange.ts';
import { createPlaceholders } from '../../model/exchange/placeholders.ts';
import { exchangeOf, lineOf } from '../../model/exchange/record.ts';
import { defined } from '../../model/text/defined.ts';
import { models } from '../../simulator/protocol/model.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { program } from '../process/program.ts';

/** Keeps what AWS answers in a file, cut down to what may be handed around. */
export interface Recorder {
  /** Cuts down an answer and keeps it. Whatever goes wrong with that is told at the end: the run is not stopped by it. */
  readonly answered: Told;
  /** The same, without keeping it: `keep` does. `situation`: in which it was answered. */
  cut(answered: Parameters<Told>[0], situation?: string): Exchange;
  keep(exchange: Exchange): void;
  /** Ends it. What was kept, in lines for the operator. */
  end(): readonly string[];
}

/**
 * A recorder that writes into a new folder, which nobody else can read. Throws `CliError` where the folder holds something.
 * `command`: which one of the program the answers are from.
 */
export function recorderInto(
  folder: string,
  command: string,
  now: () => number = Date.now,
): Recorder & { readonly file: string } {
  const file = join(resolve(folder), 'exchanges.jsonl');
  const opened = openIn(folder, file);
  const stand = createPlaceholders();
  const counts = new Map<string, number>();
  let failed: string | undefined;
  const day = new Date(now()).toISOString().slice(0, 10);

  const cut: Recorder['cut'] = (answered, situation) =>
    exchangeOf(models, answered, stand, {
      source: `${program} ${command}, ${day}, ${answered.at === 'aws' ? 'AWS' : 'another endpoint than AWS'}`,
      ...defined({ situation }),
    });
  const keep = (exchange: Exchange): void => {
    if (failed !== undefined) return;
    // One write for a line, so that a process that dies leaves whole ones.
    const line = Buffer.from(lineOf(exchange));
    if (writeSync(opened, line) < line.length) throw new Error('the disk is full');
    counts.set(exchange.operation, (counts.get(exchange.operation) ?? 0) + 1);
  };
  return {
    file,
    cut,
    keep,
    answered: (answered) => {
      try {
        keep(cut(answered));
      } catch (error) {
        failed ??= error instanceof Error ? error.message : String(error);
      }
    },
    end: () => {
      closeSync(opened);
      const all = [...counts.values()].reduce((sum, one) => sum + one, 0);
      return [
        ...(failed === undefined ? [] : [`Recording stopped on the way: ${failed}`]),
        `Recorded ${all} ${all === 1 ? 'exchange' : 'exchanges'} in ${file}`,
        ...[...counts].map(([operation, n]) => `  ${String(n).padStart(5)}  ${operation}`),
        'It contains no names, ids, ARNs, or e-mail addresses, and no credentials. Read it before you hand it on.',
      ];
    },
  };
}

function openIn(folder: string, file: string): number {
  const unusable = (what: string): CliError =>
    new CliError(exitCodes.usage, `--record ${folder}: ${what}.`, 'Name a new folder, or an empty one.');
  let there: readonly string[] | undefined;
  try {
    there = readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') throw unusable('it is no folder');
    if (code !== 'ENOENT') throw unusable(`it cannot be read (${code})`);
  }
  if (there && there.length > 0) throw unusable('the folder is not empty');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    throw unusable(`it cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
