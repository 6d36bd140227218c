import type { Event, GivenBy } from '../../model/event.ts';
import { actorName, describeSource, sourceName } from '../../model/identity.ts';
import { unreachable } from '../../model/text/unreachable.ts';
import { inPlaceOf, type Names } from '../lines.ts';
import { iso, type Row } from './tables.ts';

/** Who decided what, and how, a row each: accepted credentials, answers, confirmations, and what was set aside. */
export function decisionsIn(events: readonly Event[], names: Names): readonly Row[] {
  let by = '';
  return events.flatMap((event): readonly Row[] => {
    if (event.type === 'opened' || event.type === 'took-over' || event.type === 'reclaimed') by = event.by;
    const said = decisionIn(event, names);
    return said ? [[iso(event.at), by, said.what, said.how]] : [];
  });
}

/** How something was agreed to, in words. Journals of earlier versions do not tell keys from flags. */
export function describeHow({ typed, by }: { readonly typed?: string; readonly by?: GivenBy }): string {
  switch (by) {
    case 'key':
      return 'with a key';
    case 'typed':
      return typed === undefined ? 'typed' : `by typing ${typed}`;
    case 'flag':
      return typed === undefined ? 'by the flag --yes' : `by the flag --confirm ${typed}`;
    case 'file':
      return 'in the answers file';
    case 'default':
      return 'by default: the answers file has none';
    case undefined:
      return typed === undefined ? 'not recorded' : `typed: ${typed}`;
    default:
      return unreachable(by);
  }
}

interface Decision {
  readonly what: string;
  readonly how: string;
}
function decisionIn(event: Event, names: Names): Decision | undefined {
  switch (event.type) {
    case 'identified':
      return {
        what: `Accepted ${event.arn} as ${actorName(event.actor)} (${describeSource(event.source, event.region)})${inPlaceOf(event)}`,
        how: describeHow(event),
      };
    case 'identity-declined':
      return { what: `Declined ${event.arn} (${sourceName(event.source)})`, how: 'with a key' };
    case 'answered': {
      const question = names.question(event.step, event.question);
      return event.answer === null
        ? { what: `Withdrew the answer to ${question}`, how: describeHow(event) }
        : {
            what: `Answered ${question}: ${names.answer(event.step, event.question, event.answer)}`,
            how: describeHow(event),
          };
    }
    case 'waived':
      return {
        what: `Continued although ${names.goal(event.step, event.goal)} could not be checked: ${event.why}`,
        how: 'typed',
      };
    case 'confirmed':
    case 'declined': {
      const what = event.changes.map((change) => names.change(event.step, change, event.planned)).join('; ');
      return {
        what: `${event.type === 'confirmed' ? 'Confirmed' : 'Declined'}: ${what}`,
        how: describeHow(event),
      };
    }
    case 'kept':
      return { what: `Left as this run made it: ${names.step(event.step)}`, how: 'with a key' };
    default:
      return undefined;
  }
}
