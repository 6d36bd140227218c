import { Command, type Option } from 'commander';
import { stateHome, stateToRead } from '../../journal/state-home.ts';
import type { Book } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { asCommand, neutral, type Own } from '../../model/text/own-commands.ts';
import { type Authority, authorityIn, authorizable } from '../process/authorizing.ts';
import { everyCommand, pathOf } from '../process/command-tree.ts';
import { putInForce } from '../process/environment.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { help } from '../process/flags.ts';
import { newOption, profileOption, runOption } from '../process/options.ts';
import { version } from '../process/program-version.ts';
import { type Recording, recordOption } from '../record/recording.ts';
import type { Context } from './context.ts';
import { examplesOf } from './examples.ts';
import { defineHandoffs } from './handoffs.ts';
import { defineLooks } from './looks.ts';
import { definePlans } from './plans.ts';
import { defineRuns } from './runs.ts';
import { defineTools } from './tools.ts';
import { unknownCommand } from './unknown-command.ts';
import { printing } from './usage-errors.ts';

/** Every command, its options and its help: what completions and the manual page are made of, too. */
export function defineCommands(
  done: (code: number) => void,
  recording: Recording,
  book: Book,
  own: Own = neutral,
  started: Environment = {},
): Command {
  let env = started;
  let authority: Authority = { told: {}, required: {} };
  const home = async (folder: Promise<string>) => ({
    ...{ runbook: await book.load(), home: await folder, own, env, authority },
  });
  const context: Context = {
    ...{ book, recording, done, own },
    given: () => home(stateHome(env)),
    toRead: () => home(stateToRead(env)),
    schemaOf: async (of) => done((await import('../planning/print-schema.ts')).printSchema(of)),
    lead: async (simulate, lead) => {
      if (simulate === undefined) return done(await lead({ env }));
      const { simulating } = await import('../simulating.ts');
      done(await simulating({ simulate, home: await stateHome(env), own, env }, lead));
    },
  };
  const root = new Command('cw-runbook')
    .description(book.head.description)
    .usage('[options] [command]')
    .argument('[command]')
    .version(version)
    .option(...runOption)
    .option(...newOption)
    .option(...profileOption)
    .option('--ascii', 'draw the screen with ASCII characters only')
    .option('--plain', 'lines of text instead of a screen')
    .option(...recordOption)
    .hook('preAction', async (command, asked) => {
      const { ascii, plain, profile } = command.opts<{ ascii?: true; plain?: true; profile?: string }>();
      env = {
        ...env,
        ...defined({ CW_RUNBOOK_ASCII: ascii && '1', CW_RUNBOOK_PLAIN: plain && '1' }),
      };
      if (profile !== undefined) env = await withProfile(profile, asked.name(), env);
      authority = authorityIn(asked.optsWithGlobals());
      await recording.begin(asked);
    })
    .helpCommand('help [command]', 'show the help of a command')
    .action(async (name: string | undefined, options: { run?: string; new?: true; profile?: string }) => {
      if (name !== undefined) throw unknownCommand([name], root);
      const { run, new: fresh, profile } = options;
      const { guided } = await import('../guided.ts');
      const { placeNow } = await import('../runs/place-now.ts');
      const place = await placeNow(env, profile === undefined ? undefined : [profile]);
      done(
        await guided({ ...(await context.given()), place, ...defined({ run, fresh }), ...recording.of() }),
      );
    });
  defineRuns(root, context);
  definePlans(root, context);
  defineHandoffs(root, context);
  defineLooks(root, context);
  defineTools(root, context);
  for (const command of [root, ...root.commands.filter((one) => changing.includes(one.name()))])
    authorizable(command);
  for (const command of everyCommand(root)) {
    command.configureOutput(printing(own, pathOf(command)));
    command.exitOverride().allowExcessArguments(false);
    command.configureHelp({ optionDescription: describeOption, visibleArguments, commandUsage });
    command.addHelpText('after', () => belowOptions(command));
  }
  return root;
}

/** What stands below the options of a command: of the program, what holds for all of them too. */
export const belowOptions = (command: Command): string =>
  [examplesOf(command), ...(command.parent ? [] : [help])].filter(Boolean).join('\n');

/** The commands that change something, besides the guided run. */
const changing = ['demo', 'run', 'undo', 'apply', 'resume'];

/** What `--profile` does: the run offers it first. Throws `CliError` where there is no such profile, or nobody to choose. */
async function withProfile(profile: string, name: string, env: Environment): Promise<Environment> {
  if (name === 'doctor') return env; // it says itself what is wrong with a profile
  if (!['cw-runbook', 'undo', 'resume'].includes(name))
    throw new CliError(
      exitCodes.usage,
      `${name} takes no --profile.`,
      name === 'run'
        ? 'Name the profile for each account in the answers file: "profiles": {"management": "…"}.'
        : '--profile goes with the guided run, undo, resume and doctor.',
    );
  const { refuseMissingProfile } = await import('../runs/place-now.ts');
  await refuseMissingProfile(profile, env);
  return putInForce({ ...env, AWS_PROFILE: profile });
}

const commandUsage = (command: Command): string =>
  `${asCommand(command.parent ? `cw-runbook ${pathOf(command)}` : 'cw-runbook')} ${command.usage()}`;

/** Its choices, and a default that says something: not “false”, nor an empty list. */
function describeOption({ description, argChoices, defaultValue }: Option): string {
  const choices = argChoices ? `: ${argChoices.join(' or ')}` : '';
  const says = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  return `${description}${choices}${says ? ` (default: ${defaultValue})` : ''}`;
}

/** What stands where a command's name does is no argument of the program. */
const visibleArguments = (command: Command) => (command.parent ? [...command.registeredArguments] : []);
