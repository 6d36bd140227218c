import { isNotLetIn } from '../model/access/access-denied-hints.ts';
import type { Actor } from '../model/call.ts';
import { replaceAfter, valueIn } from '../model/call.ts';
import { otherThan } from '../model/identity.ts';
import { factsOf } from '../model/operations.ts';
import type { Plan } from '../model/plan.ts';
import { standing, unknown, waive, wrong } from '../model/plan.ts';
import { givenTo, isPart, isWanted } from '../model/progress/applicable-steps.ts';
import { changedSince } from '../model/progress/handoff.ts';
import { refusals } from '../model/progress/refused.ts';
import { unprovisioned } from '../model/progress/unprovisioned.ts';
import { CredentialsFailed, passes, Refused, Unclear } from '../model/reader.ts';
import type { Run } from '../model/run.ts';
import { made, outputs, planOf } from '../model/run.ts';
import type { Binding, Situation, Step } from '../model/step.ts';
import { fingerprint } from '../model/text/fingerprint.ts';
import { blind } from './blind.ts';
import type { Engine } from './engine.ts';
import { eyesFor, same, since } from './engine.ts';
import { preflown } from './preflight.ts';

/**
 * Whose credentials look: the acting account's where they are in hand, else the other's where that will do. Undefined
 * for a step that looks at nothing. Whether those are in hand is not asked.
 */
export function eyesOf(step: Step, { live }: Engine): Actor | undefined {
  if (step.eyes === 'none') return undefined;
  if (step.eyes === 'actor' || live.has(step.actor)) return step.actor;
  return otherThan(step.actor);
}

/**
 * The step is about credentials that are not in hand, and whoever had them saw it done on what the run says now: the
 * journal's word is taken, so that somebody without them can go on with what is theirs.
 */
function isVouchedFor(step: Step, engine: Engine, basis: string): boolean {
  if (step.eyes !== 'actor' || engine.live.has(step.actor)) return false;
  const run = engine.ports.run();
  const look = run.looks[step.id];
  const plan = planOf(run, step.id);
  return look?.basis === basis && plan !== undefined && standing(plan) === 'done';
}

/**
 * What a step is told now. Undefined while a step it needs cannot even foretell what it gives, where it is not wanted,
 * and, while `undoing`, where there is nothing to take back.
 */
export function situationOf(step: Step, engine: Engine, undoing = false): Situation | undefined {
  const run = engine.ports.run();
  if (undoing) return undoingOf(step, engine);
  const given = givenTo(step, run);
  if (!given || !isWanted(step, run)) return undefined;
  const eyes = eyesOf(step, engine);
  const refused = refusals(run, step.id);
  return {
    answers: run.answers[step.id] ?? {},
    given,
    ...knownNow(step, engine),
    run: run.id,
    ...(eyes === undefined ? {} : { eyes }),
    ...registeredBy(run),
    ...delegateIn(engine),
    ...(run.handoff ? { handedOn: true } : {}),
    ...(refused.length === 0 ? {} : { refused }),
  };
}

/** Who is no delegated administrator any more is shown as little as who never was one: only the journal tells. */
function registeredBy({ attempts, takenBack }: Run): Pick<Situation, 'registered'> {
  const last = attempts.findLast(
    ({ intent, state }) =>
      factsOf(intent.call.operation).appoints !== null &&
      state === 'verified' &&
      !takenBack.includes(intent.attempt),
  );
  const { appoints } = last ? factsOf(last.intent.call.operation) : { appoints: null };
  if (!last || appoints === null) return {};
  return { registered: { account: String(valueIn(last.intent.call, appoints)), at: last.intent.at } };
}

/** As the journal has it: the step that found who it is was done then. */
function delegateIn({ ports, steps, patience }: Engine): Pick<Situation, 'delegate'> {
  const { binding, looks } = ports.run();
  const account = binding.accounts?.['delegated-administrator'];
  if (account === undefined) return {};
  const told = steps.flatMap((one) => {
    const look = looks[one.id];
    if (!look || standing(look.plan) !== 'done') return [];
    return one.bindingOf(look.plan.gives).accounts?.['delegated-administrator'] === account ? [look.at] : [];
  });
  const now = ports.now();
  const recent = told.some((at) => since(at, now, now) < patience.toSettle);
  return { delegate: { account, ...(recent ? { recent } : {}) } };
}

