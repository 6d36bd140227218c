import type { Actor } from '../model/call.ts';
import { replaceAfter, valueIn } from '../model/call.ts';
import { headIn } from '../model/evidence/head-tag.ts';
import { memberAccountIn, otherThan } from '../model/identity.ts';
import { factsOf } from '../model/operations.ts';
import { undoOf, type Way, wayOf } from '../model/phase.ts';
import { standing } from '../model/plan.ts';
import { givenTo, isWanted } from '../model/progress/applicable-steps.ts';
import { outputs } from '../model/progress/outputs.ts';
import { refusals } from '../model/progress/refused.ts';
import { unprovisioned } from '../model/progress/unprovisioned.ts';
import { passes } from '../model/reader.ts';
import type { Run } from '../model/run.ts';
import { made } from '../model/run.ts';
import type { Situation, Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import type { Engine } from './engine.ts';
import { since } from './engine.ts';

/**
 * Whose credentials look: the acting account's where they are in hand, else the other's where that will do. Undefined
 * for a step that looks at nothing. Whether those are in hand is not asked.
 */
export function eyesOf(step: Step, { live, steps }: Engine): Actor | undefined {
  if (step.observedBy === 'none') return undefined;
  if (step.observedBy === 'actor' || live.has(step.actor)) return step.actor;
  return otherThan(step.actor, steps);
}

/**
 * What a step is told that is to be brought about. Undefined while a step it needs cannot even foretell what it gives,
 * and where it is not wanted.
 */
export function toApply(step: Step, engine: Engine): Situation | undefined {
  const run = engine.ports.run();
  const given = givenTo(step, run);
  return given && isWanted(step, run) ? told(step, given, run.answers[step.id] ?? {}, engine) : undefined;
}

/** What is not known yet was asked for, of a step that looks before its turn. */
export class NotKnownYet extends Error {}

/**
 * The same before the step's turn, with answers that may be given later. Throws nothing itself: its `given` throws
 * `NotKnownYet` where something is asked for that a step it needs cannot foretell yet.
 */
export function aheadOfTurn(step: Step, answers: Situation['answers'], engine: Engine): Situation {
  const run = engine.ports.run();
  const given: Record<string, unknown> = {};
  for (const [name, need] of Object.entries(step.dependsOn))
    Object.defineProperty(given, name, {
      get: () => {
        const gives = run.observations[need.id]?.plan.gives;
        if (gives === undefined) throw new NotKnownYet(`${step.id} needs ${name}`);
        return gives;
      },
    });
  return told(step, given, answers, engine);
}

function told(
  step: Step,
  given: Situation['given'],
  answers: Situation['answers'],
  engine: Engine,
): Situation {
  const run = engine.ports.run();
  const eyes = eyesOf(step, engine);
  const refused = refusals(run, step.id);
  return {
    answers,
    given,
    ...knownNow(step, engine, 'apply'),
    run: run.id,
    ...defined({ eyes, head: headFor(step, engine) }),
    ...registeredBy(run),
    ...delegateIn(engine),
    ...defined({
      handedOn: run.handoff ? true : undefined,
      refused: refused.length === 0 ? undefined : refused,
    }),
  };
}

/** The hash that the step's changes were first shown with; the newest while they were not. */
function headFor({ id }: Step, { ports }: Engine): string | undefined {
  const { observations, attempts } = ports.run();
  const planned = (observations[id]?.plan.goals ?? []).flatMap((goal) =>
    goal.is === 'change' ? (headIn(goal.call.input) ?? []) : [],
  );
  const sent = attempts.flatMap(({ intent }) => (intent.step === id ? (intent.situation.head ?? []) : []));
  return planned[0] ?? sent.at(-1) ?? ports.head?.()?.hash;
}

/** Who is no delegated administrator any more is shown as little as who never was one: only the journal tells. */
function registeredBy({ attempts, undone }: Run): Pick<Situation, 'registered'> {
  const last = attempts.findLast(
    ({ intent, state }) =>
      factsOf(intent.call.operation).appoints !== null &&
      state === 'verified' &&
      !undone.includes(intent.attempt),
  );
  const { appoints } = last ? factsOf(last.intent.call.operation) : { appoints: null };
  if (!last || appoints === null) return {};
  return { registered: { account: String(valueIn(last.intent.call, appoints)), at: last.intent.at } };
}

/** As the journal has it: the step that found who it is was done then. */
function delegateIn({ ports, steps, patience }: Engine): Pick<Situation, 'delegate'> {
  const { binding, observations } = ports.run();
  const account = memberAccountIn(binding);
  if (account === undefined) return {};
  const told = steps.flatMap((one) => {
    const look = observations[one.id];
    if (!look || standing(look.plan) !== 'done') return [];
    return memberAccountIn(one.bindingOf(look.plan.gives)) === account ? [look.at] : [];
  });
  const now = ports.now();
  const recent = told.some((at) => since(at, now, now) < patience.toSettle);
  return { delegate: { account, ...defined({ recent: recent || undefined }) } };
}

/** What AWS would not take back of a step, the last of each: it says no for good, or took it on and gave up. */
function gaveUpOn({ id }: Step, { attempts }: Run): Pick<Situation, 'gaveUp'> {
  const last = new Map(
    attempts
      .filter(({ intent }) => intent.step === id && wayOf(intent.situation) === 'undo')
      .map(({ intent, outcome }) => [intent.change, outcome]),
  );
  const gaveUp = [...last].flatMap(([change, outcome]) =>
    outcome?.ended === 'failed' || (outcome?.ended === 'refused' && !passes(outcome.code))
      ? [{ change, code: outcome.ended === 'refused' ? outcome.code : '', why: outcome.why }]
      : [],
  );
  return defined({ gaveUp: gaveUp.length === 0 ? undefined : gaveUp });
}

/**
 * Taking back rests on what the step was told when it made the last of it: what other steps would find now may be gone
 * already. Undefined where there is nothing to take back.
 */
export function toUndo(step: Step, { ports }: Engine): Situation | undefined {
  const run = ports.run();
  const mine = made(run, step.id);
  const last = run.attempts.find(({ intent }) => intent.attempt === mine.at(-1)?.attempt);
  if (!last) return undefined;
  const { answers, given } = last.intent.situation;
  const leftBehind = (undoOf(run)?.kept ?? []).flatMap((id) => (id === step.id ? [] : made(run, id)));
  return {
    ...{ answers, given, run: run.id, eyes: step.actor, undoing: mine },
    ...knownNow(step, { ports }, 'undo'),
    hints: {},
    ...defined({ leftBehind: leftBehind.length > 0 ? leftBehind : undefined }),
    ...gaveUpOn(step, run),
  };
}

/**
 * The part of a situation that the journal tells by now, whenever the rest was planned: it is seen anew for each look.
 */
export function knownNow(
  step: Step,
  { ports }: Pick<Engine, 'ports'>,
  way: Way,
): Pick<Situation, 'hints' | 'unprovisioned' | 'made'> {
  const run = ports.run();
  const owed = unprovisioned(run, way, ports.now());
  const mine = way === 'apply' ? made(run, step.id) : [];
  return {
    hints: hintsOf(step, run),
    unprovisioned: owed,
    ...defined({ made: mine.length > 0 ? mine : undefined }),
  };
}

/** The texts a step gave when last seen, those told by AWS since included. */
function hintsOf(step: Step, run: Run): Situation['hints'] {
  const told = outputs(run);
  const last = replaceAfter(run.observations[step.id]?.plan.gives ?? {}, ({ step: from, $after, path }) =>
    path
      .split('.')
      .reduce<unknown>(
        (value, key) => (value as Record<string, unknown> | undefined)?.[key],
        told.get(`${from}/${$after}`),
      ),
  );
  const searched = Object.values(run.observations)
    .flatMap(({ plan }) => plan.searched ?? [])
    .at(-1);
  return {
    ...defined({ searched }),
    ...Object.fromEntries(
      Object.entries(last).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  };
}
