import type { SourceFacts } from '../model/access/source-facts.ts';
import type { Actor } from '../model/call.ts';
import type { GivenBy } from '../model/event.ts';
import type { Caller, Source, UnusableCredentials } from '../model/identity.ts';
import { actorName, actorOf, isNamedAfter, management, otherThan, sourceName } from '../model/identity.ts';
import { welcomeBack } from '../model/progress/welcome.ts';
import type { Run } from '../model/run.ts';
import type { Binding, Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import type { Ask, Reply } from './ask.ts';
import { type Engine, pauseOf, same } from './engine.ts';
import { meetWithCode, signIn } from './sign-in.ts';

/** `actor` undefined: the management account's or the delegated administrator's, whichever the operator has. */
interface Wish {
  readonly step: Step;
  readonly actor: Actor | undefined;
  readonly problem?: UnusableCredentials;
}

/**
 * Takes up credentials that this run accepted before, if they are still the same caller's. Those that an earlier process
 * accepted are accepted once more before they are used. 'no' where they are not at hand: then `identify` asks.
 */
export async function takeUp(actor: Actor, step: Step, engine: Engine): Promise<'yes' | 'no' | 'left'> {
  const { ports, live, forgotten } = engine;
  const { identities, binding } = ports.run();
  const accepted = identities[actor];
  const bound = binding.accounts?.[actor];
  if (bound !== undefined && accepted !== undefined && accepted.account !== bound) {
    live.delete(actor); // a member that only looked, before it was known which one acts
    return 'no';
  }
  if (live.has(actor)) return 'yes';
  if (!accepted || forgotten.has(actor)) return 'no';
  const met = await identifyCaller(accepted.source, engine);
  if ('problem' in met && (met.login || met.process !== undefined || met.code))
    engine.loggedOut.set(actor, met);
  // Whose they are now is said when they are asked for: somebody has exchanged them since.
  const unfit = 'problem' in met ? undefined : misfit(met, actor, engine);
  if (unfit) engine.loggedOut.set(actor, unfit);
  if ('problem' in met || unfit || met.account !== accepted.account || met.arn !== accepted.arn) return 'no';
  const caller = { ...met, source: accepted.source }; // its Region may be another by now
  const again = engine.accepted.has(actor) ? {} : await accept(step, actor, caller, engine);
  if (again === 'left') return 'left';
  if (again === 'no') {
    const { account, arn, source } = caller;
    await ports.record({ type: 'identity-declined', actor, account, arn, source });
    forgotten.add(actor);
    return 'no';
  }
  await keep(actor, { ...caller, ...again }, engine);
  return 'yes';
}

/** So often one who gives no answer is asked again before that is said. */
const tries = 2;
/** Who a source's credentials are. While AWS gives no answer it is asked again, twice. Throws what `ports.meet` throws. */
export async function identifyCaller(source: Source, engine: Engine): Promise<Caller | UnusableCredentials> {
  for (let n = 0; ; n++) {
    const met = await engine.ports.identifyCaller(source);
    if (!('problem' in met) || met.passing !== true || n === tries) return met;
    await engine.ports.sleep(pauseOf(engine, n));
  }
}

/**
 * Asks for credentials until some fit and are accepted. Until then AWS is asked who they are, and nothing else. Those
 * that were accepted before, and are the same caller's still, are not asked about again. False when the operator
 * leaves. Throws what `ports.record` throws.
 */
export async function identify(wish: Wish, engine: Engine): Promise<boolean> {
  const { ports } = engine;
  const { step, actor } = wish;
  let trouble = troubleBefore(wish, engine);
  for (;;) {
    const reply = await ports.ask(await askFor(wish, trouble, engine));
    if (reply.do === 'leave') return false;
    const tried = await tryChosen(reply, trouble, wish, engine);
    if (tried === 'left') return false;
    if (!('caller' in tried)) {
      trouble = tried.trouble;
      continue;
    }
    trouble = undefined;
    const { caller } = tried;
    const as = roleOf(caller, actor, engine);
    const accepted = wasAccepted(as, caller, engine) ? {} : await accept(step, as, caller, engine);
    if (accepted === 'left') return false;
    if (accepted === 'no') {
      const { account, arn, source } = caller;
      await ports.record({ type: 'identity-declined', actor: as, account, arn, source });
      continue;
    }
    await keep(as, { ...caller, ...accepted }, engine);
    return true;
  }
}

/** Who the chosen credentials are, once they are signed in to; what is in the way; or that the operator leaves. */
async function tryChosen(
  reply: Reply,
  trouble: InTheWay | undefined,
  { step, actor }: Wish,
  engine: Engine,
): Promise<'left' | { readonly trouble: InTheWay | undefined } | { readonly caller: Caller }> {
  const { ports } = engine;
  const source = await chosenBy(reply, trouble?.source, step, engine);
  if (source === 'left') return 'left';
  if (source === 'declined') return { trouble: undefined };
  if (source === undefined) return { trouble };
  if ('problem' in source) return { trouble: { ...trouble, problem: source } };
  const caller = await meetWithCode({ step, source }, engine, async () => {
    ports.show({ is: 'looking', step: step.id, since: ports.now() });
    const met = await identifyCaller(source, engine);
    ports.show({ is: 'idle' });
    return met;
  });
  if (caller === 'left') return 'left';
  if (caller === 'declined') return { trouble: undefined };
  if ('problem' in caller) return { trouble: { problem: caller, source } };
  const problem = misfit(caller, actor, engine);
  return problem ? { trouble: { problem, source } } : { caller: { ...caller, source } };
}

/** Why credentials are asked for, and the source that has the problem. */
interface InTheWay {
  readonly problem: UnusableCredentials;
  readonly source?: Source | undefined;
}
/** What is known to be in the way already, before anything was chosen. */
function troubleBefore({ actor, problem }: Wish, { ports, loggedOut }: Engine): InTheWay | undefined {
  // Where either will do, the one that could not be taken up is what is told.
  const whose = actor ?? [...loggedOut.keys()][0];
  const out = whose === undefined ? undefined : loggedOut.get(whose);
  if (whose !== undefined) loggedOut.delete(whose);
  const known = problem ?? out;
  const source = whose === undefined ? undefined : ports.run().identities[whose]?.source;
  return known && { problem: known, source };
}

/** What no file tells, the run knows of credentials that were accepted: whose account they are. */
function withAccount(facts: SourceFacts, { identities }: Run): SourceFacts {
  const met = Object.values(identities).find(({ source }) => same(source, facts.source));
  return { ...defined({ account: met?.account }), ...facts };
}

async function askFor({ step, actor }: Wish, trouble: InTheWay | undefined, engine: Engine): Promise<Ask> {
  const { ports } = engine;
  const account = actor === undefined ? undefined : ports.run().binding.accounts?.[actor];
  const open = ports.run().attempts.filter(({ intent, outcome }) => !outcome && intent.actor === actor);
  const notes = (await ports.sourceNotes?.()) ?? [];
  const sources = lastUsed(await ports.sources(), actor, engine);
  const facts = (await ports.sourceFacts?.(sources))?.map((one) => withAccount(one, ports.run()));
  return {
    is: 'credentials',
    step,
    actor,
    sources,
    ...defined({
      facts,
      notes: notes.length === 0 ? undefined : notes,
      account,
      open: open.length === 0 ? undefined : open,
      problem: trouble?.problem,
      failed: trouble?.source === undefined ? undefined : trouble.source,
    }),
  };
}

/**
 * The source to look at after a reply: the chosen one; after a log-in the one that failed, or the profile's. Why there is
 * nothing new to look at, where there is not; undefined for a reply that makes no sense here.
 */
async function chosenBy(
  reply: Reply,
  failed: Source | undefined,
  step: Step,
  engine: Engine,
): Promise<Source | UnusableCredentials | 'left' | 'declined' | undefined> {
  switch (reply.do) {
    case 'use':
      return reply.source;
    case 'log-in':
      return (await signIn(reply.login, step, engine)) ?? failed ?? profileOf(reply.login.profile);
    case 'run-in-terminal':
      return (await engine.ports.runInTerminal(reply.profile)) ?? failed ?? profileOf(reply.profile);
    default:
      return undefined;
  }
}
const profileOf = (name: string): Source => ({ kind: 'profile', name });

/** May these be used? Nothing but who they are has been asked of AWS so far. */
async function accept(
  step: Step,
  actor: Actor,
  caller: Caller,
  { ports, steps, accepted }: Engine,
): Promise<{ readonly by?: GivenBy } | 'no' | 'left'> {
  const again = accepted.size === 0 ? welcomeBack(ports.run(), steps) : undefined; // greeted once
  const reply = await ports.ask({ is: 'accept', step, actor, caller, ...defined({ again }) });
  if (reply.do === 'leave') return 'left';
  return reply.do === 'go-on' ? { by: reply.by ?? 'key' } : 'no';
}

/** The same caller by the same source, accepted in this run and not put away since. */
function wasAccepted(actor: Actor, { account, arn, source }: Caller, { ports, forgotten }: Engine): boolean {
  const known = ports.run().identities[actor];
  return (
    !forgotten.has(actor) &&
    known?.account === account &&
    known.arn === arn &&
    JSON.stringify(known.source) === JSON.stringify(source)
  );
}

/** What the other actor uses, or is named after, stands last: it is least likely to be meant. */
function lastUsed(
  sources: readonly Source[],
  actor: Actor | undefined,
  { ports, steps }: Engine,
): readonly Source[] {
  const { identities } = ports.run();
  const other = actor === undefined ? undefined : otherThan(actor, steps);
  const used = JSON.stringify(other === undefined ? undefined : identities[other]?.source);
  const isNamed = (source: Source): boolean =>
    other !== undefined && source.kind === 'profile' && isNamedAfter(other, source.name);
  const isUsed = (source: Source): boolean => JSON.stringify(source) === used || isNamed(source);
  return [...sources.filter((one) => !isUsed(one)), ...sources.filter(isUsed)];
}

const roleOf = (
  { account, organization }: Caller,
  actor: Actor | undefined,
  { steps }: Pick<Engine, 'steps'>,
): Actor =>
  organization.is === 'member' ? actorOf(account, organization.management, steps) : (actor ?? management);

async function keep(
  actor: Actor,
  { account, arn, source, region, by, clock }: Caller & { readonly by?: GivenBy },
  { ports, live, forgotten, accepted }: Engine,
): Promise<void> {
  const identity = { account, arn, source, ...defined({ region }) };
  const before = ports.run().identities[actor];
  const replaces = before && before.arn !== arn ? { account: before.account, arn: before.arn } : undefined;
  if (by !== undefined || !same(before, identity))
    await ports.record({
      ...{ type: 'identified', actor, ...identity },
      ...defined({ by, clock, replaces }),
    });
  live.set(actor, { source, region });
  accepted.add(actor);
  forgotten.delete(actor);
}

/** Why a caller cannot take the part that is asked for. */
export function misfit(
  caller: Caller,
  actor: Actor | undefined,
  engine: Engine,
  binding: Binding = engine.ports.run().binding,
): UnusableCredentials | undefined {
  const { account, organization, source } = caller;
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
  const as = roleOf(caller, actor, engine);
  if (actor !== undefined && as !== actor) {
    const needed = actor === management && organization.is === 'member' ? ` ${organization.management}` : '';
    const wanted = binding.accounts?.[actor] ?? '';
    return {
      problem: `${found}, the ${as === management ? 'management account' : 'account of a member'}. The ${actorName(actor)}${needed || (wanted && ` ${wanted}`)} is needed here.`,
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
