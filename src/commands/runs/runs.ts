import { join } from 'node:path';
import { deferJournal } from '../../journal/deferred.ts';
import { JournalError, RunLocked } from '../../journal/errors.ts';
import { streamJournal } from '../../journal/evidence/stream-journal.ts';
import { schema } from '../../journal/format.ts';
import { holderOf } from '../../journal/holder.ts';
import { type Header, type Journal, openJournal, readJournal } from '../../journal/journal.ts';
import { isHeld } from '../../journal/lock.ts';
import { newId } from '../../journal/new-id.ts';
import { needRoom } from '../../journal/reserve.ts';
import { listRuns } from '../../journal/runs.ts';
import type { Event, Handoff, News } from '../../model/event.ts';
import { finishedAt, phaseOf } from '../../model/phase.ts';
import { parkedIn, wordsFor } from '../../model/progress/handoff.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import { asCommand, neutral, type Own } from '../../model/text/own-commands.ts';
import type { Authority } from '../process/authorizing.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { operator, program } from '../process/program.ts';
import { type Known, runsNamed } from './find-run.ts';
import { authorize, mandateFor, refuseUnauthorized } from './mandate.ts';
import { ofAnother } from './other-runbook.ts';
import { commandFor } from './scenario-named.ts';

/** What a run belongs to, and is refused anywhere else. `scenario`: of the demo's simulated organization. */
export interface Place {
  readonly endpoint: string; // 'aws', a URL, or 'demo:' and the simulated organization's id
  readonly simulated: boolean;
  readonly scenario?: string;
}
export const folderOf = (home: string, id: string): string => join(home, 'runs', id);

/**
 * All runs on this machine, the newest last. A run whose journal cannot be read counts as unfinished. `read`: how each
 * is read, where somebody wants what was read; unless given, no run is in memory as a whole.
 */
export async function allRuns(
  home: string,
  runbook: Runbook,
  read?: typeof readJournal,
): Promise<readonly Known[]> {
  const all: Known[] = [];
  for (const { folder, header } of await listRuns(home)) {
    try {
      const { phase, started } = await (read === undefined
        ? streamed(folder, runbook)
        : whole(read, folder, runbook));
      const foreign = ofAnother(runbook, header.run, started);
      const finished = finishedAt({ phase }) !== undefined;
      all.push({ header, folder, finished, ...defined({ foreign }) });
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      all.push({ header, folder, finished: false, unreadable: error });
    }
  }
  return all;
}
async function whole(read: typeof readJournal, folder: string, runbook: Runbook) {
  const { events } = await read(folder);
  return { phase: phaseOf(events, runbook), started: events };
}
async function streamed(folder: string, runbook: Runbook) {
  let phase = phaseOf([], runbook);
  const started: Event[] = [];
  for await (const { events } of streamJournal(folder)) {
    phase = phaseOf(events, runbook, phase);
    started.push(...events.filter(({ type }) => type === 'started'));
  }
  return { phase, started };
}
/** Of runs that cannot be read, a sentence each: they are not passed over in silence. `but`: a run that speaks for itself. */
export const describeUnreadable = (all: readonly Known[], but?: string): readonly string[] =>
  all.flatMap(({ header: { run }, unreadable }) =>
    unreadable && run !== but ? [`Run ${run} cannot be read. ${unreadable.message}`] : [],
  );
/** Whether a run was begun there. */
export const isAt = (header: Header, { endpoint, simulated, scenario }: Place): boolean =>
  header.endpoint === endpoint &&
  header.simulated === simulated &&
  (scenario === undefined || header.scenario === scenario);

export interface RunRequest {
  readonly runbook: Runbook;
  readonly home: string;
  readonly place: Place;
  readonly run?: string; // the run's id, where the operator names one
  readonly fresh?: boolean; // begin a new run
  readonly begin?: string; // the id of a run that is to be begun, where it is not there: that of a plan
  readonly reclaim?: string; // what was typed to take a run back that was handed off
  readonly undo?: boolean; // what it made is to be taken back
  readonly own?: Own; // this program's own commands, as they are typed here
  readonly authority?: Authority; // under what it is done
}
type How = Pick<RunRequest, 'runbook' | 'reclaim' | 'undo' | 'own'> & { readonly mandate: Authority };
/** The run goes on elsewhere: here it is read-only. */
export class HandedOff extends CliError {
  readonly folder: string;
  readonly handoff: Handoff;
  constructor(
    { folder, header }: Pick<Known, 'folder' | 'header'>,
    handoff: Handoff,
    { reclaim: typed, own = neutral }: Pick<How, 'reclaim' | 'own'> = {},
  ) {
    const { id, by, at } = handoff;
    super(
      exitCodes.parked,
      typed === undefined
        ? `Run ${header.run} was handed off by ${by}, ${new Date(at).toISOString()} (hand-off ${id}), and is read-only here.`
        : `“${typed}” is not the hand-off of run ${header.run}: it is ${id}. The run stays read-only here.`,
      `The person with the file continues with ${asCommand('cw-runbook resume FILE')}. If nobody does, reclaim it: ${own(commandFor(header))} in a terminal, or ${asCommand(`cw-runbook run --answers FILE --reclaim ${id}`)}.`,
    );
    this.folder = folder;
    this.handoff = handoff;
  }
}

/**
 * Opens the run to go on with, or begins one: that is in memory until an identity is accepted. Throws
 * `CliError` and `JournalError`.
 */
