import type { Actor } from '../model/call.ts';
import type { Caller, Source, UnusableCredentials } from '../model/identity.ts';
import type { Goal } from '../model/plan.ts';
import { partsOf } from '../model/progress/applicable-steps.ts';
import { CredentialsError, OutcomeUnknown, RequestRejected } from '../model/reader.ts';
import type { Binding, Situation, Step } from '../model/step.ts';
import { type Engine, eyesFor } from './engine.ts';
import { meet, misfit } from './identify.ts';
import { see } from './observe.ts';
import { aheadOfTurn, eyesOf, NotKnownYet } from './situation.ts';

// What can be known before the first change of what is to come after it: nothing here is accepted, or written down.

/** Who a source's credentials are, or why they cannot act as `actor` once it is their turn. */
export async function identityAhead(
  actor: Actor,
  source: Source,
  engine: Engine,
): Promise<Caller | UnusableCredentials> {
  const caller = await meet(source, engine);
  if ('problem' in caller) return caller;
  return misfit(caller, actor, bindingAhead(engine)) ?? caller;
}

/** What the run is tied to, and will be by what its steps foretell. */
function bindingAhead({ ports, steps }: Engine): Binding {
  const run = ports.run();
  const foretold = partsOf(steps, run).map((step) => {
    const gives = run.looks[step.id]?.plan.gives;
    return gives === undefined ? {} : step.bindingOf(gives);
  });
  const accounts = Object.assign({}, ...foretold.map((one) => one.accounts), run.binding.accounts);
  return { ...run.binding, accounts };
}

type Wrong = Extract<Goal, { is: 'wrong' }>;
/** What these answers make wrong in a step whose turn has not come, as far as somebody at hand can look. */
export async function wrongAhead(
  step: Step,
  answers: Situation['answers'],
  engine: Engine,
): Promise<readonly Wrong[]> {
  const eyes = eyesOf(step, engine);
  if (eyes !== undefined && !engine.live.has(eyes)) return [];
  const wrongWith = async (given: Situation['answers']): Promise<readonly Wrong[]> => {
    const { goals } = await see(step, aheadOfTurn(step, given, engine), engine);
    return goals.filter((goal): goal is Wrong => goal.is === 'wrong');
  };
  try {
    const found = await wrongWith(answers);
    if (found.length === 0) return [];
    const anyway = new Set((await wrongWith({})).map(({ id }) => id));
    return found.filter(({ id }) => !anyway.has(id));
  } catch (error) {
    if (error instanceof NotKnownYet || error instanceof CredentialsError) return [];
    throw error;
  }
}

/** Of these values, what a question of such a step lists as not to be chosen, and why: as a step's own words for it. */
export async function closedAhead(
  step: Step,
  question: string,
  values: readonly string[],
  engine: Engine,
): Promise<readonly string[]> {
  const eyes = eyesOf(step, engine);
  if (eyes === undefined || !engine.live.has(eyes)) return [];
  const found: string[] = [];
  try {
    const way = eyesFor(engine, eyes, step.id);
    for await (const { value, label, not } of step.choicesOf(question, way, aheadOfTurn(step, {}, engine)) ??
      [])
      if (not !== undefined && values.includes(value)) found.push(`${label}: ${not}`);
  } catch (error) {
    if (
      !(error instanceof NotKnownYet || error instanceof RequestRejected || error instanceof OutcomeUnknown)
    )
      throw error;
  }
  return found;
}

/** The accounts of the organization, as AWS Organizations lists them. Throws what reading throws. */
export async function accountsAhead(
  step: Step,
  engine: Engine,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const actor = engine.live.has('management') ? 'management' : 'delegated-administrator';
  const all: { id: string; name: string }[] = [];
  for await (const page of eyesFor(engine, actor, step.id).pages('organizations:ListAccounts', {}))
    for (const { Id, Name } of page.Accounts ?? []) if (Id) all.push({ id: Id, name: Name ?? Id });
  return all;
}
