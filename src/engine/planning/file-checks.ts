import type { Actor } from '../../model/call.ts';
import type { Caller, Source, UnusableCredentials } from '../../model/identity.ts';
import { management, memberIn } from '../../model/identity.ts';
import type { Goal } from '../../model/plan.ts';
import { partsOf } from '../../model/progress/applicable-steps.ts';
import { CredentialsError } from '../../model/reader.ts';
import type { Binding, Situation, Step } from '../../model/step.ts';
import { type Engine, eyesFor } from '../engine.ts';
import { identifyCaller, misfit } from '../identify.ts';
import { see, waitForAnswer } from '../observe.ts';
import { aheadOfTurn, eyesOf, NotKnownYet } from '../situation.ts';

// What can be known before the first change of what is to come after it: nothing here is accepted, or written down.

/**
 * Who a source's credentials are, or why they cannot act as `actor` once it is their turn. While AWS gives no answer it is
 * asked again, as long as for a look. Throws what `ports.sleep` throws.
 */
export async function identityAhead(
  step: Step,
  actor: Actor,
  source: Source,
  engine: Engine,
): Promise<Caller | UnusableCredentials> {
  const { ports, patience } = engine;
  const began = ports.now();
  for (let tries = 0; ; tries++) {
    const caller = await identifyCaller(source, engine);
    if (!('problem' in caller)) return misfit(caller, actor, engine, bindingAhead(engine)) ?? caller;
    if (!caller.passing || ports.now() - began > patience.toSettle) return caller;
    await waitForAnswer(step, caller.problem, { began, tries }, engine);
  }
}

/** What the run is tied to, and will be by what its steps foretell. */
function bindingAhead({ ports, steps }: Engine): Binding {
  const run = ports.run();
  const foretold = partsOf(steps, run).map((step) => {
    const gives = run.observations[step.id]?.plan.gives;
    return gives === undefined ? {} : step.bindingOf(gives);
  });
  const accounts = Object.assign({}, ...foretold.map((one) => one.accounts), run.binding.accounts);
  return { ...run.binding, accounts };
}

type Wrong = Extract<Goal, { is: 'wrong' }>;
/**
 * What these answers make wrong in a step whose turn has not come. Undefined where nobody at hand can look, or what it
 * rests on is not known yet. Throws what looking throws.
 */
export async function wrongAhead(
  step: Step,
  answers: Situation['answers'],
  engine: Engine,
): Promise<readonly Wrong[] | undefined> {
  const eyes = eyesOf(step, engine);
  if (eyes !== undefined && !engine.live.has(eyes)) return undefined;
  const wrongWith = async (given: Situation['answers']): Promise<readonly Wrong[] | undefined> => {
    const { goals } = await see(step, aheadOfTurn(step, given, engine), engine);
    const found = goals.filter((goal): goal is Wrong => goal.is === 'wrong');
    return found.length === 0 && goals.some(({ is }) => is === 'unknown') ? undefined : found;
  };
  try {
    const found = await wrongWith(answers);
    if (!found || found.length === 0) return found;
    const anyway = new Set((await wrongWith({}))?.map(({ id }) => id));
    return found.filter(({ id }) => !anyway.has(id));
  } catch (error) {
    if (error instanceof NotKnownYet || error instanceof CredentialsError) return undefined;
    throw error;
  }
}

/** The accounts of the organization, as AWS Organizations lists them. Throws what reading throws. */
export async function accountsAhead(
  step: Step,
  engine: Engine,
): Promise<readonly { readonly id: string; readonly name: string; readonly state: string }[]> {
  const actor = engine.live.has(management) ? management : memberIn(engine.steps);
  const all: { id: string; name: string; state: string }[] = [];
  for await (const page of eyesFor(engine, actor, step.id).pages('organizations:ListAccounts', {}))
    for (const { Id, Name, State, Status } of page.Accounts ?? [])
      if (Id) all.push({ id: Id, name: Name ?? Id, state: State ?? Status ?? 'ACTIVE' });
  return all;
}
