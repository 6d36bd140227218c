import type { ReadyCall } from '../model/call.ts';
import type { Intent, Outcome } from '../model/event.ts';
import type { Facts } from '../model/operations.ts';
import { factsOf } from '../model/operations.ts';
import { Refused, Unclear } from '../model/reader.ts';
import type { Attempt } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Engine } from './engine.ts';
import { awsOf, pauseOf } from './engine.ts';

type Settles = NonNullable<Facts['settles']>;
/** The part that the three kinds of status have in common. */
interface Status {
  readonly Status?: string;
  readonly RequestId?: string;
  readonly FailureReason?: string;
  readonly CreatedDate?: Date;
}
type Statuses = Readonly<Record<string, Status | undefined>>;

export const end = async (attempt: string, outcome: Outcome, { ports }: Engine): Promise<void> => {
  await ports.record({ type: 'ended', attempt, outcome });
};

/** The id of the asynchronous request that a reply tells of. */
export const requestOf = (call: ReadyCall, output: unknown): string | undefined => {
  const { settles } = factsOf(call.operation);
  return settles && (output as Statuses)[settles.status]?.RequestId;
};

/**
 * Follows the asynchronous part of an attempt, if there is one, until AWS says how it ended or patience does.
 * 'unheard': AWS does not let us ask; what it shows has to do.
 */
export async function settle(step: Step, attempt: Attempt, engine: Engine): Promise<'unheard' | undefined> {
  const { intent, state } = attempt;
  const { settles } = factsOf(intent.call.operation);
  if (!settles || state === 'settled') return undefined;
  const { ports, patience } = engine;
  const id = intent.attempt;
  const request = attempt.request ?? (await findRequest(intent, settles, engine));
  if (request === undefined) return undefined;
  if (attempt.request === undefined)
    await ports.record({ type: 'accepted', attempt: id, requestId: '', request });
  const since = ports.now();
  for (let n = 0; ports.now() - since < patience.toSettle; n++) {
    ports.show({ is: 'settling', step: step.id, attempts: [id], since });
    const asked = await told(ask(intent, settles, request, engine));
    if (asked.is === 'refused') return 'unheard';
    const output = asked.is === 'told' ? asked.output : undefined;
    const status = (output as Statuses | undefined)?.[settles.status];
    if (status?.Status === 'SUCCEEDED') {
      await ports.record({ type: 'settled', attempt: id, output });
      return undefined;
    }
    if (status?.Status === 'FAILED') {
      await end(id, { ended: 'failed', why: status.FailureReason ?? 'AWS gave no reason' }, engine);
      return undefined;
    }
    await ports.sleep(pauseOf(engine, n));
  }
  return undefined;
}

const instanceOf = ({ input }: ReadyCall): object =>
  'InstanceArn' in input ? { InstanceArn: input.InstanceArn } : {};

function ask({ call, actor }: Intent, settles: Settles, request: string, engine: Engine): Promise<unknown> {
  return awsOf(engine, actor).read(settles.by, { ...instanceOf(call), [settles.id]: request } as never);
}
type Told<T> = { readonly is: 'told'; readonly output: T } | { readonly is: 'silent' | 'refused' };
/** A question that may be asked again. A lost answer tells nothing, nor does a refusal that passes. */
async function told<T>(reading: Promise<T>): Promise<Told<T>> {
  try {
    return { is: 'told', output: await reading };
  } catch (error) {
    if (error instanceof Unclear) return { is: 'silent' };
    // A request that AWS does not know yet is one that it shows late.
    if (error instanceof Refused)
      return { is: error.code === 'AccessDeniedException' ? 'refused' : 'silent' };
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
    for await (const page of awsOf(engine, intent.actor).pages(settles.lost, instanceOf(call) as never)) {
      const rows = (Object.values(page as object).find(Array.isArray) ?? []) as readonly Status[];
      for (const { RequestId, CreatedDate } of rows) {
        // AWS's clock and ours may differ, and its dates are whole seconds.
        const made = CreatedDate?.getTime() ?? at;
        if (RequestId === undefined || taken.has(RequestId) || made < at - 5_000) continue;
        const asked = await told(ask(intent, settles, RequestId, engine));
        const status = asked.is === 'told' ? (asked.output as Statuses)[settles.status] : undefined;
        if (status && agree(call.input, status)) return RequestId;
      }
    }
  } catch (error) {
    if (!(error instanceof Refused || error instanceof Unclear)) throw error;
  }
  return undefined;
}
