import { isNotLetIn } from '../model/access/access-denied-hints.ts';
import type { Actor } from '../model/call.ts';
import { management } from '../model/identity.ts';
import type { Plan } from '../model/plan.ts';
import { unknown } from '../model/plan.ts';
import { isPart } from '../model/progress/applicable-steps.ts';
import { basisOf } from '../model/progress/basis.ts';
import { type Aws, CredentialsError, OutcomeUnknown, passes, RequestRejected } from '../model/reader.ts';
import { planOf } from '../model/run.ts';
import type { Situation, Step } from '../model/step.ts';
import { atMost } from '../model/text/at-most.ts';
import { applying, type Direction } from './direction.ts';
import type { Engine } from './engine.ts';
import { eyesFor, silentPauseOf } from './engine.ts';
import { isVouchedFor } from './noting.ts';
import { withPreflight } from './preflight.ts';
import { blind } from './reading/blind.ts';
import { meeting, withPeople } from './reading/people-met.ts';
import { eyesOf } from './situation.ts';

/** What a step is told now. Undefined where there is nothing for it to plan. */
export const situationOf = (
  step: Step,
  engine: Engine,
  direction: Direction = applying,
): Situation | undefined => direction.situationOf(step, engine);

/**
 * Sees how a step stands, in the situation given, and writes nothing down. Another account's eyes would see nothing and
 * prove nothing: who looks is checked first. `more`: what is found out besides, with the plan in hand. No answer, and AWS's refusals, become a plan with one unknown goal. Throws
 * `CredentialsError`.
 */
export async function see(
  step: Step,
  situation: Situation,
  engine: Engine,
  more: typeof withPreflight = async (_, { ahead: __, ...plan }) => plan,
): Promise<Plan> {
  const { ports } = engine;
  const { eyes } = situation;
  try {
    if (eyes === undefined) return plain(await step.observeAndPlan(blind, situation));
    ports.show({ is: 'looking', step: step.id, since: ports.now() });
    const met = new Set(engine.met);
    const aws = meeting(await checkedEyes(engine, eyes, step), met);
    const plan = withPeople(
      plain(await more(step, await step.observeAndPlan(aws, situation), aws, situation, engine)),
      step,
      met,
    );
    for (const name of plan.people ?? []) engine.met.add(name);
    return plan;
  } catch (error) {
    const soon = { firm: true, soon: true } as const;
    if (error instanceof OutcomeUnknown)
      return { goals: [unknown(noAnswer, 'AWS answers', error.message, soon)] };
    if (!(error instanceof RequestRejected)) throw error;
    const why = `${error.code}: ${error.message}`;
    if (passes(error.code)) return { goals: [unknown(noAnswer, 'AWS answers', why, soon)] };
    const later = eyes !== undefined && eyes !== management && situation.delegate?.recent && isNotLetIn(why);
    return { goals: [unknown('look', 'AWS lets us look', why, later ? soon : { firm: true })] };
  } finally {
    ports.show({ is: 'idle' });
  }
}
/** Whose eyes they are is checked before they look. Throws `CredentialsError` where they are another account's. */
async function checkedEyes(engine: Engine, eyes: Actor, step: Step): Promise<Aws> {
  const run = engine.ports.run();
  const aws = eyesFor(engine, eyes, step.id);
  const expected = run.binding.accounts?.[eyes] ?? run.identities[eyes]?.account;
  const { Account: caller } = await aws.read('sts:GetCallerIdentity', {});
  if (expected === undefined || caller === expected) return aws;
  throw new CredentialsError(
    eyes,
    `The credentials are account ${caller}’s now, and account ${expected} has to look. Nothing was sent.`,
    `Use credentials of account ${expected}.`,
  );
}
const noAnswer = 'answer';
/**
 * Why AWS cannot be asked just now, in words: the network, or too many questions. Time may mend it. Undefined where it
 * answered.
 */
export const silence = ({ goals }: Plan): string | undefined =>
  goals.flatMap((goal) => (goal.is === 'unknown' && goal.id === noAnswer ? [goal.why] : []))[0];

/** Says that AWS gives no answer, and leaves it alone for a while. `tries`: looks in vain before this one. */
export async function waitForAnswer(
  step: Step,
  why: string,
  { began, tries }: { readonly began: number; readonly tries: number },
  engine: Engine,
): Promise<void> {
  const { ports, patience } = engine;
  ports.show({
    ...{ is: 'no-answer', step: step.id, why, since: began },
    ...{ tries: tries + 1, until: began + patience.toSettle },
  });
  await ports.sleep(silentPauseOf(engine, tries));
}

const plain = (plan: Plan): Plan => JSON.parse(JSON.stringify(plan)) as Plan;

/**
 * Sees how a step stands now, and keeps it as the direction says. Undefined where `situationOf` is. Throws
 * `CredentialsError`.
 */
export async function observeStep(
  step: Step,
  engine: Engine,
  direction: Direction = applying,
): Promise<Plan | undefined> {
  const situation = direction.situationOf(step, engine);
  if (!situation) return undefined;
  const known = direction.known(step, situation, engine);
  if (known) return known;
  return direction.note(step, await see(step, situation, engine, withPreflight), situation, engine);
}

/**
 * Whether a step was seen by this process, or is vouched for, on what the run says now. True of what is no part of the
 * run: nothing has to be seen of it.
 */
export function isCurrent(step: Step, engine: Engine): boolean {
  if (!isPart(step, engine.ports.run())) return true;
  const look = engine.ports.run().observations[step.id];
  const situation = situationOf(step, engine);
  if (!look || !situation) return false;
  const basis = basisOf(situation);
  return look.basis === basis && (!look.remembered || isVouchedFor(step, engine, basis));
}

/**
 * Sees steps in order, reads only. Later steps plan with values known only after earlier ones; what they read now is
 * mostly what they would by what is known already, so it is asked for at once. Throws `CredentialsError`.
 */
export async function survey(steps: readonly Step[], engine: Engine): Promise<void> {
  const turn = atMost(together);
  await Promise.all(steps.map((step) => turn(() => askAhead(step, engine))));
  for (const step of steps) await observeStep(step, engine);
}
/** Steps that ask AWS at the same time: it answers 20 requests a second. */
const together = 8;

/** Asks what a look would ask now, for the look that follows: what goes wrong, and what is seen, that one tells. */
async function askAhead(step: Step, engine: Engine): Promise<void> {
  const situation = situationOf(step, engine);
  if (!situation?.eyes || !engine.live.has(situation.eyes)) return;
  try {
    await step.observeAndPlan(await checkedEyes(engine, situation.eyes, step), situation);
  } catch {}
}

/**
 * Sees steps that nobody has seen yet, as far as somebody at hand can look: where a run stands still, what remains can
 * be told and done by hand. Where credentials fail it ends early. Throws what else `observeStep` throws.
 */
export async function foresee(steps: readonly Step[], engine: Engine): Promise<void> {
  for (const step of steps) {
    const eyes = eyesOf(step, engine);
    if (planOf(engine.ports.run(), step.id) || (eyes !== undefined && !engine.live.has(eyes))) continue;
    try {
      await observeStep(step, engine);
    } catch (error) {
      if (error instanceof CredentialsError) return;
      throw error;
    }
  }
}
