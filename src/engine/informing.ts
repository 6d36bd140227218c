import type { Operation } from '../model/operations.ts';
import {
  type Aws,
  type Limit,
  OutcomeUnknown,
  passes,
  RequestRejected,
  unanswered,
} from '../model/reader.ts';

/** Readings that had no answer, or that are denied as such, by who asked and what. `until`: milliseconds since 1970. */
export type Missed = Map<string, { readonly until: number; readonly error: RequestRejected }>;
/** So long an answer that only informs is waited for. */
const limit: Limit = { within: 5_000 };
/** So long, in milliseconds, it is not asked again, unless the operator wants a new look. Who is denied stays so for longer. */
const forgotten = { silent: 30_000, denied: 300_000 } as const;

/** What one way into AWS is wrapped with, so that nothing that only informs holds anybody up. */
export interface Informs {
  readonly operations: ReadonlySet<Operation>;
  /** Whose way it is. */
  readonly who: string;
  readonly missed: Missed;
  now(): number;
}

/**
 * The same way into AWS, on which a reading that only informs is waited for five seconds at most. Throws `RequestRejected` in
 * its place where no answer came, and for a while without asking again: 30 seconds, or five minutes where IAM does not
 * let the caller simulate. Other readings pass through.
 */
export function informing(aws: Aws, informs: Informs): Aws {
  const { operations, who, missed, now } = informs;
  const keyOf = (operation: Operation): string => `${who} ${aws.region} ${operation}`;
  /** Throws what was thrown the last time, where that was lately. */
  const ask = (operation: Operation): void => {
    const last = missed.get(keyOf(operation));
    if (last && now() < last.until) throw last.error;
    missed.delete(keyOf(operation));
  };
  const turned = (operation: Operation, error: unknown): unknown => {
    const silent =
      error instanceof OutcomeUnknown || (error instanceof RequestRejected && passes(error.code));
    const denied =
      isSimulation(operation) && error instanceof RequestRejected && /^AccessDenied/.test(error.code);
    if (!silent && !denied) return error;
    const told = silent ? unanswered(saysOf(error)) : (error as RequestRejected);
    missed.set(keyOf(operation), { until: now() + forgotten[silent ? 'silent' : 'denied'], error: told });
    return told;
  };
  return {
    ...aws,
    in: (region) => informing(aws.in(region) as Aws, informs),
    read: async (operation, input) => {
      if (!operations.has(operation)) return aws.read(operation, input);
      ask(operation);
      try {
        return await aws.read(operation, input, limit);
      } catch (error) {
        throw turned(operation, error);
      }
    },
    pages: async function* (operation, input) {
      if (!operations.has(operation)) {
        yield* aws.pages(operation, input);
        return;
      }
      ask(operation);
      try {
        yield* aws.pages(operation, input, limit);
      } catch (error) {
        throw turned(operation, error);
      }
    },
  };
}

/** Who may not simulate may not simulate anything. Other operations are denied of one thing, and allowed of another. */
const isSimulation = (operation: Operation): boolean => operation.startsWith('iam:');
const saysOf = (error: RequestRejected | OutcomeUnknown): string =>
  error instanceof RequestRejected ? `${error.code}: ${error.message}` : error.message;
