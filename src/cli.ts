import { Argument, Command, Option } from 'commander';
import { head } from '../steps/product.ts';
import { withFlagsOfToday } from './commands/process/earlier-flags.ts';
import { exitCodes } from './commands/process/exit.ts';
import { explain } from './commands/process/explain.ts';
import { help, type RunFlags, type UndoFlags } from './commands/process/flags.ts';
import {
  confirmOption,
  delegationLagOption,
  faultOption,
  keepOption,
  milliseconds,
  paceOption,
  patienceOption,
  pollOption,
  port,
  rateOption,
  reconfirmOption,
  setsOption,
  usersOption,
} from './commands/process/options.ts';
import { describeLost, watchOutput } from './commands/process/output.ts';
import { version } from './commands/process/program.ts';
import { ignoreInspectorSignal, timeoutOption } from './commands/process/startup.ts';
import { type Recording, recordingIn, recordOption } from './commands/record/recording.ts';
import { stateHome, stateToRead } from './journal/state-home.ts';
import type { Book } from './model/runbook.ts';

/** The runbook that the program leads through. */
const ours: Book = { head, load: async () => (await import('../steps/index.ts')).ours };

/** A whole process: one command, what it printed gone out, and the process ended with the command's exit code. */
export async function cli(argv: readonly string[]): Promise<void> {
  ignoreInspectorSignal();
  const lost = watchOutput(process.stdout);
  watchOutput(process.stderr);
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.exitCode = await command(argv);
  // Once what was said has gone out: a look at AWS that nobody waits for any more must not keep the process alive.
  await new Promise((resolve) => process.stdout.write('', resolve));
  await new Promise(setImmediate); // an error is told after the write that it is of
  const why = lost();
  if (why !== undefined) {
    process.exitCode ||= exitCodes.unexpected;
    process.stderr.write(describeLost(why));
  }
  process.stderr.write('', () => process.exit());
}

/** Arguments → one command, loading only what that command needs. What it resolves to is the exit code. */
export async function command(argv: readonly string[], book: Book = ours): Promise<number> {
  let ended: number = exitCodes.done;
  const done = (code: number): void => {
    ended = code;
  };
  const recording = recordingIn();
  try {
    await commandLine(done, recording, book).parseAsync(withFlagsOfToday(argv), { from: 'user' });
    return ended;
  } catch (error) {
    return explain(error);
  } finally {
    recording.end();
  }
}

