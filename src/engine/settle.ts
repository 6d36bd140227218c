import type { Attempt } from '../model/attempt.ts';
import { type ReadyCall, scopeOf } from '../model/call.ts';
import type { Intent, Outcome } from '../model/event.ts';
import { keptOf } from '../model/evidence/recorded.ts';
import { factsOf, type Settles } from '../model/operations.ts';
import { OutcomeUnknown, RequestRejected } from '../model/reader.ts';
import { pending } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Engine } from './engine.ts';
import { awsOf, pauseOf, shortPause } from './engine.ts';

/** The part that the three kinds of status have in common. */
interface Status {
  readonly Status?: string;
  readonly RequestId?: string;
  readonly FailureReason?: string;
  readonly CreatedDate?: Date;
}
type Statuses = Readonly<Record<string, Status | undefined>>;

/** Writes down how an attempt ended. `attempt`: its id, 'step/change#n'. */
export const end = async (attempt: string, outcome: Outcome, { ports }: Engine): Promise<void> => {
  await ports.record({ type: 'ended', attempt, outcome });
};

/**
 * The id of the asynchronous request that a reply tells of; undefined for calls that are done when they are answered.
 */
export const requestOf = (call: ReadyCall, output: unknown): string | undefined => {
  const { settles } = factsOf(call.operation);
  return settles ? (output as Statuses)[settles.status]?.RequestId : undefined;
};

/** So often in a row nothing may be heard of a request, until what AWS shows has to do. */
const deaf = 3;

/**
 * Follows the asynchronous parts of attempts, where there are any, until AWS says how they ended or patience does.
 * Returns the ids of those of which nothing is heard: AWS does not let us ask, or gives no answer. What it shows has to
 * do. Throws `CredentialsError`.
 */
export async function settle(
  step: Step,
  attempts: readonly Attempt[],
  engine: Engine,
): Promise<ReadonlySet<string>> {
  const { ports, patience } = engine;
  await findRequests(attempts, engine);
  const ids = new Set(attempts.map(({ intent }) => intent.attempt));
  const unheard = new Set<string>();
  const silent = new Map<string, number>();
  let since = ports.now();
  for (let n = 0; ports.now() - since < patience.toSettle; n++) {
    since = Math.min(since, ports.now()); // the clock may be set back meanwhile
    const left = underWay(step, engine).filter(
      ({ intent: { attempt } }) => ids.has(attempt) && !unheard.has(attempt),
    );
    if (left.length === 0) break;
    ports.show({
      ...{ is: 'settling', step: step.id, attempts: left.map(({ intent }) => intent.attempt) },
      // An earlier start may have sent it: AWS is at it since then.
      since: Math.min(since, ...left.map(({ intent }) => intent.at)),
    });
    const heard = await askAfter(left, engine);
    for (const { intent } of left) {
      const how = heard.get(intent.attempt);
      const times = how === 'silent' ? (silent.get(intent.attempt) ?? 0) + 1 : 0;
      silent.set(intent.attempt, times);
      if (how === 'refused' || times >= deaf) unheard.add(intent.attempt);
    }
    if (underWay(step, engine).some(({ intent: { attempt } }) => ids.has(attempt) && !unheard.has(attempt)))
      await ports.sleep(
        attempts.length < many ? pauseOf(engine, n) : shortPause(engine, ports.now() - since),
      );
  }
  return unheard;
}

/** Finds the requests of attempts whose replies were lost, and writes them down. */
async function findRequests(attempts: readonly Attempt[], engine: Engine): Promise<void> {
  for (const { intent, state, request } of attempts) {
    const { settles } = factsOf(intent.call.operation);
    if (!settles || state === 'settled' || request !== undefined) continue;
    const found = await findRequest(intent, settles, engine);
    if (found !== undefined)
      await engine.ports.record({ type: 'accepted', attempt: intent.attempt, requestId: '', request: found });
  }
}

/** The attempts of a step whose asynchronous request AWS took, and of which it is not known how it ended. */
export const underWay = (step: Step, { ports }: Engine): readonly Attempt[] =>
  pending(ports.run(), step.id).filter(({ state, request }) => state === 'accepted' && request !== undefined);

/** From so many on, one listing tells more than a question for each. */
const many = 3;
/**
 * Asks once how requests stand, and writes down how they ended. Returns those of which nothing was heard, by attempt.
 * Throws `CredentialsError`.
 */
export async function askAfter(
  attempts: readonly Attempt[],
  engine: Engine,
): Promise<ReadonlyMap<string, 'silent' | 'refused'>> {
  const unheard = new Map<string, 'silent' | 'refused'>();
  const kinds = new Set(attempts.map(({ intent }) => intent.call.operation));
  for (const kind of kinds) {
    const alike = attempts.filter(({ intent }) => intent.call.operation === kind);
    const listed = alike.length >= many ? await listStatuses(alike, engine) : undefined;
    for (const attempt of alike) {
      const status = listed?.get(attempt.request ?? '');
      // Why it failed is told by itself only; one that is not listed has to be asked for.
      if (status?.Status === 'IN_PROGRESS') continue;
      const how = await conclusion(attempt, status, engine);
      if (how !== undefined) unheard.set(attempt.intent.attempt, how);
    }
  }
  return unheard;
}