/** What AWS would not take back of a step, the last of each: it says no for good, or took it on and gave up. */
function gaveUpOn({ id }: Step, { attempts }: Run): Pick<Situation, 'gaveUp'> {
  const last = new Map(
    attempts
      .filter(({ intent }) => intent.step === id && intent.situation.undoing)
      .map(({ intent, outcome }) => [intent.change, outcome]),
  );
  const gaveUp = [...last].flatMap(([change, outcome]) =>
    outcome?.ended === 'failed' || (outcome?.ended === 'refused' && !passes(outcome.code))
      ? [{ change, code: outcome.ended === 'refused' ? outcome.code : '', why: outcome.why }]
      : [],
  );
  return gaveUp.length === 0 ? {} : { gaveUp };
}

/**
 * Taking back rests on what the step was told when it made the last of it: what other steps would find now may be gone
 * already. Undefined where there is nothing to take back.
 */
function undoingOf(step: Step, { ports }: Engine): Situation | undefined {
  const run = ports.run();
  const mine = made(run, step.id);
  const last = run.attempts.find(({ intent }) => intent.attempt === mine.at(-1)?.attempt);
  if (!last) return undefined;
  const { answers, given } = last.intent.situation;
  const leftBehind = (run.undo?.kept ?? []).flatMap((id) => (id === step.id ? [] : made(run, id)));
  return {
    ...{ answers, given, run: run.id, eyes: step.actor, undoing: mine },
    ...knownNow(step, { ports }, { undoing: mine }),
    hints: {},
    ...(leftBehind.length > 0 ? { leftBehind } : {}),
    ...gaveUpOn(step, run),
  };
}

/**
 * The part of a situation that the journal tells by now, whenever the rest was planned: it is seen anew for each look.
 */
export function knownNow(
  step: Step,
  { ports }: Pick<Engine, 'ports'>,
  { undoing }: Pick<Situation, 'undoing'> = {},
): Pick<Situation, 'hints' | 'unprovisioned'> {
  const run = ports.run();
  const owed = unprovisioned(run, undoing !== undefined, ports.now());
  return { hints: hintsOf(step, run), unprovisioned: owed };
}

/** What a look rests on. A look on another basis is out of date. */
const basisOf = ({ answers, given }: Situation): string => fingerprint([answers, given]).slice(0, 16);

