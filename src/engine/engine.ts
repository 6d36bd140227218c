import { preflightInforms } from '../model/access/preflight.ts';
import type { Actor } from '../model/call.ts';
import type { Source, UnusableCredentials } from '../model/identity.ts';
import type { Output } from '../model/operations/sdk.ts';
import type { Aws } from '../model/reader.ts';
import type { Step } from '../model/step.ts';
import { defined } from '../model/text/defined.ts';
import { unmarked } from '../model/text/own-commands.ts';
import { forgetting } from './forgetting.ts';
import { informing, type Missed } from './informing.ts';
import type { Ports } from './ports.ts';
import { type Allowed, cacheReads } from './reading/cached-reads.ts';
import { type KeptAnswers, keepAnswers, keeping } from './reading/kept-answers.ts';
import { otherEyes } from './reading/other-eyes.ts';
import { counting, countRequests, type RequestsSpent } from './reading/requests-spent.ts';
import { createSearches, type Searches, searching } from './search.ts';
import { createTelling, type Telling } from './telling/telling.ts';

/** How long to wait, in milliseconds. */
export interface Patience {
  /** An absence is believed only this long after a write: AWS may answer from an older copy. */
  readonly toShow: number;
  /** After this an asynchronous request is left under way, to be taken up later. */
  readonly toSettle: number;
  /** Between two looks: the first pause, doubled up to the longest. */
  readonly pause: number;
  readonly longestPause: number;
  /** Between two requests while much is looked through; as fast as AWS answers unless given. */
  readonly apart?: number;
}
/** For AWS as it is. Tests with a clock of their own take less. */
export const usualPatience: Patience = {
  toShow: 60_000,
  toSettle: 600_000,
  pause: 1_000,
  longestPause: 5_000,
};

interface Live {
  readonly source: Source;
  readonly region: string | undefined; // configured for the source
  aws?: { readonly region: string | undefined; readonly way: Aws };
}
/** What one process knows beyond the run: whose credentials are in hand. */
export interface Engine {
  readonly ports: Ports;
  /** The whole runbook, in order. */
  readonly steps: readonly Step[];
  readonly patience: Patience;
  /** What AWS is told beside the run. */
  readonly telling: Telling<Ports>;
  /** Credentials accepted by the operator and met by this process. */
  readonly live: Map<Actor, Live>;
  /** Actors whose credentials were accepted in this process: those of an earlier one are accepted once more. */
  readonly accepted: Set<Actor>;
  /** Actors whose remembered credentials are not to be taken up again without asking. */
  readonly forgotten: Set<Actor>;
  /** What its searches share. */
  readonly searches: Searches;
  /** What was asked of AWS a moment ago: a change that follows may have to wait its turn. */
  readonly spent: RequestsSpent;
  /** What AWS answered a moment ago, for looks that follow one another at once. */
  readonly kept: KeptAnswers;
  /** What IAM's policy simulator allowed a moment ago: it is not asked again at once. */
  readonly allowed: Allowed;
  /** What only informs, and had no answer: it is not asked again at once. */
  readonly missed: Missed;
  /** What plans of this process call people: what was cached is not answered again. */
  readonly met: Set<string>;
  /** Why nothing was heard of requests that AWS took, by attempt. */
  readonly untold: Map<string, string>;
  /** Why accepted credentials could not be taken up, where somebody has to log in or they are another account's now: said when they are asked for. */
  readonly loggedOut: Map<Actor, UnusableCredentials>;
  /** Credentials that were said to end before a step can: once is enough. By actor and end. */
  readonly warned: Set<string>;
}
/**
 * What one process needs to work on a run: `walk`, `undoPermissionSet` and the others are handed it. Opens nothing and asks
 * nobody; the run is what `ports.run()` says. `steps`: the whole runbook, each after those it needs.
 *
 * @example
 * const engine = createEngine(ports, steps);
 * const end = await walk(steps, engine); // 'finished', 'left' or 'undone'
 */
export const createEngine = (
  ports: Ports,
  steps: readonly Step[],
  patience: Patience = usualPatience,
): Engine => {
  const kept = keepAnswers();
  const telling = createTelling(ports);
  return {
    ports: forgetting(telling.ports, kept),
    telling,
    steps,
    patience,
    live: new Map(),
    accepted: new Set(),
    forgotten: new Set(),
    searches: createSearches(ports, patience.apart),
    spent: countRequests(ports),
    kept,
    allowed: new Map(),
    missed: new Map(),
    met: new Set(),
    untold: new Map(),
    loggedOut: new Map(),
    warned: new Set(),
  };
};

