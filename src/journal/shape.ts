import type { Event, News, Outcome } from '../model/event.ts';
import { beyond } from '../model/evidence/recorded.ts';
import { factsOf, writes } from '../model/operations.ts';
import type { Goal } from '../model/plan.ts';

/** What a member has to be. `?`: it may be missing. */
type Kind =
  | 'pledges?'
  | 'text'
  | 'text?'
  | 'number'
  | 'number?'
  | 'flag'
  | 'texts'
  | 'texts?'
  | 'answer'
  | keyof typeof records;
type Shape = Readonly<Record<string, Kind>>;

const step = { step: 'text' } as const;
const attempt = { attempt: 'text' } as const;
const handoff = { handoff: 'text', by: 'text' } as const;
const asked = {
  ...step,
  changes: 'texts',
  shown: 'text',
  planned: 'pledges?',
  text: 'text?',
  by: 'text?',
} as const;

/** Every type of event of this schema, and the members that what is made of a run rests on. */
export const shapes: Readonly<Record<Event['type'], Shape>> = {
  started: { run: 'text', simulated: 'flag', endpoint: 'text', runbook: 'text?' },
  opened: { by: 'text', program: 'text' },
  upgraded: { from: 'text', to: 'text' },
  repaired: { bytes: 'number', sha256: 'text', file: 'text' },
  halted: { why: 'text' },
  identified: {
    actor: 'text',
    account: 'text',
    arn: 'text',
    source: 'source',
    region: 'text?',
    by: 'text?',
    clock: 'number?',
    replaces: 'caller?',
  },
  'identity-declined': { actor: 'text', account: 'text', arn: 'text', source: 'source' },
  bound: { binding: 'binding' },
  answered: { ...step, question: 'text', answer: 'answer', typed: 'text?', by: 'text?' },
  waived: { ...step, goal: 'text', why: 'text' },
  looked: { ...step, plan: 'plan', basis: 'text', eyes: 'text?' },
  read: { ...step, passed: 'texts?' },
  confirmed: asked,
  declined: asked,
  'not-sent': { ...step, change: 'text', says: 'text', found: 'text' },
  drifted: { ...step, shown: 'text', drifts: 'drifts' },
  intended: {
    ...attempt,
    ...step,
    change: 'text',
    says: 'text',
    call: 'call',
    key: 'text',
    actor: 'text',
    account: 'text',
    arn: 'text',
    region: 'text?',
    situation: 'situation',
    reaches: 'texts?',
  },
  unclear: { ...attempt, why: 'text' },
  accepted: { ...attempt, requestId: 'text', request: 'text?', clock: 'number?' },
  settled: attempt,
  ended: { ...attempt, outcome: 'outcome' },
  'undo-began': { steps: 'texts' },
  'taken-back': { ...step, made: 'texts' },
  kept: { ...step, made: 'texts' },
  'handed-off': { ...handoff, program: 'text', note: 'text?' },
  'took-over': { ...handoff, program: 'text', from: 'text' },
  reclaimed: { ...handoff, typed: 'text' },
  'resumed-again': handoff,
  compared: {
    by: 'text',
    program: 'text',
    departures: 'departures',
    unseen: 'unlooked',
    goals: 'number',
    people: 'texts?',
  },
  reconciled: {
    ...{ by: 'text', program: 'text', records: 'number', found: 'number', anchored: 'number?' },
    ...{ differences: 'disagreements', waiting: 'waiting', unseen: 'unread', others: 'texts' },
  },
  forked: { ...handoff, elsewhere: 'text' },
  'changed-since': {
    ...step,
    handoff: 'text',
    since: 'number',
    drifts: 'drifts',
    planned: 'texts',
    elsewhere: 'texts?',
  },
  authorized: {
    by: 'text',
    ticket: 'text?',
    requestedBy: 'text?',
    approvedBy: 'text?',
    reason: 'text?',
    plan: 'text?',
  },
  closed: { records: 'number', root: 'text' },
  anchored: { record: 'number', head: 'text', actor: 'text', requestId: 'text' },
  signed: { by: 'text', record: 'number', head: 'text', root: 'text', signature: 'text' },
};

/** Deeper than anything that is written down. */
const deepest = 64;
/** Names that mean something to the language itself: nothing of ours bears them. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What is wrong with a record, as the rest of a sentence; undefined where it can be read as an event. A type that is
 * not in `shapes` is not judged.
 */
export function misshapen(event: Readonly<Record<string, unknown>>): string | undefined {
  const type = String(event.type);
  const own = Object.hasOwn(shapes, type) ? shapes[type as Event['type']] : {};
  const shape: Shape = { ...own, continues: 'number?' };
  const bad = Object.entries(shape).find(([name, kind]) => !fits(event[name], kind));
  return bad && `its ${bad[0]} is not what an event “${type}” has there`;
}

/**
 * What an event holds that must not be written down, as the rest of a sentence; undefined where there is nothing: of a
 * call's input, and of AWS's answer to it, only what the catalogue lets through. Looked at where something is written,
 * never where it is read: another version may write more.
 */
