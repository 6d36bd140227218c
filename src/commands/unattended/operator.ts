import type { Ask, Reply } from '../../engine/ask.ts';
import type { ExitCode } from '../process/exit.ts';

export interface Consent {
  /** --yes: credentials are accepted, and routine changes confirmed. */
  readonly yes: boolean;
  /** --confirm: the texts that dangerous changes ask for. */
  readonly confirm: readonly string[];
  /** --reconfirm: how often a routine change that did not take effect is confirmed again. */
  readonly reconfirm?: number;
  /** --keep: steps of which an undo leaves what it cannot take back. */
  readonly keep?: readonly string[];
}
/** Why an unattended run stopped, and what would let it go on. */
export interface Reason {
  readonly code: ExitCode;
  readonly says: readonly string[];
}
export interface Operator {
  readonly ask: (asked: Ask) => Promise<Reply>;
  readonly reason: () => Reason | undefined;
}
