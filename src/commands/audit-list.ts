import { basename } from 'node:path';
import { JournalError } from '../journal/errors.ts';
import { everyJournal, type Found, headerFound, remembered } from '../journal/evidence/population.ts';
import { readJournal } from '../journal/journal.ts';
import { authorizationIn, selfApproval } from '../model/evidence/authorization.ts';
import { foldRun, made } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { defined } from '../model/text/defined.ts';
import { type Period, periodOf } from './auditing/period.ts';
import { type ExitCode, exitCodes } from './process/exit.ts';
import { printJson } from './process/json.ts';
import { print } from './process/output.ts';
import { shortId } from './runs/find-run.ts';
import { ofAnother } from './runs/other-runbook.ts';
import { placeIn, type RunState, stateOf } from './runs/run-summary.ts';

export interface AuditList {
  readonly runbook: Runbook;
  readonly home: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}
/** A run of the population. What is not known of it is absent. */
interface Listed {
  readonly id: string;
  readonly short: string;
  /** Where its journal is: among the runs, moved to `removed/`, or gone: then only the settings remember it. */
  readonly kept: 'here' | 'removed' | 'gone';
  readonly state: RunState | 'gone';
  readonly simulated: boolean;
  readonly scenario?: string;
  readonly endpoint?: string;
  readonly begun: string; // ISO 8601
  readonly last?: string; // ISO 8601
  readonly records?: number;
  readonly closed?: boolean;
  readonly head?: string; // SHA-256 of the last record's line
  readonly sent?: number; // calls
  readonly changes?: number; // of these, what took effect and was not undone
  readonly operators?: readonly string[];
  readonly switched?: number; // how often another caller was accepted in somebody's place
  readonly ticket?: string;
  readonly requestedBy?: string;
  readonly approvedBy?: string;
  readonly selfApproved?: boolean;
  readonly journal?: string; // the folder
  readonly why?: string; // it cannot be read
}

/**
 * Lists every run that this state folder knows of: what a sample is drawn from. Those that ended early, demos, and runs
 * that were removed are among them. Nothing is asked of AWS, and nothing is changed. Throws `CliError`.
 */
export async function auditList({ runbook, home, from, to, json = false }: AuditList): Promise<ExitCode> {
  const period = periodOf(from, to);
  const all = (await population(home, runbook)).filter((one) => isIn(period, one));
  if (json) printJson('audit-list', { ...defined({ from, to }), runs: all });
  else print(`${tableOf(all).join('\n')}\n`);
  return exitCodes.done;
}

/** Newest first. */
async function population(home: string, runbook: Runbook): Promise<readonly Listed[]> {
  const kept = await Promise.all((await everyJournal(home)).map((found) => listed(found, runbook)));
  const known = new Set(kept.map(({ id }) => id));
  const gone = (await remembered(home)).flatMap(({ id, opened, ...place }): readonly Listed[] =>
    known.has(id)
      ? []
      : [{ ...{ id, short: shortId(id), kept: 'gone', state: 'gone', begun: opened }, ...placeIn(place) }],
  );
  return [...kept, ...gone].toSorted((a, b) => b.begun.localeCompare(a.begun));
}

async function listed({ folder, kept }: Found, runbook: Runbook): Promise<Listed> {
  try {
    const { header, events, head } = await readJournal(folder);
    const run = foldRun(events, runbook);
    const at = events.at(-1)?.at;
    const foreign = ofAnother(runbook, header.run, events) !== undefined;
    const { ticket, requestedBy, approvedBy } = authorizationIn(events);
    const operators = events.flatMap((event) =>
      event.type === 'opened' || event.type === 'took-over' || event.type === 'reclaimed' ? [event.by] : [],
    );
    return {
      ...{ id: header.run, short: shortId(header.run), kept, begun: header.started, ...placeIn(header) },
      state: foreign ? 'other-runbook' : stateOf(run, runbook),
      ...defined({ last: at === undefined ? undefined : new Date(at).toISOString() }),
      ...{ records: events.length, closed: events.at(-1)?.type === 'closed', head, journal: folder },
      sent: run.attempts.length,
      ...defined({ changes: foreign ? undefined : runbook.steps.flatMap(({ id }) => made(run, id)).length }),
      operators: [...new Set(operators)],
      ...defined({
        switched: events.filter((event) => event.type === 'identified' && event.replaces).length || undefined,
        ticket,
        requestedBy,
        approvedBy,
        selfApproved: approvedBy === undefined ? undefined : selfApproval(events) !== undefined,
      }),
    };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    const header = await headerFound(folder);
    const id = header?.run ?? basename(folder);
    return {
      ...{ id, short: shortId(id), kept, state: 'unreadable', begun: header?.started ?? '' },
      ...(header ? placeIn(header) : { simulated: false }),
      ...{ journal: folder, why: error.message },
    };
  }
}

/** One of which it is not known when it was is in every period: it must not be passed over. */
const isIn = ({ from, to }: Period, { begun, last = begun }: Listed): boolean =>
  begun === '' || (Date.parse(begun) < to && Date.parse(last) >= from);

function tableOf(all: readonly Listed[]): readonly string[] {
  if (all.length === 0) return ['No runs on this machine in that time.'];
  const rows = all.map((one) => [
    ...[one.short, one.begun.slice(0, 16).replace('T', ' '), (one.last ?? '').slice(0, 16).replace('T', ' ')],
    one.simulated ? `demo ${one.scenario}` : one.endpoint === 'aws' ? 'AWS' : (one.endpoint ?? ''),
    `${one.state}${one.kept === 'removed' ? ', removed' : ''}`,
    one.changes === undefined ? '' : String(one.changes),
    one.closed === undefined ? '' : one.closed ? 'closed' : 'not closed',
    one.ticket ?? '',
    `${one.approvedBy ?? ''}${one.selfApproved ? ' (self)' : ''}`,
    `${(one.operators ?? []).join(', ')}${one.switched ? ' (identity switched)' : ''}`,
  ]);
  const table = [
    [
      'RUN',
      'BEGUN (UTC)',
      'LAST (UTC)',
      'WHERE',
      'STATE',
      'CHANGES',
      'JOURNAL',
      'TICKET',
      'APPROVED BY',
      'BY',
    ],
    ...rows,
  ];
  const widths = (table[0] ?? []).map((_, n) => Math.max(...table.map((row) => (row[n] ?? '').length)));
  return [
    ...table.map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    '',
    ...all.flatMap(({ short, why }) => (why === undefined ? [] : [`${short} cannot be read. ${why}`])),
    `${all.length} ${all.length === 1 ? 'run' : 'runs'}. Plans, and runs that were left before credentials were accepted, changed nothing and are not kept.`,
  ];
}
