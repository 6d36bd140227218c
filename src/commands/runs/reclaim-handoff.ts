import type { Header } from '../../journal/journal.ts';
import { readJournal } from '../../journal/journal.ts';
import { foldRun, type Run } from '../../model/run.ts';
import type { Runbook } from '../../model/runbook.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Own } from '../../model/text/own-commands.ts';
import { askedSections, doneSections } from '../../report/handoff.ts';
import type { Ask, Reply } from '../../ui/session/ask.ts';
import { createSession } from '../../ui/session/session.ts';
import { type ExitCode, exitCodes } from '../process/exit.ts';
import { print } from '../process/output.ts';
import { readOnlyScreen } from './read-only-screen.ts';
import type { HandedOff } from './runs.ts';

/**
 * Shows a run that was handed off, read-only, until the operator leaves (the exit code) or has typed what takes it back.
 * Throws `JournalError`.
 */
export async function showHandedOff(
  { folder, handoff }: HandedOff,
  runbook: Runbook,
  { own, env }: { readonly own: Own; readonly env: Environment },
): Promise<ExitCode | { readonly typed: string }> {
  const { header, events } = await readJournal(folder);
  const run = foldRun(events, runbook);
  const sections = [...askedSections(runbook.steps, run), ...doneSections(runbook.steps, run)];
  const { reply, code } = await putOne(
    { is: 'handed-off', step: firstStep(runbook), handoff, sections },
    run,
    header,
    { ...runbook, own, env },
  );
  if (reply.do === 'confirm' && reply.typed !== undefined) return { typed: reply.typed };
  print('Exited. The run is handed off, and stays read-only here.\n');
  return code ?? exitCodes.parked;
}

export const firstStep = ({ steps }: Runbook) => {
  const [step] = steps;
  if (!step) throw new Error('a runbook without steps');
  return step;
};

/** Puts one question about a run that nobody writes to. `code`: of the way in which the operator left, if they did. */
export async function putOne(
  ask: Ask,
  run: Run,
  header: Header,
  { phases, own, env }: Pick<Runbook, 'phases'> & { readonly own: Own; readonly env: Environment },
): Promise<{ readonly reply: Reply; readonly code: ExitCode | undefined }> {
  const session = createSession(() => run);
  const screen = await readOnlyScreen(session, { header, phases, own, env }, () => session.leave());
  try {
    return { reply: await Promise.race([session.ask(ask), screen.crashed]), code: screen.code() };
  } finally {
    await screen.close();
  }
}