async function conclusion(
  { intent, request }: Attempt,
  listed: Status | undefined,
  engine: Engine,
): Promise<'silent' | 'refused' | undefined> {
  const { settles, records } = factsOf(intent.call.operation);
  const { attempt } = intent;
  const recordable = (output: unknown): unknown => keptOf(output, records.output);
  if (!settles || request === undefined) return undefined;
  if (listed?.Status === 'SUCCEEDED') {
    await engine.ports.record({
      type: 'settled',
      attempt,
      output: recordable({ [settles.status]: listed }),
    });
    return undefined;
  }
  const asked = await told(ask(intent, settles, request, engine));
  if (asked.is !== 'told') {
    engine.untold.set(attempt, asked.why);
    return asked.is;
  }
  engine.untold.delete(attempt);
  const { output } = asked;
  const status = (output as Statuses | undefined)?.[settles.status];
  if (status?.Status === 'SUCCEEDED')
    await engine.ports.record({ type: 'settled', attempt, output: recordable(output) });
  if (status?.Status === 'FAILED')
    await end(attempt, { ended: 'failed', why: status.FailureReason ?? 'AWS gave no reason' }, engine);
  return undefined;
}

/** How many requests of one kind stand, by AWS's list, by their ids. Undefined where it does not tell. */
async function listStatuses(
  attempts: readonly Attempt[],
  engine: Engine,
): Promise<ReadonlyMap<string, Status> | undefined> {
  const [first] = attempts;
  const { settles } = first ? factsOf(first.intent.call.operation) : {};
  if (!first || !settles) return undefined;
  const { call, actor } = first.intent;
  const sought = new Set(attempts.map(({ request }) => request));
  const found = new Map<string, Status>();
  const asked = await told(
    (async () => {
      const pages = awsOf(engine, actor).pages(settles.lost.by, scopeOf(settles, call) as never, asking);
      for await (const page of pages) {
        for (const row of rowsOf(page, settles))
          if (row.RequestId !== undefined && sought.has(row.RequestId)) found.set(row.RequestId, row);
        if (found.size === sought.size) return;
      }
    })(),
  );
  return asked.is === 'told' ? found : undefined;
}
const rowsOf = (page: unknown, { lost }: Settles): readonly Status[] =>
  (page as Readonly<Record<string, readonly Status[] | undefined>>)[lost.rows] ?? [];

function ask({ call, actor }: Intent, settles: Settles, request: string, engine: Engine): Promise<unknown> {
  const input = { ...scopeOf(settles, call), [settles.id]: request } as never;
  return awsOf(engine, actor).read(settles.by, input, asking);
}
/** What AWS shows tells the same: nobody waits long for an answer. */
const asking = { within: 5_000 };
type Told<T> =
  | { readonly is: 'told'; readonly output: T }
  | { readonly is: 'silent' | 'refused'; readonly why: string };
/** A question that may be asked again. A lost answer tells nothing, nor does a refusal that passes. */
async function told<T>(reading: Promise<T>): Promise<Told<T>> {
  try {
    return { is: 'told', output: await reading };
  } catch (error) {
    if (error instanceof OutcomeUnknown) return { is: 'silent', why: error.message };
    // A request that AWS does not know yet is one that it shows late.
    if (error instanceof RequestRejected)
      return {
        is: error.code === 'AccessDeniedException' ? 'refused' : 'silent',
        why: `${error.code}: ${error.message}`,
      };
    throw error;
  }
}

const agree = (input: object, status: object): boolean =>
  Object.entries(input).every(([member, value]) => !(member in status) || status[member as never] === value);

/** The request of an attempt whose reply was lost: one no older than the intent that contradicts none of its members. */
async function findRequest(intent: Intent, settles: Settles, engine: Engine): Promise<string | undefined> {
  const { call, at } = intent;
  const taken = new Set(engine.ports.run().attempts.map(({ request }) => request));
  try {
    for await (const page of awsOf(engine, intent.actor).pages(
      settles.lost.by,
      scopeOf(settles, call) as never,
    )) {
      for (const { RequestId, CreatedDate } of rowsOf(page, settles)) {
        // AWS's clock and ours may differ, and its dates are whole seconds.
        const made = CreatedDate?.getTime() ?? at;
        if (RequestId === undefined || taken.has(RequestId) || made < at - 5_000) continue;
        const asked = await told(ask(intent, settles, RequestId, engine));
        const status = asked.is === 'told' ? (asked.output as Statuses)[settles.status] : undefined;
        if (status && agree(call.input, status)) return RequestId;
      }
    }
  } catch (error) {
    if (!(error instanceof RequestRejected || error instanceof OutcomeUnknown)) throw error;
  }
  return undefined;
}
