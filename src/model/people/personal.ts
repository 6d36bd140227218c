import type { Event } from '../event.ts';
import { valuesOf } from '../question.ts';
import type { Step } from '../step.ts';
import { peopleIn, textsIn } from './named.ts';

/** Of each type of event, the members that say who somebody is. */
const who: { readonly [T in Event['type']]?: readonly string[] } = {
  opened: ['by'],
  authorized: ['by', 'requestedBy', 'approvedBy'],
  signed: ['by'],
  'handed-off': ['by'],
  'took-over': ['by', 'from'],
  reclaimed: ['by'],
  'resumed-again': ['by'],
  forked: ['by', 'elsewhere'],
  compared: ['by', 'people'],
  reconciled: ['by'],
};
/** What somebody has written in their own words, and what proves who they are. */
export const ownWords: { readonly [T in Event['type']]?: readonly string[] } = {
  waived: ['why'],
  authorized: ['reason'],
  signed: ['signature'],
  'handed-off': ['note'],
};

/**
 * What the events call people, by the members that are known to: what was answered to questions about people, what
 * calls and plans say of them, and who had the run. Nothing is guessed from a text.
 */
export function personalIn(events: readonly Event[], steps: readonly Step[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (texts: Iterable<string>): void => {
    for (const text of texts) if (text.trim() !== '') found.add(text);
  };
  for (const event of events) {
    for (const member of who[event.type] ?? [])
      add(textsIn((event as Readonly<Record<string, unknown>>)[member]));
    add(inEvent(event, steps));
  }
  return found;
}

function* inEvent(event: Event, steps: readonly Step[]): Generator<string> {
  switch (event.type) {
    case 'answered': {
      const question = steps.find(({ id }) => id === event.step)?.questions[event.question];
      if (question?.personal && event.answer !== null) yield* valuesOf(event.answer).filter(isPerson);
      return;
    }
    case 'identified':
      yield* bareNameIn(event.arn);
      if (event.replaces) yield* bareNameIn(event.replaces.arn);
      return;
    case 'identity-declined':
      yield* bareNameIn(event.arn);
      return;
    case 'intended':
      yield* peopleIn(event.call.operation, event.call.input);
      yield* principalsIn(event.situation);
      return;
    case 'looked': {
      const { people = [], goals, gives, result } = event.plan;
      yield* people;
      for (const goal of goals)
        if (goal.is === 'change') yield* peopleIn(goal.call.operation, goal.call.input);
      yield* principalsIn(gives);
      for (const { name, display, email, group } of result?.message?.to ?? [])
        if (!group) yield* [name, display, email].filter((one) => one !== undefined);
      return;
    }
    default:
  }
}

/** An answer may also be a group, an id, or that there is nobody yet. */
const isPerson = (value: string): boolean => !/^(group:|id:|new:$)/.test(value);

/** What steps hand on of a user: `type` says what it is. */
function* principalsIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  const { type, name, display, email } = value as Readonly<Record<string, unknown>>;
  if (type === 'USER') yield* textsIn([name, display, email]);
  else for (const one of Object.values(value)) yield* principalsIn(one);
}

/** Who acts, where an ARN ends with their name: the session of a role, or a user. */
const acting =
  /^(arn:[^:\s]*:(?:sts|iam)::\d*:(?:assumed-role\/[^/\s]+|user(?:\/[^/\s]+)*?|federated-user)\/)([^/\s]+)$/;
/** An ARN in two: what is before the name, and the name. Undefined of one that names nobody. */
export function nameInArn(arn: string): readonly [before: string, name: string] | undefined {
  const [, before, name] = acting.exec(arn) ?? [];
  return before === undefined || name === undefined ? undefined : [before, name];
}
/** An address is somebody's wherever it stands; a word may be a word. */
const bareNameIn = (arn: string): readonly string[] => {
  const name = nameInArn(arn)?.[1];
  return name?.includes('@') ? [name] : [];
};