function commandLine(done: (code: number) => void, recording: Recording, book: Book): Command {
  /** What most commands are given. */
  const given = async (home = stateHome()) => ({ runbook: await book.load(), home: await home });
  const root = new Command('cw-runbook')
    .description(book.head.description)
    .version(version)
    .option('--run <id>', 'the run to go on with, where there is more than one')
    .option('--new', 'begin a new run')
    .option('--ascii', 'draw the screen with ASCII characters only')
    .option('--plain', 'lines of text instead of a screen')
    .option(...recordOption)
    .addHelpText('after', help)
    .hook('preAction', async (command, asked) => {
      const { ascii, plain } = command.opts<{ ascii?: true; plain?: true }>();
      if (ascii) process.env.CW_RUNBOOK_ASCII = '1';
      if (plain) process.env.CW_RUNBOOK_PLAIN = '1';
      await recording.begin(asked);
    })
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
    .allowExcessArguments(false)
    .action(async ({ run, new: fresh }: { run?: string; new?: true }) => {
      const { guided } = await import('./commands/guided.ts');
      const { placeNow } = await import('./commands/runs/environment.ts');
      const named = { ...(run ? { run } : {}), ...(fresh ? { fresh } : {}) };
      done(await guided({ ...(await given()), place: await placeNow(), ...named, ...recording.of() }));
    });

  root
    .command('demo')
    .description('the guided run in a simulated organization: no AWS account, no credentials')
    .option('--scenario <name>', 'which organization', 'fresh')
    .option('--fresh', 'begin anew, in a new organization', false)
    .option(...usersOption)
    .option(...setsOption)
    .option(...rateOption)
    .option(...delegationLagOption)
    .option(...faultOption)
    .action(async (options: Omit<import('./commands/demo.ts').DemoOptions, 'home' | 'runbook'>) => {
      const { demo } = await import('./commands/demo.ts');
      done(await demo({ ...(await given()), ...options, ...recording.of() }));
    });

  root
    .command('run')
    .description('the same, answered from a file, in plain lines')
    .option('--answers <file>', 'JSON file with profiles and answers')
    .option('--yes', 'accept the credentials and confirm routine changes', false)
    .option(...confirmOption)
    .option(...reconfirmOption)
    .option('--questions', 'print an answers file with every question, and end')
    .option('--reclaim <id>', 'take back the run that was handed off: the hand-off’s id')
    .option(...pollOption)
    .option(...patienceOption)
    .option(...timeoutOption)
    .option(...paceOption)
    .action(async ({ answers, questions, ...options }: RunFlags, command: Command) => {
      const { run, template } = await import('./commands/run.ts');
      if (questions) return void process.stdout.write(`${template(await book.load())}\n`);
      if (answers === undefined)
        command.error('Name the answers file: --answers FILE. Its form: cw-runbook run --questions');
      const { run: id, new: fresh } = command.optsWithGlobals<{ run?: string; new?: true }>();
      const named = { ...(id ? { run: id } : {}), ...(fresh ? { fresh } : {}) };
      done(await run({ ...(await given()), answers, ...options, ...named, ...recording.of() }));
    });

  root
    .command('undo')
    .description('take back what a run made, the last first; each change is shown, and wants a name typed')
    .option('--answers <file>', 'without a terminal, in plain lines: JSON file with profiles')
    .option('--yes', 'accept the credentials', false)
    .option('--reclaim <id>', 'take back the run itself that was handed off: the hand-off’s id')
    .option(...keepOption)
    .option(...confirmOption)
    .option(...reconfirmOption)
    .option(...pollOption)
    .option(...patienceOption)
    .option(...timeoutOption)
    .option(...paceOption)
    .action(async (options: UndoFlags, command: Command) => {
      const { undo } = await import('./commands/undo.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(
        await undo({
          ...(await given()),
          ...options,
          ...(run ? { run } : {}),
          ...recording.of(),
        }),
      );
    });

  root
    .command('status')
    .description('how far the run is, as last seen; asks nothing of AWS')
    .option('--commands', 'what remains, as a script for the AWS CLI', false)
    .action(async ({ commands }: { commands: boolean }, command: Command) => {
      const { status } = await import('./commands/status.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(
        await status({
          ...(await given(stateToRead())),
          commands,
          ...(run ? { run } : {}),
        }),
      );
    });

  root
    .command('handoff')
    .description('park the run, and write the file with which somebody else goes on (it names people)')
    .option('--to <file>', 'the file, or the folder for it; else in this folder')
    .option('--note <text>', 'what the next person should know')
    .action(async (options: { to?: string; note?: string }, command: Command) => {
      const { handoff } = await import('./commands/handoff.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(
        await handoff({
          ...(await given()),
          ...options,
          ...(run ? { run } : {}),
        }),
      );
    });

  root
    .command('resume')
    .description('go on with a run that somebody has handed off')
    .argument('<file>', 'the file that handoff has written')
    .option('--answers <file>', 'without a terminal, in plain lines: JSON file with profiles and answers')
    .option('--yes', 'take it over, accept the credentials and confirm routine changes', false)
    .option(...keepOption)
    .option(...confirmOption)
    .option(...reconfirmOption)
    .option(...pollOption)
    .option(...patienceOption)
    .option(...timeoutOption)
    .option(...paceOption)
    .action(async (file: string, options: UndoFlags) => {
      const { resume } = await import('./commands/resume.ts');
      done(
        await resume({
          ...(await given()),
          file,
          ...options,
          ...recording.of(),
        }),
      );
    });

  const audit = root.command('audit').description('the audit log');
  audit
    .command('export')
    .description('print it')
    .addOption(new Option('--format <format>', 'how').choices(['markdown', 'jsonl']).default('markdown'))
    .option('--file <file>', 'of the run in a hand-off’s file')
    .action(async (options: { format: 'markdown' | 'jsonl'; file?: string }, command: Command) => {
      const { auditExport } = await import('./commands/audit-export.ts');
      const { run } = command.optsWithGlobals<{ run?: string }>();
      done(
        await auditExport({
          ...(await given(stateToRead())),
          ...options,
          ...(run ? { run } : {}),
        }),
      );
    });

  root
    .command('export')
    .description(
      'write a run’s set-up down for the engine that keeps it: docs/export.md; asks nothing of AWS',
    )
    .addArgument(new Argument('<format>', 'for which').choices(['terraform', 'cloudformation', 'ssm', 'cli']))
    .option('--out <path>', 'the file, or the folder for them; else printed')
    .option('--force', 'overwrite what is there', false)
    .option('--remaining', 'cli: only what the run has not seen done', false)
    .action(
      async (
        format: import('./commands/export.ts').ExportOptions['format'],
        options: object,
        command: Command,
      ) => {
        const { exportRun } = await import('./commands/export.ts');
        const { run } = command.optsWithGlobals<{ run?: string }>();
        done(
          await exportRun({ ...(await given(stateToRead())), format, ...options, ...(run ? { run } : {}) }),
        );
      },
    );

  root
    .command('doctor')
    .description(
      'say why credentials work or do not; asks AWS who they are, and nothing else without --compare',
    )
    .option(
      '--profile <name>',
      'the profile to look at; else AWS_PROFILE’s, or the environment’s credentials',
    )
    .option('--offline', 'send nothing at all, and start no credential_process', false)
    .option('--compare', 'make every read of the runbook, and say where AWS differs from what we know', false)
    .option('--yes', 'accept the credentials for that', false)
    .option(...timeoutOption)
    .action(async (options: import('./commands/doctor.ts').DoctorOptions) => {
      const { doctor } = await import('./commands/doctor.ts');
      done(await doctor({ ...options, recorder: recording.needed, ...recording.of() }));
    });

  root
    .command('permissions')
    .description('print the least IAM policy that each actor needs')
    .addOption(new Option('--actor <actor>', 'only this one').choices(book.head.actors))
    .option('--undo', 'with what taking a run back needs', false)
    .option('--management-target', 'with what a set and assignments in the management account need', false)
    .option('--key <arn>', 'with the customer-managed key that encrypts IAM Identity Center')
    .action(async (options: Omit<import('./commands/permissions.ts').PermissionsOptions, 'runbook'>) => {
      const { permissions } = await import('./commands/permissions.ts');
      done(permissions({ runbook: await book.load(), ...options }));
    });

  root
    .command('simulator')
    .description('serve a simulated organization on 127.0.0.1, for any AWS client')
    .option('--port <port>', 'port; 0: any that is free', port, 0)
    .option('--scenario <name>', 'which organization', 'fresh')
    .option(...usersOption)
    .option(...setsOption)
    .option(...rateOption)
    .option('--latency <ms>', 'before each answer', milliseconds)
    .option('--lag <ms>', 'until what was written can be read', milliseconds)
    .option(...delegationLagOption)
    .option('--settle <ms>', 'until asynchronous requests end', milliseconds)
    .option('--state <file>', 'keep the organization in this file')
    .option('--profiles <dir>', 'write AWS config and credentials files there')
    .option('--sso', 'with profiles that log in to the simulated access portal')
    .option('--session <ms>', 'how long the credentials of such a profile last', milliseconds)
    .option(...faultOption)
    .action(async (options: import('./commands/simulator.ts').SimulatorOptions) => {
      const { simulator } = await import('./commands/simulator.ts');
      done(await simulator(options));
    });
  for (const command of [audit, ...root.commands, ...audit.commands])
    command.exitOverride().allowExcessArguments(false);
  return root;
}
