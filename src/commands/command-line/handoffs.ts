import type { Command } from 'commander';
import { defined } from '../../model/text/defined.ts';
import type { UndoFlags } from '../process/flags.ts';
import { keepOption, shownRunOption } from '../process/options.ts';
import type { Context } from './context.ts';
import { changing } from './option-groups.ts';

/** A run goes on with somebody else. */
export function defineHandoffs(root: Command, { recording, done, given }: Context): void {
  root
    .command('handoff')
    .description('hand the run to somebody else: write the file they continue from (it names people)')
    .option('--to <file>', 'the file, or the folder for it; the current folder unless given')
    .option('--note <text>', 'what the next person should know')
    .option(...shownRunOption)
    .action(async (options: { to?: string; note?: string }, command: Command) => {
      const { handoff } = await import('../handoff.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(await handoff({ ...(await given()), ...options, ...defined({ run }) }));
    });

  changing(
    root
      .command('resume')
      .description('continue a run that somebody handed off')
      .argument('<file>', 'the file that handoff wrote')
      .option('--answers <file>', 'unattended, in plain lines: JSON or YAML file with profiles and answers')
      .option('--yes', 'take it over, accept the credentials and confirm routine changes', false)
      .option(...keepOption),
  ).action(async (file: string, options: UndoFlags) => {
    const { resume } = await import('../resume.ts');
    done(await resume({ ...(await given()), file, ...options, ...recording.of() }));
  });
}
