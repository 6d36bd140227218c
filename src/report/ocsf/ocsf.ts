import type { Event, Intent } from '../../model/event.ts';
import { defined } from '../../model/text/defined.ts';
import { escapeControlChars } from '../../model/text/escape-control-chars.ts';
import type { AuditRow } from '../rows/row.ts';
import { activityOf, apiOf, resourcesOf, statusOf } from './activity.ts';
import { attested, type Sealed } from './attested.ts';
import { whereFrom, whereTo, whoActed } from './parties.ts';

/** The version of OCSF that events say they are of. */
const version = '1.9.0';
const classUid = 6003;

/** What is known of the run besides its events. */
export interface Where {
  readonly organization?: string | undefined;
  /** What people are called is redacted. */
  readonly redacted: boolean;
}

/**
 * Events as OCSF's API Activity (class 6003, profiles cloud, datetime and record_integrity): a line of canonical JSON
 * each (RFC 8785), in one chain. `rows`: the same events as rows, each
 * taken before its event.
 */
export function* ocsf(
  events: Iterable<Event>,
  rows: Iterable<AuditRow>,
  where: Where,
  sha256: (text: string) => string,
): Generator<string> {
  const intents = new Map<string, Intent>();
  let before: Sealed | undefined;
  const each = events[Symbol.iterator]();
  for (const row of rows) {
    const { value: event, done } = each.next();
    if (done) return;
    if (event.type === 'intended') intents.set(event.attempt, event);
    const intent = 'attempt' in event ? intents.get(event.attempt) : undefined;
    before = attested(inert(eventOf(event, row, intent, where)), row.run, before, sha256);
    yield `${before.line}\n`;
  }
}

function eventOf(event: Event, row: AuditRow, intent: Intent | undefined, where: Where): object {
  const { at } = event;
  const activity = activityOf(event, intent);
  const [product = 'cw-runbook', productVersion = ''] = row.program.split('/');
  const before = intent?.before;
  return {
    ...{ activity_id: activity.id, activity_name: activity.name },
    ...{
      category_uid: 6,
      category_name: 'Application Activity',
      class_uid: classUid,
      class_name: 'API Activity',
    },
    ...{ type_uid: classUid * 100 + activity.id, type_name: `API Activity: ${activity.name}` },
    ...{ severity_id: 1, severity: 'Informational' },
    ...{ time: at, time_dt: new Date(at).toISOString(), message: row.what },
    ...statusOf(event),
    metadata: {
      version,
      product: {
        name: product,
        vendor_name: 'cw-runbook',
        ...defined({ version: productVersion || undefined }),
      },
      profiles: ['cloud', 'datetime', 'record_integrity'],
      ...{ uid: `${row.run}/${row.seq}`, correlation_uid: row.run, sequence: Number(row.seq) },
      ...{ event_code: event.type, log_name: 'journal', logged_time: at },
      labels: [
        ...(row.ticket === undefined ? [] : [`ticket:${row.ticket}`]),
        ...(row.simulated === 'yes' ? ['simulated'] : []),
        ...(where.redacted ? ['redacted:pii'] : []),
      ],
    },
    actor: whoActed(row),
    api: apiOf(event, row, intent),
    cloud: {
      provider: 'AWS',
      ...defined({
        region: row.region,
        account:
          row.account === undefined ? undefined : { uid: row.account, type: 'AWS Account', type_id: 10 },
        org: where.organization === undefined ? undefined : { uid: where.organization },
      }),
    },
    src_endpoint: whereFrom(row),
    dst_endpoint: whereTo(row),
    ...resourcesOf(event, intent),
    unmapped: {
      record: event,
      ...defined({
        record_sha256: row.record_sha256,
        acts_as: row.actor,
        before,
        approval:
          row.how === undefined && row.typed === undefined
            ? undefined
            : { by: row.by, how: row.how, typed_text: row.typed, text_sha256: row.text_sha256 },
        approved_by: row.approved_by,
        requested_by: row.requested_by,
        note: row.note,
      }),
    },
  };
}

/** A value whose texts change no terminal and deceive nobody; line breaks and tabs are JSON's to escape. Without what is undefined. */
function inert(value: unknown): unknown {
  if (typeof value === 'string' && !/[\n\t]/.test(value)) return escapeControlChars(value);
  if (typeof value === 'string')
    return value
      .split(/([\n\t])/)
      .map((part, n) => (n % 2 === 1 ? part : escapeControlChars(part)))
      .join('');
  if (Array.isArray(value)) return value.map(inert);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      one === undefined ? [] : [[escapeControlChars(name), inert(one)]],
    ),
  );
}
