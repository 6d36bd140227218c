import { type ReadyCall, valueIn } from './call.ts';
import type { Event, Intent } from './event.ts';
import { factsOf, type WriteOperation } from './operations.ts';
import type { Situation } from './step.ts';
import { unreachable } from './text/unreachable.ts';

/** Which way a run goes through its steps: it brings them about, or takes back what it made in them. */
export type Way = 'apply' | 'undo';
/** The way in which a step was told what it was told: an attempt belongs to the one that it was planned in. */
export const wayOf = ({ undoing }: Pick<Situation, 'undoing'>): Way => (undoing ? 'undo' : 'apply');

/** What was agreed to be taken back: the steps, the last first, and those that are left as they are. */
interface Undo {
  readonly steps: readonly string[];
  readonly kept: readonly string[];
}
/**
 * How far it is set up. `finished`: the operator has read its last step, and nothing was answered or changed since. `at`:
 * when that was, milliseconds since 1970.
 */
type Forward = { readonly is: 'running' } | { readonly is: 'finished'; readonly at: number };
/** What the last process that took a run up does with it. `undo`: from when the operator has read what would be done. */
type Work = Forward | { readonly is: 'undoing'; readonly undo?: Undo; readonly from: Forward };
/** It stopped in the middle, and could say why. Nobody has taken it up since. */
interface Halted {
  readonly is: 'halted';
  readonly why: string;
  readonly from: Work;
}
/** How a run stands as a whole. `handed-off`: it goes on elsewhere, and is read-only here. */
export type Phase = Work | Halted | { readonly is: 'handed-off'; readonly from: Work | Halted };
interface Phased {
  readonly phase: Phase;
}
const running: Forward = { is: 'running' };

/** The phase after one more event. `final`: the id of the runbook's last step, which ends it. Pure. */
export function phaseAfter(phase: Phase, event: Event, final: string): Phase {
  switch (event.type) {
    case 'started':
      return running;
    case 'opened': {
      const from = forwardOf(phase);
      return within(phase, event.undoing ? { is: 'undoing', from } : from);
    }
    case 'undo-began':
      return within(phase, {
        is: 'undoing',
        undo: { steps: event.steps, kept: [] },
        from: forwardOf(phase),
      });
    case 'kept': {
      const undo = undoOf({ phase });
      if (!undo) return phase;
      const from = forwardOf(phase);
      return within(phase, { is: 'undoing', undo: { ...undo, kept: [...undo.kept, event.step] }, from });
    }
    case 'read':
      return event.step === final ? ahead(phase, { is: 'finished', at: event.at }) : phase;
    case 'answered':
    case 'intended':
    case 'taken-back':
      return forwardOf(phase).is === 'finished' ? ahead(phase, running) : phase;
    case 'halted':
      return within(phase, { is: 'halted', why: event.why, from: workOf(phase) });
    case 'handed-off':
      return { is: 'handed-off', from: here(phase) };
    case 'took-over':
    case 'reclaimed':
      return here(phase);
    default:
      return phase;
  }
}
/** Who hands a run off, and who takes it back, leaves it as it is. */
const here = (phase: Phase): Work | Halted => (phase.is === 'handed-off' ? phase.from : phase);
/** Only who takes it over or back ends a hand-off. */
const within = (phase: Phase, from: Work | Halted): Phase =>
  phase.is === 'handed-off' ? { is: 'handed-off', from } : from;
/** Set up further, or not as far any more, whichever way it goes. */
function ahead(phase: Phase, from: Forward): Phase {
  const work = workOf(phase);
  return within(phase, work.is === 'undoing' ? { ...work, from } : from);
}

/** The phase of a run by its events alone, where nothing else of it has to be known. */
export const phaseOf = (
  events: readonly Event[],
  { final }: { readonly final: Ending },
  before: Phase = running,
): Phase => events.reduce((phase: Phase, event) => phaseAfter(phase, event, final.id), before);
interface Ending {
  readonly id: string;
}