export async function takeUpRun(wish: RunRequest): Promise<Journal> {
  const { home, place, run, fresh, begin, authority, ...rest } = wish;
  const how: How = { ...rest, mandate: await mandateFor(home, place, authority) };
  const all = await allRuns(home, how.runbook);
  const planned = begin !== undefined && all.some(({ header }) => header.run === begin) ? begin : undefined;
  const named = run ?? planned;
  if (named !== undefined) return openNamed(all, named, place, how);
  const here = all.filter(({ header, foreign }) => !foreign && isAt(header, place));
  const next = here.findLast(({ finished }) => !finished) ?? here.at(-1);
  const anew = fresh || begin !== undefined;
  if (next && !anew) return takeUp(next, how);
  const elsewhere = all.findLast(
    ({ header, finished, foreign }) =>
      !finished && !foreign && !header.simulated && !place.simulated && header.endpoint !== place.endpoint,
  );
  if (elsewhere && !anew)
    throw new CliError(
      exitCodes.prerequisite,
      `An unfinished run (${elsewhere.header.run}) was begun at ${nameOf(elsewhere.header.endpoint)}, and the endpoint now is ${nameOf(place.endpoint)}. A run continues only where it began.`,
      'Set the endpoint as it was (AWS_ENDPOINT_URL), or begin a new run here with --new.',
    );
  const id = begin ?? newId();
  const header: Header = {
    journal: schema,
    run: id,
    program,
    simulated: place.simulated,
    endpoint: place.endpoint,
    ...defined({ scenario: place.scenario }),
    started: new Date().toISOString(),
  };
  await needRoom(home);
  const known = new Set(all.map((one) => one.header.run));
  const beginning = {
    with: ({ type }: News) => type === 'identified',
    before: async () => {
      if (!fresh) await refuseSecond(home, place, known);
    },
  };
  return opened(deferJournal(folderOf(home, id), header, beginning), how);
}
/** Another window may have begun a run here since this one found none: one is enough. Throws `JournalError`. */
async function refuseSecond(home: string, place: Place, known: ReadonlySet<string>): Promise<void> {
  const other = (await listRuns(home)).findLast(
    ({ header }) => isAt(header, place) && !known.has(header.run),
  );
  if (!other) return;
  if (await isHeld(other.folder)) throw new RunLocked(other.folder, await holderOf(other.folder));
  throw new JournalError(
    'locked',
    `Another window has begun a run here meanwhile: ${other.header.run}. Nothing was changed.`,
    'Start again: it continues with that run. To begin another one: --new.',
  );
}

export const nameOf = (endpoint: string): string => (endpoint === 'aws' ? 'AWS itself' : endpoint);

async function openNamed(all: readonly Known[], run: string, place: Place, how: How): Promise<Journal> {
  const found = runsNamed(all, run);
  const [one] = found;
  if (!one || found.length > 1)
    throw await (await import('./not-one-run.ts')).notOneRun(run, found, all, how.runbook);
  if (one.foreign) throw one.foreign;
  if (!isAt(one.header, place))
    throw new CliError(
      exitCodes.prerequisite,
      `Run ${one.header.run} was begun at ${nameOf(one.header.endpoint)}${one.header.simulated ? ' (a demo)' : ''}, and the endpoint now is ${nameOf(place.endpoint)}. A run continues only where it began.`,
      one.header.simulated
        ? `Use ${commandFor(one.header)} for it.`
        : 'Set the endpoint as it was (AWS_ENDPOINT_URL).',
    );
  return takeUp(one, how);
}

/** Opens a run that is not handed off, or takes it back. What is handed off is left as it is, to the byte. */
async function takeUp(known: Known, how: How): Promise<Journal> {
  const before = await readJournal(known.folder).catch(() => undefined); // what is wrong with it, opening it tells
  if (before) refuseParked(known, before.events, how);
  const journal = await openJournal(known.folder);
  try {
    const given = refuseParked(known, journal.events(), how);
    if (given)
      await journal.append({
        type: 'reclaimed',
        handoff: given.id,
        by: operator(),
        typed: how.reclaim ?? '',
      });
    return await opened(journal, how);
  } catch (error) {
    await journal.close();
    throw error;
  }
}
function refuseParked(
  known: Known,
  events: readonly Event[],
  how: Pick<How, 'reclaim' | 'own'>,
): Handoff | undefined {
  const { reclaim: typed } = how;
  const given = parkedIn(events);
  if (given && !(typed !== undefined && wordsFor(given).includes(typed)))
    throw new HandedOff(known, given, how);
  return given;
}

async function opened(journal: Journal, { runbook, mandate, undo = false }: How): Promise<Journal> {
  refuseUnauthorized(mandate, journal.events());
  const { run, simulated, endpoint } = journal.header;
  // Also of a run that was killed before it could say so.
  if (journal.events().every(({ type }) => type === 'repaired'))
    await journal.append({ type: 'started', run, simulated, endpoint, runbook: runbook.id });
  const before = journal.events().findLast((event) => event.type === 'opened')?.program;
  await journal.append({
    type: 'opened',
    by: operator(),
    program,
    ...defined({ undoing: undo ? true : undefined }),
  });
  if (before !== undefined && before !== program)
    await journal.append({ type: 'upgraded', from: before, to: program });
  await authorize(mandate, journal);
  return journal;
}
