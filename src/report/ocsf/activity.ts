import type { Event, Intent } from '../../model/event.ts';
import { factsOf } from '../../model/operations.ts';
import { defined } from '../../model/text/defined.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import type { AuditRow } from '../rows/row.ts';

interface Activity {
  readonly id: 1 | 2 | 3 | 4 | 99;
  readonly name: string;
}
const looks: ReadonlySet<string> = new Set(['looked', 'compared', 'changed-since', 'drifted']);

/** What the event is about: a call makes, changes or removes something; what is no call has its own name. */
export function activityOf(event: Event, intent: Intent | undefined): Activity {
  if (intent) {
    const { effect } = factsOf(intent.call.operation);
    switch (effect) {
      case 'creates':
      case 'grants':
        return { id: 1, name: 'Create' };
      case 'overwrites':
        return { id: 3, name: 'Update' };
      case 'removes':
        return { id: 4, name: 'Delete' };
      default:
        return unreachable(effect);
    }
  }
  return looks.has(event.type) ? { id: 2, name: 'Read' } : { id: 99, name: event.type };
}

const status = (status_id: 0 | 1 | 2 | 99, name: string, detail?: string, code?: string): object => ({
  ...{ status_id, status: name },
  ...defined({ status_detail: detail, status_code: code }),
});

/** How a call ended, as far as the event tells. Unknown is unknown. */
export function statusOf(event: Event): object {
  switch (event.type) {
    case 'intended':
      return status(0, 'Unknown', 'Written before it was sent: a later event says how it ended.');
    case 'unclear':
      return status(0, 'Unknown', event.why);
    case 'accepted':
      return status(99, 'Accepted', 'AWS took the request. A later event says what was seen of it.');
    case 'settled':
      return status(1, 'Success', 'AWS says that the asynchronous request succeeded.');
    case 'ended': {
      const { outcome } = event;
      switch (outcome.ended) {
        case 'verified':
          return status(1, 'Success', 'Read back from AWS.');
        case 'refused':
          return status(2, 'Failure', outcome.why, outcome.code);
        case 'failed':
          return status(2, 'Failure', outcome.why);
        case 'lapsed':
          return status(2, 'Failure', 'Seen not to have happened.');
        case 'set-aside':
          return status(0, 'Unknown', outcome.why);
        default:
          return unreachable(outcome);
      }
    }
    case 'declined':
    case 'identity-declined':
      return status(99, 'Declined');
    case 'identified':
      return status(1, 'Success', event.replaces && `In place of ${event.replaces.arn}.`);
    case 'halted':
      return status(2, 'Failure', event.why);
    default:
      return status(1, 'Success');
  }
}

/** The call. What is no call of AWS is an operation of this program. */
const acceptedIn = (event: Event): object | undefined =>
  event.type === 'accepted' || event.type === 'settled'
    ? { message: event.type, ...defined({ data: event.output }) }
    : undefined;

export function apiOf(event: Event, row: AuditRow, intent: Intent | undefined): object {
  if (!intent) return { operation: event.type, service: { name: 'cw-runbook' } };
  const [service = '', operation = ''] = intent.call.operation.split(':');
  const error = event.type === 'ended' && event.outcome.ended === 'refused' ? event.outcome : undefined;
  return {
    operation,
    service: { name: `${service}.amazonaws.com` },
    request: { uid: row.aws_request ?? intent.attempt, data: intent.call.input },
    ...defined({ response: error ? { error: error.code, error_message: error.why } : acceptedIn(event) }),
  };
}

/** What the call is about: the members that name its effect. */
export function resourcesOf(event: Event, intent: Intent | undefined): object {
  if (!intent)
    return defined({ resources: 'step' in event ? [{ name: event.step, type: 'step' }] : undefined });
  const { call } = intent;
  const input = call.input as Readonly<Record<string, unknown>>;
  const resources = factsOf(call.operation).key.flatMap((member) => {
    const value = input[member];
    return typeof value === 'string' && value !== '' ? [{ uid: value, name: value, type: member }] : [];
  });
  return defined({ resources: resources.length === 0 ? undefined : resources });
}
