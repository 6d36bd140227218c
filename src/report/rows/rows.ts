import type { Event, Intent } from '../../model/event.ts';
import { defined } from '../../model/text/defined.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { Names } from '../lines.ts';
import { lineOf } from '../lines.ts';
import { describeHow } from '../record/decisions.ts';
import type { AuditRow } from './row.ts';

/** Of the journal's first line, and what its reader knows besides. `sum`: the SHA-256 of an event's line, 1 the first. */
export interface About {
  readonly run: string;
  readonly endpoint: string;
  readonly simulated: boolean;
  readonly program: string;
  readonly sum?: (seq: number) => string | undefined;
  readonly note?: string;
}

/** Events as rows, one each, in order. What an event does not say itself is taken from those before it. */
export function* rowsOf(events: Iterable<Event>, names: Names, about: About): Generator<AuditRow> {
  const { run, endpoint, simulated, note } = about;
  const intents = new Map<string, Partial<AuditRow>>(); // what a row needs of each: journals are long
  let [by, program] = ['', about.program];
  let mandate: Mandate = {};
  let seq = 0;
  for (const event of events) {
    seq++;
    if (event.type === 'intended') intents.set(event.attempt, callIn(event));
    if ('program' in event) program = event.program;
    if (takesOver.has(event.type) && 'by' in event && event.by !== undefined) by = event.by;
    mandate = mandateAfter(mandate, event);
    const what = (lineOf(event, names) ?? event.type).replace(/\s+/g, ' ').trim();
    yield {
      ...{ run, seq: String(seq), at_utc: new Date(event.at).toISOString(), event: event.type, what },
      ...defined({ by: by === '' ? undefined : by, step: 'step' in event ? event.step : undefined }),
      ...callOf(event, intents),
      ...mandate,
      ...defined({ ...resultOf(event), ...decisionOf(event) }),
      ...{ endpoint, simulated: simulated ? 'yes' : 'no', program },
      ...defined({ record_sha256: about.sum?.(seq), note }),
    };
  }
}
/** After these somebody else has the run. */
const takesOver: ReadonlySet<string> = new Set(['opened', 'took-over', 'reclaimed']);

type Mandate = Pick<AuditRow, 'ticket' | 'requested_by' | 'approved_by'>;
/** What it is done under, as it was said last. */
function mandateAfter(before: Mandate, event: Event): Mandate {
  if (event.type !== 'authorized') return before;
  const { ticket, requestedBy: requested_by, approvedBy: approved_by } = event;
  return { ...before, ...defined({ ticket, requested_by, approved_by }) };
}

/** Whose call it is about: what was written down before it was sent. */
function callOf(event: Event, intents: ReadonlyMap<string, Partial<AuditRow>>): Partial<AuditRow> {
  if (event.type === 'identified' || event.type === 'identity-declined')
    return {
      ...{ as: event.arn, actor: event.actor, account: event.account },
      ...defined({
        region: 'region' in event ? event.region : undefined,
        replaces: 'replaces' in event ? event.replaces?.arn : undefined,
      }),
    };
  return ('attempt' in event && intents.get(event.attempt)) || {};
}
const callIn = ({ step, change, attempt, arn, actor, account, region, call }: Intent): Partial<AuditRow> => ({
  ...{ step, change, attempt, as: arn, actor, account, operation: call.operation },
  ...defined({ region }),
});

type Told = { readonly [K in 'result' | 'reason' | 'aws_request']?: string | undefined };
function resultOf(event: Event): Told {
  switch (event.type) {
    case 'intended':
      return { result: 'intended' };
    case 'unclear':
      return { result: 'unknown', reason: event.why };
    case 'accepted':
      return { result: 'accepted', aws_request: event.requestId || undefined };
    case 'settled':
      return { result: 'settled' };
    case 'ended': {
      const { outcome } = event;
      const result = outcome.ended === 'set-aside' ? 'unknown' : outcome.ended;
      switch (outcome.ended) {
        case 'verified':
        case 'lapsed':
          return { result };
        case 'refused':
          return {
            ...{ result, reason: `${outcome.code}: ${outcome.why}` },
            aws_request: outcome.requestId || undefined,
          };
        case 'failed':
        case 'set-aside':
          return { result, reason: outcome.why };
        default:
          return unreachable(outcome);
      }
    }
    default:
      return {};
  }
}

type Decided = { readonly [K in 'how' | 'typed' | 'text_sha256' | 'change']?: string | undefined };
function decisionOf(event: Event): Decided {
  switch (event.type) {
    case 'confirmed':
    case 'declined':
      return {
        how: describeHow(event),
        typed: event.typed,
        text_sha256: event.shown,
        change: event.changes.join(' '),
      };
    case 'answered':
      return { how: describeHow(event), typed: event.typed };
    case 'identified':
      return { how: describeHow(event) };
    default:
      return {};
  }
}
