import type { Command } from 'commander';
import type { Told } from '../../model/exchange/exchange.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import type { Recorder } from './recorder.ts';

export const recordOption = [
  '--record <folder>',
  'keep what AWS answers there, without names and ids: a new folder, or an empty one',
] as const;

/** The commands that talk to AWS, or to a simulated one. '': the guided run. */
const talking: readonly string[] = ['cw-runbook', 'demo', 'run', 'undo', 'resume', 'doctor'];

/** What `--record` asks for, of one command. */
export interface Recording {
  /** Throws `CliError` where nothing can be recorded, before anything else is done. */
  begin(command: Command): Promise<void>;
  /** What the command is handed. */
  of(): { readonly answered?: Told };
  /** The recorder, also where none was asked for: then in a new folder here. */
  readonly needed: () => Promise<Recorder>;
  /** Says what was kept. */
  end(): void;
}
export function recordingIn(): Recording {
  let recorder: Recorder | undefined;
  let name = '';
  const into = async (folder: string): Promise<Recorder> => {
    const { recorderInto } = await import('./recorder.ts');
    return recorderInto(folder, name === 'cw-runbook' ? 'guided' : name);
  };
  return {
    begin: async (command) => {
      const { record } = command.optsWithGlobals<{ record?: string }>();
      name = command.name();
      if (record === undefined) return;
      if (!talking.includes(name))
        throw new CliError(
          exitCodes.usage,
          `${name} asks AWS nothing: there is nothing to record.`,
          `--record goes with ${talking.slice(1).join(', ')}, and with the guided run.`,
        );
      recorder = await into(record);
    },
    of: () => (recorder ? { answered: recorder.answered } : {}),
    needed: async () => {
      recorder ??= await into(`cw-runbook-record-${new Date().toISOString().replace(/[:.]/g, '')}`);
      return recorder;
    },
    end: () => {
      for (const line of recorder?.end() ?? []) process.stdout.write(`${escapeControlChars(line)}\n`);
      recorder = undefined;
    },
  };
}
