import type { Command } from 'commander';
import { defined } from '../../model/text/defined.ts';
import { asCommand } from '../../model/text/own-commands.ts';
import type { RunFlags, UndoFlags } from '../process/flags.ts';
import {
  answerOption,
  delegationLagOption,
  faultOption,
  keepOption,
  messageOption,
  newOption,
  rateOption,
  runOption,
  scenarioOption,
  setsOption,
  shownRunOption,
  usersOption,
} from '../process/options.ts';
import type { Context } from './context.ts';
import { changing } from './option-groups.ts';

type Globals = { readonly run?: string; readonly new?: true };

/** What makes changes, or undoes them. */
export function defineRuns(root: Command, { book, recording, done, given, lead }: Context): void {
  root
    .command('demo')
    .description('the guided run in a simulated organization: no AWS account, no credentials')
    .option(...scenarioOption)
    .option('--fresh', 'begin again, in a new organization', false)
    .option(...usersOption)
    .option(...setsOption)
    .option(...rateOption)
    .option(...delegationLagOption)
    .option(...faultOption)
    .action(async (options: Omit<import('../demo.ts').DemoOptions, 'home' | 'runbook'>) => {
      const { demo } = await import('../demo.ts');
      done(await demo({ ...(await given()), ...options, ...recording.of() }));
    });

  changing(
    root
      .command('run')
      .description('run unattended from an answers file, in plain lines')
      .option('--answers <file>', 'JSON or YAML file with profiles and answers')
      .option(...answerOption)
      .option('--yes', 'accept the credentials and confirm routine changes', false)
      .option('--json', 'events as JSON lines on standard output, all else on standard error')
      .option('--questions', 'print an answers file with every question, and exit')
      .option('--reclaim <id>', 'reclaim a run that was handed off: the hand-off’s id')
      .option(...messageOption)
      .option(...runOption)
      .option(...newOption),
  ).action(async ({ answers, questions, simulate, ...options }: RunFlags, command: Command) => {
    const { run, template } = await import('../run.ts');
    if (questions) return void process.stdout.write(`${template(await book.load())}\n`);
    if (answers === undefined && options.answer?.length === 0)
      command.error(
        `Name the answers file: --answers FILE. Its form: ${asCommand('cw-runbook run --questions')}`,
      );
    const { run: id, new: fresh } = command.optsWithGlobals<Globals>();
    const named = { ...options, ...defined({ answers, run: id, fresh }), ...recording.of() };
    const at = await given();
    await lead(simulate, (there) => run({ ...at, ...named, ...there }));
  });

  changing(
    root
      .command('undo')
      .description(
        'undo what a run made, newest first; you review each change and confirm it by typing a name',
      )
      .option('--answers <file>', 'unattended, in plain lines: JSON or YAML file with profiles')
      .option('--yes', 'accept the credentials', false)
      .option('--reclaim <id>', 'reclaim the run first, where it was handed off: the hand-off’s id')
      .option(...shownRunOption)
      .option(...keepOption),
  ).action(async ({ simulate, ...options }: UndoFlags, command: Command) => {
    const { undo } = await import('../undo.ts');
    const { run } = command.optsWithGlobals<Globals>();
    const named = { ...(await given()), ...options, ...defined({ run }), ...recording.of() };
    await lead(simulate, (there) => undo({ ...named, ...there }));
  });
}
