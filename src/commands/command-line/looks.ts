import { Argument, type Command } from 'commander';
import { defined } from '../../model/text/defined.ts';
import { oneOf } from '../process/flags.ts';
import { collect, jsonOption, messageOption, runOption } from '../process/options.ts';
import { defineAudits } from './audits.ts';
import type { Context } from './context.ts';

const formats = ['terraform', 'cloudformation', 'ssm', 'cli'];

type RemoveFlags = Omit<import('../runs-remove.ts').RemoveOptions, 'runbook' | 'home' | 'id'>;
type Format = import('../export.ts').ExportOptions['format'];

/** What shows runs, and asks nothing of AWS. */
export function defineLooks(root: Command, context: Context): void {
  const { done, toRead } = context;
  root
    .command('status')
    .description('show how far the run is, as last seen; asks nothing of AWS')
    .option('--commands', 'print what remains, as a script for the AWS CLI', false)
    .option(...jsonOption)
    .option(...messageOption)
    .option(...runOption)
    .action(async (options: { commands: boolean; json: boolean; message?: string }, command: Command) => {
      const { status } = await import('../status.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(await status({ ...(await toRead()), ...options, ...defined({ run }) }));
    });

  root
    .command('answers')
    .description('print the answers file of a run, for the next one')
    .option('--schema', 'the JSON Schema of the file: editors complete it', false)
    .option(...runOption)
    .action(async (options: { schema: boolean }, command: Command) => {
      const { answers } = await import('../answers.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(await answers({ ...(await toRead()), ...options, ...defined({ run }) }));
    });

  const list = root
    .command('runs')
    .description('list the runs on this machine; asks nothing of AWS')
    .option(...jsonOption)
    .action(async (options: { json: boolean }) => {
      const { runs } = await import('../runs.ts');
      done(await runs({ ...(await toRead()), ...options }));
    });
  list
    .command('remove')
    .description('move a run to a dated folder, after showing what is lost; changes nothing at AWS')
    .argument('[id]', 'the run: at least the 8 characters shown')
    .option('--forget', 'also a run that made something that is not undone', false)
    .option('--purge', 'delete for good what was removed earlier', false)
    .option('--yes', 'agree without being asked', false)
    .option('--confirm <id>', 'agree to --forget without being asked: the run’s id', collect, [])
    .action(async (id: string | undefined, options: RemoveFlags) => {
      const { runsRemove } = await import('../runs-remove.ts');
      done(await runsRemove({ ...(await toRead()), ...defined({ id }), ...options }));
    });

  root
    .command('export')
    .description(
      'export a run’s setup for Terraform, CloudFormation, SSM or the AWS CLI; asks nothing of AWS',
    )
    .addArgument(new Argument('<format>', 'for which').choices(formats).argParser(oneOf(formats)))
    .option('--out <path>', 'the file, or the folder for them; printed unless given')
    .option('--force', 'overwrite what is there', false)
    .option('--remaining', 'cli: only what the run has not seen done', false)
    .option(...runOption)
    .action(async (format: Format, options: object, command: Command) => {
      const { exportRun } = await import('../export.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(await exportRun({ ...(await toRead()), format, ...options, ...defined({ run }) }));
    });

  defineAudits(root, context);
}
