import type { Actor } from '../model/call.ts';
import type { Caller, Source, Unusable } from '../model/identity.ts';
import { actorName, actorOf, sourceName } from '../model/identity.ts';
import type { Step } from '../model/step.ts';
import type { Engine } from './engine.ts';

/** `actor` undefined: the management account's or the delegated administrator's, whichever the operator has. */
interface Wish {
  readonly step: Step;
  readonly actor: Actor | undefined;
  readonly problem?: Unusable;
}

/** Takes up credentials that this run accepted before, if they are still the same caller's. */
export async function takeUp(actor: Actor, engine: Engine): Promise<boolean> {
  const { ports, live, forgotten } = engine;
  const { identities, binding } = ports.run();
  const accepted = identities[actor];
  const bound = binding.accounts?.[actor];
  if (bound !== undefined && accepted !== undefined && accepted.account !== bound) {
    live.delete(actor); // a member that only looked, before it was known which one acts
    return false;
  }
  if (live.has(actor)) return true;
  if (!accepted || forgotten.has(actor)) return false;
  const met = await ports.meet(accepted.source);
  if ('problem' in met || met.account !== accepted.account || met.arn !== accepted.arn) return false;
  live.set(actor, { source: accepted.source, region: met.region });
  return true;
}

/**
 * Asks for credentials until some fit and are accepted. Until then AWS is asked who they are, and nothing else.
 * False when the operator leaves.
 */
export async function identify({ step, actor, problem }: Wish, engine: Engine): Promise<boolean> {
  const { ports } = engine;
  let trouble = problem;
  for (;;) {
    const account = actor && ports.run().binding.accounts?.[actor];
    const reply = await ports.ask({
      is: 'credentials',
      step,
      actor,
      sources: lastUsed(await ports.sources(), actor, engine),
      ...(account === undefined ? {} : { account }),
      ...(trouble === undefined ? {} : { problem: trouble }),
    });
    if (reply.do === 'leave') return false;
    if (reply.do !== 'use') continue;
    ports.show({ is: 'looking', step: step.id, since: ports.now() });
    const caller = await ports.meet(reply.source);
    ports.show({ is: 'idle' });
    trouble = 'problem' in caller ? caller : misfit(caller, actor, engine);
    if (trouble !== undefined || 'problem' in caller) continue;
    const as = roleOf(caller, actor);
    const accepted = await ports.ask({ is: 'accept', step, actor: as, caller });
    if (accepted.do === 'leave') return false;
    if (accepted.do !== 'go-on') continue;
    await keep(as, reply.source, caller, engine);
    return true;
  }
}

/** What the other actor uses stands last: it is least likely to be meant. */
function lastUsed(
  sources: readonly Source[],
  actor: Actor | undefined,
  { ports }: Engine,
): readonly Source[] {
  const { identities } = ports.run();
  const other = actor && identities[actor === 'management' ? 'delegated-administrator' : 'management'];
  const used = JSON.stringify(other?.source);
  const isUsed = (source: Source): boolean => JSON.stringify(source) === used;
  return [...sources.filter((one) => !isUsed(one)), ...sources.filter(isUsed)];
}

const roleOf = ({ account, organization }: Caller, actor: Actor | undefined): Actor =>
  organization.is === 'member' ? actorOf(account, organization.management) : (actor ?? 'management');

async function keep(
  actor: Actor,
  source: Source,
  { account, arn, region }: Caller,
  engine: Engine,
): Promise<void> {
  const known = engine.ports.run().identities[actor];
  if (
    known?.account !== account ||
    known.arn !== arn ||
    JSON.stringify(known.source) !== JSON.stringify(source)
  )
    await engine.ports.record({ type: 'identified', actor, account, arn, source });
  engine.live.set(actor, { source, region });
  engine.forgotten.delete(actor);
}

/** Why a caller cannot take the part that is asked for. */
function misfit(caller: Caller, actor: Actor | undefined, { ports }: Engine): Unusable | undefined {
  const { account, organization, source } = caller;
  const { binding } = ports.run();
  const found = `${sourceName(source)} acts for account ${account}`;
  if (
    organization.is === 'member' &&
    binding.organization !== undefined &&
    organization.id !== binding.organization
  )
    return {
      problem: `${found} of organization ${organization.id}, and this run belongs to organization ${binding.organization}.`,
      remedy: 'Use credentials of the run’s organization, or begin a new run with --new.',
    };
  if (organization.is === 'none' && binding.organization !== undefined)
    return {
      problem: `${found}, which belongs to no organization; this run belongs to ${binding.organization}.`,
      remedy: 'Use credentials of the run’s organization.',
    };
  const as = roleOf(caller, actor);
  if (actor !== undefined && as !== actor) {
    const needed =
      actor === 'management' && organization.is === 'member' ? ` ${organization.management}` : '';
    const wanted = binding.accounts?.[actor] ?? '';
    return {
      problem: `${found}, the ${as === 'management' ? 'management account' : 'account of a member'}. The ${actorName(actor)}${needed || (wanted && ` ${wanted}`)} is needed here.`,
      remedy: 'You may have to switch user, account or role: choose credentials of that account.',
    };
  }
  const expected = binding.accounts?.[as];
  if (expected !== undefined && account !== expected)
    return {
      problem: `${found}. The ${actorName(as)} of this run is ${expected}.`,
      remedy: `Choose credentials of account ${expected}.`,
    };
  return undefined;
}