function workOf(phase: Phase): Work {
  switch (phase.is) {
    case 'running':
    case 'finished':
    case 'undoing':
      return phase;
    case 'halted':
    case 'handed-off':
      return workOf(phase.from);
    default:
      return unreachable(phase);
  }
}

function forwardOf(phase: Phase): Forward {
  const work = workOf(phase);
  return work.is === 'undoing' ? work.from : work;
}

/** When the run was finished, if it is: also while it is handed off, or opened to be undone. Milliseconds since 1970. */
export function finishedAt({ phase }: Phased): number | undefined {
  const forward = forwardOf(phase);
  return forward.is === 'finished' ? forward.at : undefined;
}
/** Whether the last process that took it up did so to take back what it made, or came to that. */
export const isUndoing = ({ phase }: Phased): boolean => workOf(phase).is === 'undoing';
/** The undo that was agreed to and goes on. Undefined where there is none. */
export function undoOf({ phase }: Phased): Undo | undefined {
  const work = workOf(phase);
  return work.is === 'undoing' ? work.undo : undefined;
}
/** The way that a run goes now: back only once that was agreed to. */
export const wayNow = (run: Phased): Way => (undoOf(run) ? 'undo' : 'apply');
/** Why it stopped in the middle, where nobody has taken it up since. */
export function haltOf({ phase }: Phased): string | undefined {
  const held = here(phase);
  return held.is === 'halted' ? held.why : undefined;
}

/** As much of an attempt as there is to know for it. */
interface Tried {
  readonly intent: Pick<Intent, 'step' | 'call' | 'situation'>;
  readonly state: string;
}
/**
 * Attempts that this run reversed itself on its way forward, each with what reversed it: somebody else was chosen, and
 * what was made for the first was removed. What replaces something is no reversal.
 */
export function reversed<A extends Tried>(attempts: readonly A[]): ReadonlySet<A> {
  const gone = new Set<A>();
  const waiting = new Map<string, A[]>(); // by what would reverse them: what is not reversed yet
  const told: By = new Map();
  for (const one of attempts) {
    const { call, situation } = one.intent;
    if (one.state !== 'verified' || wayOf(situation) !== 'apply') continue;
    if (factsOf(call.operation).effect === 'removes')
      for (const key of keysOf(one, told)) {
        const made = waiting.get(key);
        if (!made) continue;
        for (const before of made.splice(0)) gone.add(before);
        gone.add(one);
      }
    for (const key of reversalsOf(one, told)) {
      const made = waiting.get(key);
      if (made) made.push(one);
      else waiting.set(key, [one]);
    }
  }
  return gone;
}
/** By operation: the members by which it is told what it reverses. */
type By = Map<WriteOperation, Map<string, readonly string[]>>;

/** What would reverse an attempt, a key each. `told`: which members say what it is about. */
const reversalsOf = ({ intent: { step, call } }: Tried, told: By): readonly string[] =>
  factsOf(call.operation).reversedBy.flatMap(({ by, same }) => {
    const known = told.get(by) ?? new Map<string, readonly string[]>();
    told.set(by, known.set(same.join(' '), same));
    return reversalKey(step, by, call, same);
  });
/** The same keys of what reverses. */
const keysOf = ({ intent: { step, call } }: Tried, told: By): readonly string[] =>
  [...(told.get(call.operation)?.values() ?? [])].flatMap((same) =>
    reversalKey(step, call.operation, call, same),
  );
/** None where a value is missing, or could not be told from another. */
function reversalKey(step: string, by: string, call: ReadyCall, same: readonly string[]): readonly string[] {
  const values = same.map((name) => valueIn(call, name));
  const isTold = values.every(
    (value) => value !== undefined && (typeof value !== 'object' || value === null),
  );
  return isTold ? [JSON.stringify([step, by, same, values])] : [];
}
