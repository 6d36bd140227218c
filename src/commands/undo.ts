import type { Told } from '../model/exchange/exchange.ts';
import { memberAccountIn } from '../model/identity.ts';
import { undoable } from '../model/progress/undoing.ts';
import type { Run } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import type { Own } from '../model/text/own-commands.ts';
import type { There } from './demo.ts';
import { guided } from './guided.ts';
import type { Authority } from './process/authorizing.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { run as unattendedRun } from './run.ts';
import { chooseRun } from './runs/choose-run.ts';
import { foldOf, newestMade } from './runs/newest-made.ts';
import { placeNow } from './runs/place-now.ts';
import type { Place } from './runs/runs.ts';
import { scenarioNamed } from './runs/scenario-named.ts';
import { refuseUnknownSteps } from './unattended/keeping.ts';
import type { Consent } from './unattended/operator.ts';
import { readAnswers } from './unattended/read-answers.ts';

export interface UndoOptions extends Consent {
  readonly runbook: Runbook;
  readonly home: string;
  readonly env: Environment;
  readonly run?: string;
  readonly answers?: string; // the file: without a terminal, in plain lines
  readonly reclaim?: string; // the id of the hand-off from which the run is taken back
  readonly pollInterval?: number;
  readonly changeTimeout?: number;
  readonly rateLimit?: number;
  readonly answered?: Told; // of every answer of AWS
  readonly timeout?: number; // milliseconds for a credential_process
  readonly place?: Place; // a simulated organization: of its runs alone
  readonly changed?: (run: Run) => Promise<void>; // told of the run after each event
  readonly own?: Own; // this program's own commands, as they are typed here
  readonly authority?: Authority; // under what it is done
}

/**
 * Takes back what a run made: the one named, else the newest real one that has made something, else the newest demo. A
 * demo's run is taken back in its own simulated organization. Throws `CliError` and `JournalError`.
 */
export async function undo({ runbook, home, run: id, answers, ...options }: UndoOptions): Promise<ExitCode> {
  refuseUnknownSteps(options.keep ?? [], runbook);
  const known =
    id === undefined
      ? await newestMade(home, runbook, options.place)
      : await chooseRun({ runbook, home, run: id, by: 'shown', ...defined({ own: options.own }) });
  const run = known && (await foldOf(known, runbook));
  if (!known || !run || undoable(runbook.steps, run).length === 0) {
    print(
      `There is nothing to undo: ${known ? `run ${known.header.run} has made nothing that is still there` : `no run ${options.place ? 'in this simulated organization' : 'on this machine'} has made anything that is still there`}.\n`,
    );
    return exitCodes.done;
  }
  const { header } = known;
  const lead = ({
    place,
    env,
    changed,
  }: Pick<There, 'place' | 'env'> & Partial<There>): Promise<ExitCode> => {
    const { answered, own, authority } = options;
    const common = {
      ...{ runbook, home, env, place, run: header.run, undo: true },
      ...defined({ answered, own, authority }),
    } as const;
    return answers === undefined
      ? guided({ ...common, ...defined({ changed }) })
      : unattendedRun({ ...options, ...common, answers });
  };
  if (options.place) {
    await options.changed?.(run);
    return lead({ place: options.place, env: options.env, ...defined({ changed: options.changed }) });
  }
  if (!header.simulated) {
    const named = answers === undefined ? [] : Object.values((await readAnswers(answers, runbook)).profiles);
    return lead({
      env: options.env,
      place: await placeNow(options.env, named.length > 0 ? named : undefined),
    });
  }
  const { inOrganization } = await import('./demo.ts');
  const delegate = memberAccountIn(run.binding);
  return inOrganization(
    {
      ...{ home, env: options.env, scenario: scenarioNamed(header.scenario ?? 'fresh') },
      ...defined({ delegate }),
    },
    lead,
  );
}
