import { type Command, InvalidArgumentError } from 'commander';
import {
  type Authorization,
  authorizationForm,
  authorizationText,
  type Required,
} from '../../model/evidence/authorization.ts';
import { defined } from '../../model/text/defined.ts';

/** Under what a run is done, and what has to be there before it changes anything. */
export interface Authority {
  readonly told: Authorization;
  readonly required: Required;
}
/** What the command line says of it. */
type Flags = Authorization & { readonly requireTicket?: string; readonly requireApprover?: true };

/** Gives a command the options that say under what it makes its changes. */
export const authorizable = (command: Command): Command =>
  command
    .option('--ticket <id>', 'the change ticket, for the audit log', plainText)
    .option('--requested-by <name>', 'who asked for it, for the audit log', plainText)
    .option('--approved-by <name>', 'who approved it, for the audit log', plainText)
    .option('--reason <text>', 'why it is done, for the audit log', plainText)
    .option('--require-ticket <regex>', 'refuse to begin without a ticket that matches', expression)
    .option('--require-approver', 'refuse to begin without --approved-by');

/** What of it stands on the command line. */
export function authorityIn(flags: Flags): Authority {
  const { ticket, requestedBy, approvedBy, reason, requireTicket, requireApprover } = flags;
  return {
    told: defined({ ticket, requestedBy, approvedBy, reason }),
    required: defined({ ticket: requireTicket, approver: requireApprover }),
  };
}

function plainText(value: string): string {
  const text = authorizationText(value);
  if (text === undefined) throw new InvalidArgumentError(`It has to be ${authorizationForm}.`);
  return text;
}

function expression(value: string): string {
  try {
    new RegExp(value, 'u'); // by itself: what is put around it must not make one of it
    return value;
  } catch {
    throw new InvalidArgumentError('It has to be a regular expression.');
  }
}
