import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { holdsMoreThanAddress } from '../../journal/format.ts';
import { type HandoffHeader, handoffBytes } from '../../journal/handoff.ts';
import { prepareFile } from '../../journal/handoff-file.ts';
import type { Journal } from '../../journal/journal.ts';
import { newId } from '../../journal/new-id.ts';
import type { Event } from '../../model/event.ts';
import { foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import { defined } from '../../model/text/defined.ts';
import { asCommand, neutral, type Own } from '../../model/text/own-commands.ts';
import { shellWord } from '../../model/text/shell.ts';
import { askedSections, doneSections, sectionLines } from '../../report/handoff.ts';
import { CliError, exitCodes } from '../process/exit.ts';
import { operator, program } from '../process/program.ts';
import { commandFor } from './scenario-named.ts';

export interface Handing {
  readonly runbook: Runbook;
  readonly home: string;
  readonly to?: string; // the file, or the folder for it
  readonly note?: string;
  /** This program's own commands, as they are typed here: in what is told, never in the file. */
  readonly own?: Own;
}
type Given = Extract<Event, { type: 'handed-off' }>;
/** A run's journal: open, or as it is on disk where the run is handed off already. */
export type Source = Pick<Journal, 'header' | 'file' | 'events'> & Partial<Pick<Journal, 'append'>>;

const names =
  'This file names people: the user names, ARNs and account ids of the callers and of the people the run is about. It contains no secrets. Give it to the next person only.';

/**
 * Hands a run off: the run here is read-only from the event on, then its file gets its name. A run that is handed off
 * already gets the same file once more. Returns what is to be told. Throws `CliError` and `JournalError`.
 */
export async function writeHandoff(
  journal: Source,
  { runbook, home, to, note, own = neutral }: Handing,
): Promise<readonly string[]> {
  if (note !== undefined) refuseNote(note);
  if (holdsMoreThanAddress(await readFile(journal.file)))
    throw new CliError(
      exitCodes.usage,
      'The journal of this run has the address of its endpoint as an earlier version wrote it: with a user name, a password or a query. The file would contain them, too. Nothing was changed.',
      'Finish the run here, or begin a new one with --new.',
    );
  const last = journal.events().at(-1);
  const before = last?.type === 'handed-off' ? last : undefined;
  const id = before?.handoff ?? newId();
  const organization = journal.header.simulated
    ? await (await import('./simulated-organization.ts')).organizationOf(home, journal.header)
    : undefined;
  const file = await prepareFile(
    await placeFor(to, id),
    id,
    await bytesOf(journal, fake(id), runbook, organization),
  );
  let given: Event;
  try {
    given =
      before ??
      (await append(journal)({
        type: 'handed-off',
        handoff: id,
        by: operator(),
        program,
        ...defined({ note }),
      }));
  } catch (error) {
    await file.discard();
    throw error;
  }
  try {
    await file.publish(await bytesOf(journal, given as Given, runbook, organization));
  } catch (error) {
    await file.discard();
    throw new CliError(
      exitCodes.journal,
      `The run is handed off (${id}) and read-only here, and its file could not be written: ${(error as Error).message}`,
      `Write it again with ${asCommand('cw-runbook handoff --to FILE')}, or reclaim the run with ${own(asCommand('cw-runbook'))}.`,
    );
  }
  return told(journal, given as Given, file.path, { runbook, own, again: before !== undefined });
}

const append = (journal: Source): Journal['append'] => {
  if (!journal.append) throw new Error('a journal that is not open cannot be handed off');
  return journal.append;
};

/** As large as the real one will be. */
const fake = (handoff: string): Given => ({
  type: 'handed-off',
  at: Date.now(),
  handoff,
  by: operator(),
  program,
});

async function bytesOf(
  journal: Source,
  given: Given,
  runbook: Runbook,
  organization: object | undefined,
): Promise<Buffer> {
  const { header } = journal;
  const run = foldOf(journal, runbook);
  const { steps } = runbook;
  const said: HandoffHeader = {
    handoff: given.handoff,
    run: header.run,
    by: given.by,
    at: new Date(given.at).toISOString(),
    program,
    simulated: header.simulated,
    endpoint: header.endpoint,
    ...defined({ note: given.note }),
    names,
    asked: Object.fromEntries(
      [...doneSections(steps, run), ...askedSections(steps, run)].map(({ title, lines }) => [title, lines]),
    ),
  };
  const bytes = await readFile(journal.file);
  return handoffBytes(said, bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1), organization);
}
const foldOf = (journal: Source, runbook: Runbook): Run => foldRun(journal.events(), runbook);

async function placeFor(to: string | undefined, id: string): Promise<string> {
  const usual = `cw-runbook-${id.slice(-6)}.cwhandoff`;
  if (to === undefined) return usual;
  const there = await stat(to).catch(() => undefined);
  if (there?.isDirectory()) return join(to, usual);
  const folder = await stat(dirname(to)).catch(() => undefined);
  if (folder?.isDirectory()) return to;
  throw new CliError(
    exitCodes.usage,
    `There is no folder ${dirname(to)} for the file ${to}. Nothing was changed.`,
    'Name a file in a folder that exists: --to FILE.',
  );
}

/** A note is read by others, and stays in the audit log. */
function refuseNote(note: string): void {
  const secret =
    /(AKIA|ASIA)[A-Z0-9]{12}|aws_?(secret|session)|-----BEGIN/i.test(note) ||
    note.split(/\s/).some((word) => /^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9/+=]{40,}$/.test(word));
  if (note.length <= 500 && !secret) return;
  throw new CliError(
    exitCodes.usage,
    secret
      ? 'The note looks as if it held a key, a token or a password. Nothing was changed.'
      : `The note has ${note.length} characters, and 500 are kept. Nothing was changed.`,
    'Credentials are never handed on: the next person uses their own.',
  );
}

function told(
  journal: Source,
  given: Given,
  path: string,
  { runbook, again, own }: { readonly runbook: Runbook; readonly again: boolean; readonly own: Own },
): readonly string[] {
  const { run, simulated, endpoint } = journal.header;
  const name = basename(path); // where it will lie on the other machine nobody here knows
  const from = simulated || endpoint === 'aws' ? '' : `AWS_ENDPOINT_URL=${endpoint} `;
  const resume = asCommand(`${from}cw-runbook resume ${shellWord(name)}`);
  const back = commandFor(journal.header);
  const asked = askedSections(runbook.steps, foldOf(journal, runbook));
  return [
    again
      ? `Run ${run} was handed off already, by ${given.by}, ${new Date(given.at).toISOString()}. The same file is written once more.`
      : `Handed off. Run ${run} is read-only here until it is reclaimed (${own(back)}).`,
    `Hand-off     ${given.handoff}`,
    `File         ${path}`,
    `             ${names}`,
    '',
    'The next person, with the file on their machine:',
    `             ${resume}`,
    '',
    ...(asked.length > 0
      ? sectionLines(asked)
      : [
          `Nothing remains of it. The next person reads what was done, and can undo it: ${asCommand('cw-runbook undo')}.`,
        ]),
  ];
}
