/**
 * One event as a row: who, what, when, where, with which result. All texts; absent where it is not known or has no
 * meaning for the event. Rows keep their names and their order for ever; a new one comes last.
 */
export interface AuditRow {
  readonly run: string;
  readonly seq: string;
  readonly at_utc: string; // ISO 8601
  readonly event: string; // its type
  readonly what: string; // in words
  readonly step?: string;
  readonly change?: string;
  readonly result?: string; // of a call, as far as it is known then
  readonly reason?: string; // AWS's code, and words
  readonly by?: string; // the system's user and host
  readonly as?: string; // ARN
  readonly actor?: string;
  readonly account?: string;
  readonly region?: string;
  readonly operation?: string;
  readonly attempt?: string;
  readonly aws_request?: string;
  readonly how?: string; // a decision was given
  readonly typed?: string;
  readonly text_sha256?: string; // of what was confirmed
  readonly ticket?: string;
  readonly requested_by?: string;
  readonly approved_by?: string;
  readonly endpoint: string;
  readonly simulated: string; // yes, no
  readonly program: string;
  readonly record_sha256?: string; // of the journal's line; not where names are redacted
  readonly note?: string; // what has to be known of the file
  readonly replaces?: string; // ARN of whoever was accepted before in the same part
}

/** The columns, in order. */
export const columns = [
  ...(['run', 'seq', 'at_utc', 'event', 'what', 'step', 'change', 'result', 'reason', 'by', 'as'] as const),
  ...(['actor', 'account', 'region', 'operation', 'attempt', 'aws_request', 'how', 'typed'] as const),
  ...(['text_sha256', 'ticket', 'requested_by', 'approved_by', 'endpoint', 'simulated', 'program'] as const),
  ...(['record_sha256', 'note', 'replaces'] as const),
] as const satisfies readonly (keyof AuditRow)[];
