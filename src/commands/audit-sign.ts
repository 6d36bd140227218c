import { openJournal } from '../journal/journal.ts';
import { parked } from '../model/progress/handoff.ts';
import { foldEvents } from '../model/run.ts';
import type { Runbook } from '../model/runbook.ts';
import { asCommand, neutral, type Own } from '../model/text/own-commands.ts';
import { signedBy } from './auditing/ssh-signature.ts';
import { CliError, type ExitCode, exitCodes } from './process/exit.ts';
import { print } from './process/output.ts';
import { operator } from './process/program.ts';
import { chooseRun } from './runs/choose-run.ts';

export interface AuditSign {
  readonly runbook: Runbook;
  readonly home: string;
  readonly run?: string;
  readonly key: string; // a file
  readonly own?: Own;
}

/**
 * Signs how far a run's journal is, with an SSH key of the operator's, and writes the signature into it. Throws `CliError`
 * and `JournalError`.
 */
export async function auditSign({ key, ...which }: AuditSign): Promise<ExitCode> {
  const { folder } = await chooseRun(which);
  const journal = await openJournal(folder);
  try {
    const head = journal.head();
    const root = journal.root();
    if (parked(foldEvents(journal.events())))
      throw new CliError(
        exitCodes.parked,
        `Run ${journal.header.run} was handed off, and is read-only here.`,
        'Whoever has it now can sign it.',
      );
    if (!head || root === undefined || head.record === 0)
      throw new CliError(exitCodes.prerequisite, 'There is nothing to sign yet.', 'Begin the run first.');
    const checkpoint = { record: head.record, head: head.hash, root };
    const signature = await signedBy(key, { run: journal.header.run, ...checkpoint });
    const wasClosed = journal.events().at(-1)?.type === 'closed';
    await journal.append({ type: 'signed', by: operator(), ...checkpoint, signature });
    if (wasClosed) await journal.finish();
    print(
      `${(which.own ?? neutral)(`Signed: run ${journal.header.run}, records 1 to ${head.record}. Verify it with ${asCommand('cw-runbook audit verify --allowed-signers FILE')}`)}\n`,
    );
    return exitCodes.done;
  } finally {
    await journal.close();
  }
}
