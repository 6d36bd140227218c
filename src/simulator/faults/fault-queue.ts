import { closest } from 'fastest-levenshtein';
import type { Asked } from '../protocol/codec.ts';
import { isRead } from '../protocol/ledger.ts';
import { models, type Service } from '../protocol/model.ts';
import { signInOperations } from '../services/sign-in-errors.ts';
import { type FaultName, faultNames } from './fault-names.ts';
import { type Fault, faultNamed, type Strike, stages } from './faults.ts';

/** A fault that was asked for. */
export interface Order {
  readonly fault: FaultName;
  readonly operation: string; // sso:CreatePermissionSet, or * for any, or reads, or writes
  readonly after: number; // how many such requests pass first
  readonly times: number; // how many are struck then; Infinity: until it is taken away
  readonly parameters: Readonly<Record<string, number | string>>;
}
interface Waiting extends Order {
  readonly strike: Strike;
  passed: number;
  struck: number;
}
/** The faults that wait for their requests. Not kept over a restart. */
export interface Orders {
  add(order: Order): void;
  clear(): void;
  /** What strikes this request, which is then spent once. */
  next(asked: Asked): Strike;
  /** The same for a request of the sign-in service: 'sso-oauth:CreateToken'. Faults of AWS's own services pass it by. */
  nextOfSignIn(operation: string): Strike;
  /** What can be ordered, and what was: how often each has struck so far. */
  list(): object;
}

export function createOrders(begun: readonly Order[] = []): Orders {
  let orders = begun.map(waiting);
  const struckBy = (strikes: (order: Waiting) => boolean): Strike => {
    const due = orders.filter((order) => {
      if (!strikes(order) || order.struck >= order.times) return false;
      order.passed += 1;
      return order.passed > order.after;
    });
    let strike: Strike = {};
    for (const stage of stages) {
      const met = due.find(({ fault }) => faultNamed(fault).stage === stage);
      if (met === undefined) continue;
      met.struck += 1;
      strike = { ...strike, ...met.strike };
      if (strike.lost !== undefined || strike.refuses !== undefined) break; // it comes no further
    }
    return strike;
  };
  return {
    add: (order) => {
      orders.push(waiting(order));
    },
    clear: () => {
      orders = [];
    },
    next: (asked) => struckBy((order) => isFor(order, asked)),
    nextOfSignIn: (operation) => struckBy((order) => order.operation === operation),
    list: () => ({
      faults: Object.fromEntries(faultNames.map((name) => [name, described(faultNamed(name))])),
      orders: orders.map(({ strike: _, passed: __, times, ...order }) => ({ ...order, times: told(times) })),
    }),
  };
}
const waiting = (order: Order): Waiting => ({
  ...order,
  strike: faultNamed(order.fault).strike(order.parameters as never),
  passed: 0,
  struck: 0,
});
const isFor = ({ fault, operation }: Order, asked: Asked): boolean =>
  faultNamed(fault).ofSignIn !== true && isOf(operation, asked);
const isOf = (operation: string, asked: Asked): boolean =>
  operation === '*' ||
  operation === `${asked.service}:${asked.operation}` ||
  operation === (isRead(asked.service, asked.operation) ? 'reads' : 'writes');
const told = (times: number): number | 'always' => (times === Number.POSITIVE_INFINITY ? 'always' : times);
const described = ({ says, operation, after, times, parameters }: Fault) => ({
  says,
  ...{ operation, after, times: told(times), ...parameters },
});

/** `name`, or `name:parameter=value,parameter=value`, as a command line has it. Throws an Error that says what is wrong. */
export function orderFromText(text: string): Order {
  const [, name = '', rest] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const pairs = (rest ? rest.split(',') : []).map((pair) => {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined || value === undefined)
      throw new Error(`“${pair}” is no parameter of ${name}: parameter=value is expected`);
    return [key, /^-?\d+$/.test(value) ? Number(value) : value] as const;
  });
  return orderFrom({ fault: name, ...Object.fromEntries(pairs) });
}

/** `{"fault","operation","after","times",…}` with the fault's own parameters. Throws an Error that says what is wrong. */
export function orderFrom(body: unknown): Order {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Error('A JSON object is expected: {"fault": …}');
  const { fault: name, ...values } = body as Readonly<Record<string, unknown>>;
  const fault = faultNames.find((known) => known === name);
  if (fault === undefined)
    throw new Error(
      `There is no fault “${String(name)}”. Did you mean “${closest(String(name), [...faultNames])}”? Faults: ${faultNames.join(', ')}`,
    );
  const { operation, after, times, parameters } = faultNamed(fault);
  const known = ['operation', 'after', 'times', ...Object.keys(parameters)];
  const stray = Object.keys(values).find((key) => !known.includes(key));
  if (stray !== undefined)
    throw new Error(
      `${fault} has no parameter “${stray}”. Did you mean “${closest(stray, known)}”? Parameters: ${known.join(', ')}`,
    );
  const own = Object.entries(parameters).map(([key, usual]) => [key, valued(key, values[key], usual)]);
  const order: Order = {
    fault,
    operation: operationFrom(values.operation ?? operation, faultNamed(fault)),
    after: count('after', values.after ?? after, 0),
    times: values.times === 'always' ? Number.POSITIVE_INFINITY : count('times', values.times ?? times, 1),
    parameters: Object.fromEntries(own),
  };
  faultNamed(fault).strike(order.parameters as never); // refuses values that make no sense
  return order;
}

function valued(key: string, value: unknown, usual: number | string): number | string {
  if (value === undefined) return usual;
  if (typeof usual === 'number') {
    if (Number.isSafeInteger(value)) return value as number;
    throw new Error(`${key} must be a whole number`);
  }
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`${key} must be a text`);
}
function count(key: string, value: unknown, least: number): number {
  if (value === Number.POSITIVE_INFINITY) return value as number;
  if (Number.isSafeInteger(value) && Number(value) >= least) return Number(value);
  throw new Error(`${key} must be a whole number from ${least}${key === 'times' ? ', or always' : ''}`);
}
function operationFrom(value: unknown, { ofSignIn }: Fault): string {
  const named = Object.entries(models).flatMap(([service, { operations }]) =>
    Object.keys(operations).map((operation) => `${service as Service}:${operation}`),
  );
  const known = ofSignIn ? signInOperations : ['*', 'reads', 'writes', ...named];
  if (typeof value === 'string' && known.includes(value)) return value;
  if (ofSignIn)
    throw new Error(`The sign-in service has no operation “${String(value)}”. It has ${known.join(', ')}`);
  throw new Error(
    `There is no operation “${String(value)}”. Did you mean “${closest(String(value), known)}”? Any: *; all that read: reads; all that change something: writes`,
  );
}
