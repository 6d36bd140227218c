import { endProcesses, limitProcesses } from '../aws/credential-process/running.ts';
import { createLookups, type LookedUp } from '../engine/reading/look-up-events.ts';
import { headsOf } from '../journal/evidence/heads.ts';
import type { Reconciliation } from '../model/evidence/reconciliation.ts';
import { writes } from '../model/operations.ts';
import { CredentialsError, type Reader } from '../model/reader.ts';
import { concerning } from '../model/reconciling/concerning.ts';
import type { Trail } from '../model/reconciling/matching.ts';
import { othersPage } from '../model/reconciling/others-page.ts';
import { reconcile } from '../model/reconciling/reconcile.ts';
import { toldBy, type Wanted, wantedFor } from '../model/reconciling/told.ts';
import { defined } from '../model/text/defined.ts';
import { escapeControlChars } from '../model/text/escape-control-chars.ts';
import { neutral, type Own } from '../model/text/own-commands.ts';
import { reconciliationOf } from '../report/reconciliation.ts';
import { reconciliationFormat, reconciliationLines } from '../report/reconciliation-lines.ts';
import { inItsDemo, isOfADemo } from './in-its-demo.ts';
import { acceptsAtTerminal } from './planning/at-terminal.ts';
import { type CheckOptions, credentialsToCheck, runToCheck } from './planning/run-to-check.ts';
import { processTimeout } from './process/credential-process.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { ascii } from './process/json.ts';
import { print } from './process/output.ts';
import { operator, program } from './process/program.ts';
import { Left, listen, sleep } from './process/shutdown.ts';
import { type Accepted, acceptedFor } from './reconciling/accepted.ts';
import { writeDown } from './runs/write-down.ts';

export interface ReconcileOptions extends CheckOptions {
  readonly own?: Own; // its commands, as they are typed here
  readonly maxPages?: number; // of an account and Region
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
}
/** Some four minutes at AWS's pace. */
const usualPages = 400;

/**
 * Looks a run up in CloudTrail: each of its requests has its event, and each event with the run's id its record. Changes
 * nothing at AWS.
 */
export async function auditReconcile(options: ReconcileOptions): Promise<ExitCode> {
  const { runbook, json = false, timeout = processTimeout, now = Date.now } = options;
  const checked = await runToCheck(options);
  const { known, events, run } = checked;
  if (isOfADemo(known, options))
    return inItsDemo(known, options, (there) => auditReconcile({ ...options, ...there }));
  const { folder, header } = known;
  const heads = await headsOf(folder);
  const told = toldBy(run, events, heads);
  if (told.sent.length === 0)
    throw new CliError(
      exitCodes.prerequisite,
      `Run ${header.run} has sent nothing to AWS yet: there is nothing to look for.`,
      'Name another run: --run ID.',
    );
  const { answers, accounts } = await credentialsToCheck(options, checked);
  const leaving = listen({
    streams: [process.stdout, process.stderr],
    again: (code) => process.exit(code),
  });
  limitProcesses(timeout);
  try {
    const accepted = await acceptedFor({
      ...{
        runbook,
        base: { header, events },
        run,
        answers,
        accounts,
        yes: options.yes,
        accepts: acceptsAtTerminal(),
        leaving,
        env: options.env,
      },
      ...defined({ answered: options.answered }),
    });
    const [refusal] = accepted.refused;
    if (refusal && (accepted.ways.size === 0 || refusal.code === exitCodes.answerNeeded))
      throw new CliError(refusal.code, refusal.says[0] ?? '', refusal.says.slice(1).join(' '));
    const wanted = wantedFor(told, { run, events, operations: Object.keys(writes), now: now() });
    const pause = options.sleep ?? ((ms: number) => sleep(ms, leaving.signal));
    const lookups = createLookups(
      { now, sleep: pause },
      options.maxPages ?? usualPages,
      concerning(told),
      othersPage(told),
    );
    const { trail, lost } = await lookUp(wanted, accepted, lookups);
    const found = reconcile(told, trail, now());
    const result = reconciliationOf({ told, found, run });
    const notRecorded = await writeDown(folder, run, {
      ...{ type: 'reconciled', by: operator(), program, ...result },
    });
    const lines = reconciliationLines(result, events.length).map(options.own ?? neutral);
    if (json) process.stdout.write(`${asJson(header.run, result, notRecorded === undefined)}\n`);
    else print(`${lines.join('\n')}\n`);
    for (const { says } of accepted.refused) print(`${escapeControlChars(says.join(' '))}\n`, 'stderr');
    if (notRecorded !== undefined) print(`Not recorded in the journal: ${notRecorded}\n`, 'stderr');
    return codeOf(result, lost || accepted.refused.length > 0);
  } catch (error) {
    if (!(error instanceof Left)) throw error;
    throw new CliError(
      leaving.code() ?? exitCodes.interrupted,
      'Exited before everything was checked.',
      'Nothing was changed, and nothing was written down.',
    );
  } finally {
    await endProcesses();
    limitProcesses(undefined);
    leaving.end();
  }
}

/** Accounts and Regions at the same time: AWS counts each by itself. `lost`: credentials ended in between. */
async function lookUp(
  wanted: readonly Wanted[],
  { ways }: Accepted,
  lookups: ReturnType<typeof createLookups>,
): Promise<{ readonly trail: Trail; readonly lost: boolean }> {
  const places = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const key = `${one.account} ${one.region}`;
    places.set(key, [...(places.get(key) ?? []), one]);
  }
  let lost = false;
  const one = async (way: Reader | undefined, wish: Wanted): Promise<LookedUp> => {
    const unread = (why: string): LookedUp => {
      const { account, region, source, from } = wish;
      return { events: [], looked: [{ account, region, source, from, until: 0, why }] };
    };
    if (way === undefined) return unread(`no credentials of account ${wish.account} were accepted`);
    try {
      return await lookups.look(way, wish);
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      lost = true;
      return unread(error.message);
    }
  };
  const each = await Promise.all(
    [...places.values()].map(async (there) => {
      const found: LookedUp[] = [];
      for (const wish of there) found.push(await one(ways.get(wish.account), wish));
      return found;
    }),
  );
  const all = each.flat();
  const trail = {
    events: [...new Map(all.flatMap(({ events }) => events.map((event) => [event.id, event]))).values()],
    looked: all.flatMap(({ looked }) => looked),
  };
  return { trail, lost };
}

function asJson(run: string, { waiting, ...result }: Reconciliation, recorded: boolean): string {
  const times = waiting.map(({ says, again }) => ({ says, again: new Date(again).toISOString() }));
  return ascii(JSON.stringify({ format: reconciliationFormat, run, ...result, waiting: times, recorded }));
}

/** 2 where something differs, 6 where credentials are missing, 3 where something is to be awaited or could not be looked up. */
function codeOf({ differences, waiting, unseen }: Reconciliation, credentials: boolean): ExitCode {
  if (differences.length > 0) return exitCodes.changesPending;
  if (credentials) return exitCodes.credentials;
  return waiting.length + unseen.length > 0 ? exitCodes.parked : exitCodes.done;
}
