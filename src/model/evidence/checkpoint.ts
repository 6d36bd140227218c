/** How far a journal was: what is signed, and what AWS and a change ticket are told parts of. */
export interface Checkpoint {
  readonly run: string;
  readonly record: number; // the last one
  readonly head: string; // the SHA-256 of its line
  readonly root: string; // of the header's hash and all records'
}

/** What signatures are made for, and good for nothing else (PROTOCOL.sshsig: namespace). */
export const signatureNamespace = 'cw-runbook-checkpoint@cw-runbook';

/** The text that is signed: five lines, each with its newline. */
export const checkpointText = ({ run, record, head, root }: Checkpoint): string =>
  `cw-runbook-checkpoint/1\nrun ${run}\nrecord ${record}\nhead ${head}\nroot ${root}\n`;
