import type { Refusal } from './refusal.ts';
import { Refusal as Refused } from './refusal.ts';

/** Ways in which AWS, or the way to it, fails. `POST /_faults {"fault","operation","times"}` asks for one. */
export const faultNames = [
  'denied', // AccessDenied, nothing done
  'throttle-burst', // ThrottlingException, nothing done
  'hang', // nothing done, no answer ever
  'conflict-busy', // ConflictException of the passing kind, nothing done
  'reset-after-effect', // done, and the connection is reset instead of an answer
  '500-after-effect', // done, and answered 500
  'truncated-body', // done, and half of the answer arrives
] as const;
export type FaultName = (typeof faultNames)[number];
interface Fault {
  readonly fault: FaultName;
  readonly operation: string; // sso:CreatePermissionSet, or * for any
  times: number;
}

/** The faults that wait for their operation. Not kept over a restart. */
export interface Faults {
  /** Throws an Error that says what is wrong with the order. */
  order(body: unknown): void;
  /** The fault for this request, which is then spent once. */
  next(operation: string): FaultName | undefined;
}

export function createFaults(): Faults {
  const waiting: Fault[] = [];
  return {
    order(body) {
      const { fault, operation = '*', times = 1 } = Object(body) as Record<string, unknown>;
      const known = faultNames.find((name) => name === fault);
      if (known === undefined)
        throw new Error(`There is no fault ${String(fault)}: ${faultNames.join(', ')}`);
      if (typeof operation !== 'string')
        throw new Error('operation must be a text like sso:CreatePermissionSet');
      if (typeof times !== 'number' || !Number.isInteger(times) || times < 1)
        throw new Error('times must be a whole number from 1');
      waiting.push({ fault: known, operation, times });
    },
    next(operation) {
      const due = waiting.find((one) => one.operation === operation || one.operation === '*');
      if (due === undefined) return undefined;
      due.times -= 1;
      if (due.times === 0) waiting.splice(waiting.indexOf(due), 1);
      return due.fault;
    },
  };
}

/** What is answered instead of doing it, for the faults that refuse. */
export function refusalFor(
  fault: FaultName,
  service: string,
  operation: string,
  arn: string,
): Refusal | undefined {
  const sts = service === 'sts';
  if (fault === 'denied')
    return new Refused(
      sts ? 'AccessDenied' : 'AccessDeniedException',
      `User: ${arn} is not authorized to perform: ${service}:${operation} with an explicit deny in a service control policy`,
    );
  if (fault === 'throttle-burst') {
    const many = service === 'organizations' || service === 'account';
    return new Refused(
      sts ? 'Throttling' : many ? 'TooManyRequestsException' : 'ThrottlingException',
      'Rate exceeded',
    );
  }
  if (fault === 'conflict-busy')
    return new Refused('ConflictException', 'There is a conflicting operation in process.');
  return undefined;
}
