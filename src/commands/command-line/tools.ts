import { Argument, type Command, Option } from 'commander';
import { oneOf } from '../process/flags.ts';
import {
  delegationLagOption,
  faultOption,
  jsonOption,
  milliseconds,
  port,
  rateOption,
  scenarioOption,
  setsOption,
  simulateOption,
  trailDelayOption,
  usersOption,
} from '../process/options.ts';
import { timeoutOption } from '../process/timeout-option.ts';
import type { Context } from './context.ts';

const shells = ['bash', 'zsh', 'fish'];
type DoctorFlags = import('../doctor.ts').DoctorOptions & { readonly simulate?: string | true };

/** What helps with a run: credentials, permissions, a simulated organization, the shell. */
export function defineTools(root: Command, { book, recording, done, lead, own }: Context): void {
  root
    .command('doctor')
    .description('diagnose credentials; asks AWS who they are, and nothing else without --compare')
    .option('--profile <name>', 'the profile to check; else AWS_PROFILE’s, or the environment’s credentials')
    .option('--offline', 'send nothing at all, and start no credential_process', false)
    .option(
      '--compare',
      'make every read of the runbook, and show where AWS differs from what we know',
      false,
    )
    .option('--yes', 'accept the credentials for that', false)
    .option(...jsonOption)
    .option(...timeoutOption)
    .option(...simulateOption)
    .action(async (_: unknown, command: Command) => {
      const { doctor } = await import('../doctor.ts');
      const { simulate, ...options } = command.optsWithGlobals<DoctorFlags>();
      const named = { ...options, own, recorder: recording.needed, ...recording.of() };
      await lead(simulate, (there) => doctor({ ...named, ...there }));
    });

  root
    .command('permissions')
    .description('print the least IAM policy that each of the two accounts’ credentials need')
    .addOption(
      new Option('--actor <actor>', 'only this one')
        .choices(book.head.actors)
        .argParser(oneOf(book.head.actors)),
    )
    .option('--undo', 'with what undoing a run needs', false)
    .option('--management-target', 'with what a set and assignments in the management account need', false)
    .option('--key <arn>', 'with the customer managed key that encrypts IAM Identity Center')
    .action(async (options: Omit<import('../permissions.ts').PermissionsOptions, 'runbook'>) => {
      const { permissions } = await import('../permissions.ts');
      done(permissions({ runbook: await book.load(), ...options }));
    });

  root
    .command('simulator')
    .description('serve a simulated organization on 127.0.0.1, for any AWS client')
    .option('--port <port>', 'port; 0: any that is free', port, 0)
    .option(...scenarioOption)
    .option(...usersOption)
    .option(...setsOption)
    .option(...rateOption)
    .option('--latency <ms>', 'before each answer', milliseconds)
    .option('--lag <ms>', 'until a change is visible to reads', milliseconds)
    .option(...delegationLagOption)
    .option(...trailDelayOption)
    .option('--settle <ms>', 'until asynchronous requests end', milliseconds)
    .option('--state <file>', 'keep the organization in this file')
    .option('--profiles <dir>', 'write AWS config and credentials files there')
    .option('--sso', 'with profiles that sign in to the simulated access portal')
    .option('--session <ms>', 'how long the credentials of such a profile last', milliseconds)
    .option(...faultOption)
    .action(async (options: import('../simulator.ts').SimulatorOptions) => {
      const { simulator } = await import('../simulator.ts');
      done(await simulator(options));
    });

  root
    .command('completion')
    .description('print the shell completion script')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells).argParser(oneOf(shells)))
    .action(async (shell: import('./completion.ts').Shell) => {
      const { completion } = await import('./completion.ts');
      done(completion(shell, root));
    });

  root
    .command('man', { hidden: true })
    .description('print the manual page, for man; the package has it')
    .action(async () => {
      const { manualPage } = await import('./man.ts');
      process.stdout.write(manualPage(root));
    });
}
