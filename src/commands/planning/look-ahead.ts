import { endProcesses, limitProcesses } from '../../aws/credential-process/running.ts';
import { createEngine } from '../../engine/engine.ts';
import { planRun } from '../../engine/planning/plan-run.ts';
import { planUndo } from '../../engine/planning/plan-undo.ts';
import { schema } from '../../journal/format.ts';
import { type Header, readJournal } from '../../journal/journal.ts';
import { newId } from '../../journal/new-id.ts';
import type { Event } from '../../model/event.ts';
import type { Told } from '../../model/exchange/exchange.ts';
import { parkedIn } from '../../model/progress/handoff.ts';
import type { RunPlan } from '../../model/progress/run-plan.ts';
import type { Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import type { Step } from '../../model/step.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { wire } from '../process/create-ports.ts';
import { processTimeout } from '../process/credential-process.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { operator as operatorName, program } from '../process/program.ts';
import { Left, listen } from '../process/shutdown.ts';
import type { Known } from '../runs/find-run.ts';
import { allRuns, HandedOff, type Place } from '../runs/runs.ts';
import { type Answers, namedOtherwise } from '../unattended/answers.ts';
import { checkedFirst, type FirstChecks } from '../unattended/check-first.ts';
import { decide } from '../unattended/decisions.ts';
import type { Reason } from '../unattended/operator.ts';
import type { Accepts } from './at-terminal.ts';
import { memoryJournal } from './memory-journal.ts';
import { type Accounts, type PlanningOperator, planningOperator } from './planner.ts';

/** What a look ahead begins with: a run as its journal has it, or one that is not begun. */
export interface Base {
  readonly header: Header;
  readonly events: readonly Event[];
}

/** The run that `run` would go on with here, or a new one. Nothing is written. Throws `CliError` and `JournalError`. */
export async function baseAt(
  home: string,
  runbook: Runbook,
  place: Place,
  { run, fresh = false }: { readonly run?: string | undefined; readonly fresh?: boolean | undefined } = {},
): Promise<Base> {
  const all = await allRuns(home, runbook);
  const here = all.filter(
    ({ header, foreign }) =>
      !foreign && header.endpoint === place.endpoint && header.simulated === place.simulated,
  );
  const named = run === undefined ? undefined : all.find(({ header }) => header.run === run);
  const known =
    named ??
    (fresh || run !== undefined ? undefined : (here.findLast((one) => !one.finished) ?? here.at(-1)));
  return known ? baseOf(known) : newBase(run ?? newId(), place);
}
/** The same of a run that is known. Throws `CliError`. */
export async function baseOf(known: Known): Promise<Base> {
  if (known.foreign) throw known.foreign;
  const { header, events } = await readJournal(known.folder);
  const given = parkedIn(events);
  if (given) throw new HandedOff(known, given);
  return { header, events };
}
const newBase = (run: string, { endpoint, simulated, scenario }: Place): Base => ({
  header: {
    ...{ journal: schema, run, program, simulated, endpoint },
    ...defined({ scenario }),
    started: new Date().toISOString(),
  },
  events: [],
});

export interface LookOptions {
  readonly runbook: Runbook;
  readonly base: Base;
  readonly answers: Answers;
  readonly env: Environment;
  readonly steps?: readonly Step[]; // those that are looked at; all unless given
  readonly undo?: boolean | undefined; // what the run made is undone
  readonly yes: boolean;
  /** Asks somebody who is there, where nothing was agreed to before. */
  readonly accepts?: Accepts | undefined;
  /** The identities that are taken, where a run or a plan is tied to some. */
  readonly accounts?: Accounts;
  readonly timeout?: number | undefined; // milliseconds for a credential_process
  readonly answered?: Told | undefined; // of every answer of AWS
  readonly changed?: ((run: Run) => Promise<void>) | undefined; // told of the run after each event
}
/** What was seen, and what would be done. */
export interface Ahead {
  readonly plan: RunPlan;
  readonly run: Run; // as it would be: in memory only
  readonly refused: Reason | undefined; // why credentials were not taken
  readonly dangers: ReadonlyMap<string, readonly string[]>;
}

/** Looks at the whole run with the credentials that the answers name. Reads only; what it sees is kept in memory. */
export async function lookAhead(options: LookOptions): Promise<Ahead> {
  const { runbook, base, answers, env, yes, accepts, accounts, timeout = processTimeout, answered } = options;
  const journal = memoryJournal(base.header, base.events);
  const { run: id, simulated, endpoint } = base.header;
  if (base.events.every(({ type }) => type === 'repaired'))
    await journal.append({ type: 'started', run: id, simulated, endpoint, runbook: runbook.id });
  const undo = options.undo ?? false;
  await journal.append({
    ...{ type: 'opened', by: operatorName(), program },
    ...defined({ undoing: undo ? true : undefined }),
  });
  const leaving = listen({
    streams: [process.stdout, process.stderr],
    again: (code) => process.exit(code),
  });
  limitProcesses(timeout);
  const { steps } = runbook;
  let told: PlanningOperator | undefined;
  const answering = (file: () => Answers): PlanningOperator => {
    told = planningOperator(file, { yes, accepts }, () => ports.run(), accounts);
    return told;
  };
  const checks: FirstChecks = {
    ...{ file: answers, runbook, say: () => {}, engine: () => engine },
    decide: async (named) => {
      const before = journal.events().length;
      // A plan changes nothing: that an answer differs from an earlier one is asked about where it is carried out.
      await decide({ answers: named }, ports, steps, Object.keys(named), () => {});
      return journal.events().length > before;
    },
  };
  const operator = undo ? answering(() => answers) : checkedFirst(answering, checks);
  const ports = wire(journal, runbook, {
    ask: operator.ask,
    unattended: true,
    show: () => {},
    leaving: leaving.signal,
    env,
    answered,
    ...defined({ changed: options.changed }),
  });
  const engine = createEngine(ports, steps);
  try {
    await options.changed?.(ports.run());
    for (const actor of namedOtherwise(answers, ports.run())) engine.forgotten.add(actor);
    if (!undo) await decide(answers, ports, steps, Object.keys(answers.answers), () => {});
    const plan = undo
      ? await planUndo(steps, engine)
      : await planRun(options.steps ?? steps, engine, { asks: () => told?.asks() });
    return {
      ...{ plan, run: ports.run(), refused: operator.reason() },
      dangers: told?.dangers() ?? new Map(),
    };
  } catch (error) {
    if (!(error instanceof Left)) throw error;
    throw new CliError(
      leaving.code() ?? exitCodes.interrupted,
      'Exited before everything was checked.',
      'Nothing was changed.',
    );
  } finally {
    await endProcesses();
    limitProcesses(undefined);
    leaving.end();
  }
}
/** Refuses a look for which credentials were not taken. Throws `CliError`. */
export function refuseUnaccepted({ refused }: Ahead): void {
  if (refused) throw new CliError(refused.code, ...split(refused.says));
}
const split = ([first = 'No credentials were accepted.', ...rest]: readonly string[]): [string, string] => [
  first,
  rest.join(' '),
];