/**
 * An actor's way into AWS, in the run's home Region, else in the one that is configured for the credentials. It is made
 * anew when that Region is found. Throws an Error for an actor that is not live: nobody accepted its credentials.
 */
export function awsOf(engine: Engine, actor: Actor): Aws {
  const live = engine.live.get(actor);
  if (!live) throw new Error(`no credentials were accepted for the ${actor}`);
  const region = engine.ports.run().binding.region ?? live.region;
  if (live.aws === undefined || live.aws.region !== region)
    live.aws = {
      region,
      way: counting(writing(engine.ports.connect(actor, live.source, region), engine.kept), engine.spent),
    };
  return live.aws.way;
}

/** After a write nothing stands that was answered before it, nor what was answered while it was under way. */
const writing = (aws: Aws, kept: KeptAnswers): Aws => ({
  ...aws,
  send: async (...given) => {
    kept.forget();
    try {
      return await aws.send(...given);
    } finally {
      kept.forget();
    }
  },
});

/** Whose way it is, for what is kept of its answers. */
const whoIs = (actor: Actor, { live }: Engine): string =>
  `${actor} ${JSON.stringify(live.get(actor)?.source)}`;

/**
 * Who acts as an actor now. `anew`: asked in any case; else it may be known of the credentials that are in use. Throws as
 * `awsOf` and `read` do.
 */
export function callerOf(
  engine: Engine,
  actor: Actor,
  anew: boolean,
): Promise<Output<'sts:GetCallerIdentity'>> {
  if (anew) engine.kept.callers.delete(whoIs(actor, engine));
  const way = keeping(awsOf(engine, actor), whoIs(actor, engine), engine.kept, () => engine.ports.now());
  return way.read('sts:GetCallerIdentity', {});
}

/**
 * The same for one look on behalf of a step: how far a search is, is shown, and what only informs holds nobody up: what
 * the step says, and IAM's simulations. Throws as `awsOf` does.
 */
export function eyesFor(engine: Engine, actor: Actor, step: string): Aws {
  const { ports, steps, searches, kept, allowed, missed } = engine;
  const since = ports.now();
  const now = (): number => ports.now();
  const show = (progress: string, passes?: true): void =>
    ports.show({ is: 'looking', step, since, progress, ...defined({ passes }) });
  const passed = (): boolean => ports.passed?.() ?? false;
  const informs = steps.find(({ id }) => id === step)?.informs ?? [];
  const operations = new Set([...informs, ...preflightInforms]);
  const wayOf = (one: Actor): Aws => {
    const who = whoIs(one, engine);
    const way = keeping(searching(awsOf(engine, one), searches, now, show, passed), who, kept, now);
    return informing(cacheReads(way, allowed, now), { operations, who, missed, now });
  };
  return {
    ...wayOf(actor),
    others: () => otherEyes({ actors: engine.live.keys(), run: ports.run(), wayOf }, actor),
  };
}

/** The pause after the `n`-th look in a row, 0 the first: doubled each time, up to the longest. Milliseconds. */
export const pauseOf = ({ patience }: Engine, n: number): number =>
  Math.min(patience.longestPause, patience.pause * 2 ** n);

/**
 * The pause while AWS gives no answer, in milliseconds: what does not answer for a minute is not asked every few
 * seconds. `tries`: looks in vain before the one that was just tried.
 */
export const silentPauseOf = ({ patience }: Engine, tries: number): number =>
  Math.min(patience.longestPause * 6, patience.pause * 2 ** tries);

/**
 * The pause while others wait for room behind what is under way: a twentieth of what was waited already, so that little
 * is lost, however long AWS takes, and no less than `least`. One listing tells of all of them. Milliseconds, as `waited` is.
 */
export const shortPause = (
  { patience }: Engine,
  waited: number,
  least: number = patience.pause / 5,
): number => Math.min(patience.longestPause, Math.max(least, waited / 20));

/**
 * Milliseconds since something that was written down `at`. A clock that was set back since does not tell: then what
 * this process waited counts, since `began`. All three in milliseconds since 1970.
 */
export const since = (at: number, began: number, now: number): number => now - (at <= now ? at : began);

/**
 * Whether two values are the same as JSON: the order of members counts, and one that is `undefined` is as good as
 * absent.
 */
export const same = (a: unknown, b: unknown): boolean => plainJson(a) === plainJson(b);
/** Of what a journal kept, commands are not marked. */
const plainJson = (value: unknown): string | undefined => {
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? undefined : unmarked(json);
};
