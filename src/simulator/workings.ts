import { randomUUID } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import { deliver } from './deliver.ts';
import { createOrders, type Order, orderFrom } from './faults/fault-queue.ts';
import { faultNamed } from './faults/faults.ts';
import { accountsOf } from './organization/accounts.ts';
import { defined } from './organization/defined.ts';
import { codeAt } from './organization/mfa.ts';
import type { StateFile } from './organization/state-file.ts';
import { createPipeline } from './pipeline.ts';
import { type Interceptor, intercept } from './protocol/interceptor.ts';
import type { Received } from './protocol/signature.ts';
import { tooLarge, unknownOperation } from './protocol/unknown-operation.ts';
import { policyFrom } from './services/customer-policies.ts';
import { withoutKey } from './services/keys.ts';
import { createPermissions } from './services/permissions.ts';
import { createQuota } from './services/quota.ts';
import { letGo } from './services/requests.ts';

/** What answers behind the server: AWS's requests, and the orders that are given to the simulator itself. */
export interface Workings {
  /** `received`: undefined where the request was larger than any that is taken. */
  answer(received: Received | undefined, response: ServerResponse): Promise<void> | void;
  /** Takes an order. What it resolves to is told to who gave it: the address and certificate of an interceptor. */
  order(given: Order): Promise<object>;
  /** Where the fault `proxy-mitm` answers, and its certificate (PEM). */
  intercepted(): Pick<Interceptor, 'url' | 'certificate'> | undefined;
  close(): Promise<unknown>;
}
interface Surroundings {
  readonly keeper: StateFile;
  readonly settle: number; // ms
  readonly lag: number; // ms
  readonly delegationLag: number; // ms
  readonly session: number; // ms
  readonly latency: number; // ms
  readonly trailDelay?: number; // ms
  readonly rate?: number;
  readonly now: () => number;
  /** What an interceptor hands its requests to. */
  readonly serve: RequestListener;
  /** The server answers nobody for a while. */
  away(ms: number): void;
}

export function createWorkings(around: Surroundings): Workings {
  const { keeper, latency, now, rate, trailDelay, settle, lag, delegationLag, session } = around;
  letGo(keeper.kept.state, now()); // what an earlier start held up: faults are not kept
  const orders = createOrders();
  const permissions = createPermissions(
    keeper.kept.state.organization.management,
    withoutKey(keeper.kept.state),
  );
  const pipeline = createPipeline({
    ...{ keeper, orders, permissions, settle, lag, delegationLag, session, now },
    ...defined({ trailDelay, quota: rate === undefined ? undefined : createQuota(rate) }),
  });
  const interceptors: Interceptor[] = [];

  async function order(given: Order): Promise<object> {
    orders.add(given);
    if (faultNamed(given.fault).intercepts !== true) return {};
    const interceptor = await intercept(around.serve);
    interceptors.push(interceptor);
    const { url, certificate } = interceptor;
    return { url, certificate };
  }
  const closeInterceptors = () => Promise.all(interceptors.splice(0).map((one) => one.close()));
  async function endFaults(): Promise<object> {
    orders.clear();
    letGo(keeper.kept.state, now());
    await closeInterceptors();
    return {};
  }
  /** What each account's MFA device shows now. */
  const devices = () =>
    accountsOf(keeper.kept.state).map(({ name, id, mfa }) => ({
      ...{ name, id, serial: mfa.serial },
      code: codeAt(mfa, now()),
    }));
  async function control({ method, path, body }: Received, response: ServerResponse): Promise<void> {
    keeper.refresh();
    const asked = `${method} ${path}`;
    try {
      if (asked === 'GET /_ledger') json(response, 200, keeper.kept.ledger);
      else if (asked === 'GET /_mfa') json(response, 200, devices());
      else if (asked === 'GET /_faults') json(response, 200, orders.list());
      else if (asked === 'POST /_faults')
        json(response, 200, await order(orderFrom(JSON.parse(body.toString()))));
      else if (asked === 'DELETE /_faults') json(response, 200, await endFaults());
      else if (asked === 'POST /_permissions') {
        permissions.restrict(JSON.parse(body.toString()));
        json(response, 200, {});
      } else if (asked === 'POST /_policies') {
        const { state } = keeper.kept;
        state.policies = [...(state.policies ?? []), policyFrom(JSON.parse(body.toString()))];
        keeper.save();
        json(response, 200, {});
      } else
        refuse(
          response,
          404,
          'There is GET /_ledger, GET /_mfa, GET, POST and DELETE /_faults, POST /_permissions, and POST /_policies.',
        );
    } catch (error) {
      refuse(response, 400, error instanceof Error ? error.message : String(error));
    }
  }
  return {
    answer: (received, response) => {
      const since = performance.now(); // what it takes to find the answer is part of the time that an answer takes
      if (received === undefined) return deliver({ answer: tooLarge(randomUUID()) }, response);
      if (received.path.startsWith('/_')) return control(received, response);
      const outcome = pipeline(received);
      if (outcome === undefined)
        return deliver({ answer: unknownOperation(received, randomUUID()) }, response);
      keeper.saveSoon();
      setTimeout(
        () => {
          deliver(outcome, response);
          if (outcome.delivery?.is === 'away') around.away(outcome.delivery.ms);
        },
        latency && latency - (performance.now() - since),
      );
    },
    order,
    intercepted: () => interceptors.map(({ url, certificate }) => ({ url, certificate }))[0],
    close: closeInterceptors,
  };
}

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
const refuse = (response: ServerResponse, status: number, message: string): void =>
  json(response, status, { message });
