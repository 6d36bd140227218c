import type { Book, Runbook } from '../../model/runbook.ts';
import type { Environment } from '../../model/text/environment.ts';
import type { Own } from '../../model/text/own-commands.ts';
import type { Authority } from '../process/authorizing.ts';
import type { ExitCode } from '../process/exit.ts';
import type { Recording } from '../record/recording.ts';
import type { Simulation } from '../simulating.ts';

/** What most commands are given. `own`: this program's own commands, as they are typed here. */
interface Given {
  readonly runbook: Runbook;
  readonly home: string;
  readonly own: Own;
  /** What is in force: as this process was started, and as the options of the command line have it. */
  readonly env: Environment;
  /** Under what changes are made, where the command takes that. */
  readonly authority: Authority;
}
/** Leads a command at AWS or, with `--simulate`, in a simulated organization whose ledger is told at the end. */
type Lead = (
  simulate: string | true | undefined,
  command: (there: Simulation) => Promise<ExitCode>,
) => Promise<void>;
/** What is printed as JSON in a documented form. */
type Printed = keyof typeof import('../../report/schemas.ts').schemas;
/** What the definitions of the commands are handed. */
export interface Context {
  readonly book: Book;
  readonly recording: Recording;
  /** Prints the JSON Schema of what `--json` prints. */
  readonly schemaOf: (of: Printed) => Promise<void>;
  /** Takes the exit code. */
  readonly done: (code: number) => void;
  readonly own: Own;
  readonly lead: Lead;
  /** What most commands are given: the loaded runbook and the state folder, made where it is missing. */
  readonly given: () => Promise<Given>;
  /** The same for a command that only reads: nothing is made. */
  readonly toRead: () => Promise<Given>;
}
