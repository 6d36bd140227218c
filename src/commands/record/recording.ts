import type { Command } from 'commander';
import type { Told } from '../../model/exchange/exchange.ts';
import { defined } from '../../model/text/defined.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { everyCommand, pathOf } from '../process/command-tree.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import type { Recorder } from './recorder.ts';

export const recordOption = [
  '--record <folder>',
  'keep what AWS answers there, without names and ids: a new folder, or an empty one',
] as const;

/** Whether a command talks to AWS, or to a simulated one: what does can be rehearsed, and the guided run has the demo. */
const talks = (command: Command): boolean =>
  command.parent === null ||
  command.name() === 'demo' ||
  command.options.some(({ long }) => long === '--simulate');

const talkingBeside = (command: Command): readonly string[] =>
  command.parent
    ? talkingBeside(command.parent)
    : everyCommand(command).flatMap((one) => (one.parent && talks(one) ? [pathOf(one)] : []));

/** What `--record` asks for, of one command. */
export interface Recording {
  /** Throws `CliError` where nothing can be recorded, before anything else is done. */
  begin(command: Command): Promise<void>;
  /** What the command is handed. */
  of(): { readonly answered?: Told };
  /** The recorder, also where none was asked for: then in a new folder here. */
  readonly needed: () => Promise<Recorder>;
  /** Says what was kept: beside JSON on standard error. */
  end(): void;
}
export function recordingIn(): Recording {
  let recorder: Recorder | undefined;
  let name = '';
  let told: NodeJS.WritableStream = process.stdout;
  const into = async (folder: string): Promise<Recorder> => {
    const { recorderInto } = await import('./recorder.ts');
    return recorderInto(folder, name === 'cw-runbook' ? 'guided' : name);
  };
  return {
    begin: async (command) => {
      const { record, json } = command.optsWithGlobals<{ record?: string; json?: boolean }>();
      name = command.name();
      told = json ? process.stderr : process.stdout;
      if (record === undefined) return;
      if (!talks(command))
        throw new CliError(
          exitCodes.usage,
          `${name} asks AWS nothing: there is nothing to record.`,
          `--record goes with ${talkingBeside(command).join(', ')}, and with the guided run.`,
        );
      recorder = await into(record);
    },
    of: () => defined({ answered: recorder?.answered }),
    needed: async () => {
      recorder ??= await into(`cw-runbook-record-${new Date().toISOString().replace(/[:.]/g, '')}`);
      return recorder;
    },
    end: () => {
      for (const line of recorder?.end() ?? []) told.write(`${escapeControlChars(line)}\n`);
      recorder = undefined;
    },
  };
}