/** The texts a step gave when last seen, those told by AWS since included. */
function hintsOf(step: Step, run: Run): Situation['hints'] {
  const told = outputs(run);
  const last = replaceAfter(run.looks[step.id]?.plan.gives ?? {}, ({ step: from, $after, path }) =>
    path
      .split('.')
      .reduce<unknown>(
        (value, key) => (value as Record<string, unknown> | undefined)?.[key],
        told.get(`${from}/${$after}`),
      ),
  );
  return Object.fromEntries(
    Object.entries(last).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/**
 * Sees how a step stands, in the situation given, and writes nothing down. Another account's eyes would see nothing and
 * prove nothing: who looks is checked first. No answer, and AWS's refusals, become a plan with one unknown goal. Throws
 * `CredentialsFailed`.
 */
export async function see(step: Step, situation: Situation, engine: Engine): Promise<Plan> {
  const { ports } = engine;
  const { eyes } = situation;
  try {
    if (eyes === undefined) return plain(await step.look(blind, situation));
    ports.show({ is: 'looking', step: step.id, since: ports.now() });
    const run = ports.run();
    const aws = eyesFor(engine, eyes, step.id);
    const expected = run.binding.accounts?.[eyes] ?? run.identities[eyes]?.account;
    const { Account: caller } = await aws.read('sts:GetCallerIdentity', {});
    if (expected !== undefined && caller !== expected)
      throw new CredentialsFailed(
        eyes,
        `The credentials are account ${caller}’s now, and account ${expected} has to look. Nothing was sent.`,
        `Use credentials of account ${expected}.`,
      );
    return plain(await step.look(aws, situation));
  } catch (error) {
    const soon = { firm: true, soon: true } as const;
    if (error instanceof Unclear) return { goals: [unknown(noAnswer, 'AWS answers', error.message, soon)] };
    if (!(error instanceof Refused)) throw error;
    const why = `${error.code}: ${error.message}`;
    if (passes(error.code)) return { goals: [unknown(noAnswer, 'AWS answers', why, soon)] };
    const later = eyes === 'delegated-administrator' && situation.delegate?.recent && isNotLetIn(why);
    return { goals: [unknown('look', 'AWS lets us look', why, later ? soon : { firm: true })] };
  } finally {
    ports.show({ is: 'idle' });
  }
}
const noAnswer = 'answer';
/**
 * Why AWS cannot be asked just now, in words: the network, or too many questions. Time may mend it. Undefined where it
 * answered.
 */
export const silence = ({ goals }: Plan): string | undefined =>
  goals.flatMap((goal) => (goal.is === 'unknown' && goal.id === noAnswer ? [goal.why] : []))[0];

const plain = (plan: Plan): Plan => JSON.parse(JSON.stringify(plan)) as Plan;

/**
 * Sees how a step stands now, writes it down where it is news, and ties the run to what a step that is done has found.
 * Gives the plan with the operator's waivers applied; undefined where `situationOf` is. While `undoing` nothing is
 * written down, tied or waived. Throws `CredentialsFailed`.
 */
export async function look(step: Step, engine: Engine, undoing = false): Promise<Plan | undefined> {
  const { ports } = engine;
  const situation = situationOf(step, engine, undoing);
  if (!situation) return undefined;
  const basis = basisOf(situation);
  if (isVouchedFor(step, engine, basis)) return planOf(ports.run(), step.id);
  const seen = await preflown(step, await see(step, situation, engine), situation, engine);
  if (undoing) return seen;
  const done = standing(waive(seen, ports.run().waived[step.id] ?? {})) === 'done';
  const binding = done ? step.bindingOf(seen.gives) : {};
  const clash = clashOf(ports.run().binding, binding);
  const plan = clash === undefined ? seen : { goals: [clash] };
  const before = ports.run().looks[step.id];
  const { handoff } = ports.run();
  const since = handoff && situation.eyes && changedSince(ports.run(), step.id, plan);
  if (since) await ports.record({ type: 'changed-since', step: step.id, handoff: handoff.id, ...since });
  if (!before || before.remembered || before.basis !== basis || !same(plan, before.plan))
    await ports.record({
      type: 'looked',
      step: step.id,
      plan,
      basis,
      ...(situation.eyes ? { eyes: situation.eyes } : {}),
    });
  if (clash === undefined && isNew(ports.run().binding, binding))
    await ports.record({ type: 'bound', binding });
  return waive(plan, ports.run().waived[step.id] ?? {});
}

const flat = ({ accounts, ...rest }: Binding): Readonly<Record<string, string>> => ({ ...rest, ...accounts });
const isNew = (known: Binding, found: Binding): boolean =>
  Object.keys(flat(found)).some((what) => flat(known)[what] === undefined);
function clashOf(known: Binding, found: Binding) {
  const is = flat(known);
  const other = Object.entries(flat(found)).find(
    ([what, value]) => is[what] !== undefined && is[what] !== value,
  );
  if (!other) return undefined;
  const [what, value] = other;
  const name = what in { organization: 1, instance: 1, region: 1 } ? what : `${what} account`;
  return wrong(
    'run',
    'This is what the run was begun for',
    `the run belongs to ${name} ${is[what]}, and this is ${value}`,
    `Use credentials of the run’s organization, or begin a new run with --new.`,
  );
}

/**
 * Whether a step was seen by this process, or is vouched for, on what the run says now. True of what is no part of the
 * run: nothing has to be seen of it.
 */
export function isCurrent(step: Step, engine: Engine): boolean {
  if (!isPart(step, engine.ports.run())) return true;
  const look = engine.ports.run().looks[step.id];
  const situation = situationOf(step, engine);
  if (!look || !situation) return false;
  const basis = basisOf(situation);
  return look.basis === basis && (!look.remembered || isVouchedFor(step, engine, basis));
}

/**
 * Sees steps in order, reads only. Later steps plan with values known only after earlier ones. Throws
 * `CredentialsFailed`.
 */
export async function survey(steps: readonly Step[], engine: Engine): Promise<void> {
  for (const step of steps) await look(step, engine);
}

/**
 * Sees steps that nobody has seen yet, as far as somebody at hand can look: where a run stands still, what remains can
 * be told and done by hand. Where credentials fail it ends early. Throws what else `look` throws.
 */
export async function foresee(steps: readonly Step[], engine: Engine): Promise<void> {
  for (const step of steps) {
    const eyes = eyesOf(step, engine);
    if (planOf(engine.ports.run(), step.id) || (eyes !== undefined && !engine.live.has(eyes))) continue;
    try {
      await look(step, engine);
    } catch (error) {
      if (error instanceof CredentialsFailed) return;
      throw error;
    }
  }
}
