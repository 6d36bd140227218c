import type { Check } from '../aws/checkup/check.ts';
import { checkup } from '../aws/checkup/checkup.ts';
import { endProcesses, limitProcesses } from '../aws/credential-process/running.ts';
import type { Told } from '../model/exchange/exchange.ts';
import { sourceName } from '../model/identity.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { neutral, type Own } from '../model/text/own-commands.ts';
import { processTimeout } from './process/credential-process.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { printJson } from './process/json.ts';
import { offerTerminal } from './process/offer-terminal.ts';
import { print } from './process/output.ts';
import { program } from './process/program.ts';
import type { Recorder } from './record/recorder.ts';
import type { Place } from './runs/runs.ts';

export interface DoctorOptions {
  readonly env: Environment;
  readonly profile?: string;
  readonly offline: boolean;
  readonly json?: boolean;
  /** Holds what AWS answers against its service models and the simulator. */
  readonly compare?: boolean;
  readonly yes?: boolean; // the credentials are accepted for that
  readonly recorder?: () => Promise<Recorder>; // where the comparison is kept
  readonly answered?: Told; // of every answer of AWS
  readonly timeout?: number; // milliseconds for a credential_process that does not have the terminal
  readonly place?: Place; // a simulated organization, instead of AWS
  readonly own?: Own; // this program's own commands, as they are typed here
}

/** Says why credentials work or do not, a line for each thing that was looked at. */
export async function doctor(options: DoctorOptions): Promise<ExitCode> {
  const { env, offline, answered, timeout = processTimeout, own = neutral } = options;
  if (options.compare && offline)
    throw new CliError(
      exitCodes.usage,
      '--compare asks AWS, and --offline asks nothing.',
      'Give one of the two.',
    );
  if (options.compare && options.json)
    throw new CliError(exitCodes.usage, '--compare prints a report, and no JSON.', 'Choose one of the two.');
  const profile = options.place?.simulated ? profileThere(options.profile) : options.profile;
  limitProcesses(timeout);
  const stop = offerTerminal();
  const { source, checks } = await checkup(
    { offline, program, ...defined({ profile, answered }) },
    env,
  ).finally(async () => {
    stop();
    limitProcesses(undefined);
    await endProcesses();
  });
  const failing = checks.filter(({ is }) => is === 'fails');
  const code =
    failing.length === 0
      ? exitCodes.done
      : failing.every(({ passing }) => passing)
        ? exitCodes.parked
        : exitCodes.credentials;
  if (options.json) {
    printJson('doctor', {
      source,
      offline,
      checks,
      failing: failing.map(({ about }) => about),
      exitCode: code,
    });
    return code;
  }
  const say = (line: string): void => print(`${own(line)}\n`);
  say(`Checked: ${sourceName(source)}`);
  for (const check of checks) for (const line of linesOf(check)) say(line);
  if (failing.length === 0) {
    if (options.compare && options.recorder) {
      const { firstContact } = await import('./first-contact/first-contact.ts');
      return firstContact({ source, env, recorder: options.recorder, yes: options.yes ?? false });
    }
    say(offline ? 'Nothing fails, as far as can be seen without asking AWS.' : 'Nothing fails.');
    return code;
  }
  say(`Fails: ${failing.map(({ about }) => about).join(', ')}.`);
  return code;
}

/** A simulated organization hands out two: the management account's stands for any that it does not know. */
const profileThere = (name: string | undefined): string => (name === 'delegated' ? name : 'management');

const linesOf = ({ is, about, found, remedy }: Check): readonly string[] => [
  `${is.padEnd(9)}${about}: ${found}`,
  ...(remedy === undefined || is === 'ok' ? [] : [`${' '.repeat(9)}what to do: ${remedy}`]),
];