export function unrecordable(event: News): string | undefined {
  const calls =
    event.type === 'intended'
      ? [event.call]
      : event.type === 'looked'
        ? event.plan.goals.flatMap((goal) => (goal.is === 'change' ? [goal.call] : []))
        : [];
  for (const { operation, input } of calls) {
    const path = beyond(input, factsOf(operation).records.input);
    if (path !== undefined) return `${path} of ${operation} is not among what may be written down`;
  }
  return undefined;
}

/**
 * Names that would be taken for something else, and depths that nothing of ours has, as the rest of a sentence;
 * undefined where there is none. `depth`: how deep it stands itself, 0 at the top.
 */
export function strangeIn(value: unknown, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > deepest) return 'it is nested too deep';
  for (const [name, one] of Object.entries(value)) {
    if (reserved.has(name)) return `it has a member “${name}”`;
    const inside = strangeIn(one, depth + 1);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** A number that can be one: a date’s, if it is none of anything else. */
const isTime = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= 8.64e15;
const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fits(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return isText(value);
    case 'text?':
      return value === undefined || isText(value);
    case 'number':
      return isTime(value);
    case 'number?':
      return value === undefined || isTime(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return isTexts(value);
    case 'texts?':
      return value === undefined || isTexts(value);
    case 'pledges?':
      return (
        value === undefined || (Array.isArray(value) && value.every((one) => has(one, 'change', 'says')))
      );
    case 'answer':
      return value === null || isText(value);
    default:
      return records[kind](value);
  }
}

/** Members of an object that are texts. */
const has = (value: unknown, ...names: readonly string[]): value is Readonly<Record<string, unknown>> =>
  isRecord(value) && names.every((name) => isText(value[name]));
const textsIn = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isText);
const isCall = (value: unknown): boolean =>
  has(value, 'operation') && Object.hasOwn(writes, String(value.operation)) && isRecord(value.input);

/** Beside its id and sentence, what each kind of goal says. */
const goals: Readonly<Record<Goal['is'], readonly string[]>> = {
  met: ['found'],
  warning: ['found'],
  wrong: ['found', 'remedy'],
  unknown: ['why'],
  open: ['question'],
  'by-hand': ['console'],
  change: ['risk'],
};
const isGoal = (value: unknown): boolean => {
  if (!has(value, 'is', 'id', 'says') || !Object.hasOwn(goals, String(value.is))) return false;
  return (
    has(value, ...(goals[value.is as Goal['is']] ?? [])) && (value.is !== 'change' || isCall(value.call))
  );
};
/** What a run has come to, with the message for whoever goes on. */
const isResult = (value: unknown): boolean =>
  isRecord(value) &&
  isTexts(value.holds) &&
  (value.mind === undefined || isTexts(value.mind)) &&
  (value.message === undefined ||
    (has(value.message, 'says') &&
      [value.message.to, value.message.steps].every(Array.isArray) &&
      (value.message.to as readonly unknown[]).every((one) => has(one, 'name')) &&
      (value.message.steps as readonly unknown[]).every((one) => has(one, 'says'))));
/** How each outcome is explained. */
const outcomes: Readonly<Record<Outcome['ended'], readonly string[]>> = {
  verified: ['by'],
  refused: ['code', 'why', 'requestId'],
  failed: ['why'],
  lapsed: [],
  'set-aside': ['why'],
};
const records = {
  source: (value: unknown) => has(value, 'kind'),
  'caller?': (value: unknown) => value === undefined || has(value, 'account', 'arn'),
  binding: (value: unknown) => {
    if (!isRecord(value)) return false;
    const { accounts = {}, ...rest } = value;
    return textsIn(rest) && textsIn(accounts);
  },
  plan: (value: unknown) =>
    isRecord(value) &&
    Array.isArray(value.goals) &&
    value.goals.every(isGoal) &&
    [value.notes, value.details].every((texts) => texts === undefined || isTexts(texts)) &&
    (value.marked === undefined || textsIn(value.marked)) &&
    (value.searched === undefined || typeof value.searched === 'string') &&
    (value.result === undefined || isResult(value.result)) &&
    (value.reconsider === undefined || has(value.reconsider, 'step', 'question', 'says')),
  call: isCall,
  situation: (value: unknown) =>
    has(value, 'run') && [value.answers, value.hints].every(textsIn) && isRecord(value.given),
  outcome: (value: unknown) =>
    has(
      value,
      'ended',
      ...(outcomes[String((value as { ended?: unknown } | null)?.ended) as Outcome['ended']] ?? ['unknown']),
    ),
  drifts: (value: unknown) =>
    Array.isArray(value) && value.every((one) => has(one, 'goal', 'says', 'before', 'found')),
  departures: (value: unknown) =>
    Array.isArray(value) && value.every((one) => has(one, 'step', 'goal', 'says', 'was') && isTexts(one.now)),
  disagreements: (value: unknown) => Array.isArray(value) && value.every((one) => has(one, 'is', 'says')),
  waiting: (value: unknown) =>
    Array.isArray(value) && value.every((one) => has(one, 'says') && isTime(one.again)),
  unread: (value: unknown) => Array.isArray(value) && value.every((one) => has(one, 'says', 'why')),
  unlooked: (value: unknown) => Array.isArray(value) && value.every((one) => has(one, 'step', 'says', 'why')),
} satisfies Readonly<Record<string, (value: unknown) => boolean>>;
