import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { deliver } from './deliver.ts';
import { createOrders, type Order, orderFrom } from './faults/fault-queue.ts';
import { faultNamed } from './faults/faults.ts';
import { defined } from './organization/defined.ts';
import { keysOf } from './organization/ids.ts';
import { codeAt, type MfaDevice, mfaDeviceOf } from './organization/mfa.ts';
import type { Ledger, State } from './organization/state.ts';
import { createKeeper } from './organization/state-file.ts';
import type { Kept } from './organization/store.ts';
import type { TrailEvent } from './organization/trail.ts';
import { type Interceptor, intercept } from './protocol/interceptor.ts';
import { listen, receive } from './protocol/listener.ts';
import type { Received } from './protocol/signature.ts';
import { tooLarge, unknownOperation } from './protocol/unknown-operation.ts';
import { type Scenario, type Size, stateOf } from './scenarios/scenarios.ts';
import { policyFrom } from './services/customer-policies.ts';
import { withoutKey } from './services/keys.ts';
import { createPermissions } from './services/permissions.ts';
import { createQuota } from './services/quota.ts';
import { letGo } from './services/requests.ts';

export interface SimulatorOptions {
  readonly scenario: Scenario;
  readonly port?: number; // 0 or absent: any that is free
  readonly latency?: number; // ms before each answer
  readonly lag?: number; // ms until a change is visible to reads; 0 unless given
  readonly delegationLag?: number; // ms until IAM Identity Center heeds a registration, or its end; 0 unless given
  readonly settle?: number; // ms until asynchronous requests are finished; 1000 unless given
  readonly session?: number; // ms that the credentials of a role last that the access portal gives; an hour unless given
  readonly state?: string; // file; without one the organization lives in memory
  readonly fresh?: boolean; // do not go on with an existing state file
  readonly seed?: string; // the same seed makes the same organization; random unless given
  readonly now?: () => number; // ms since 1970
  readonly faults?: readonly Order[];
  readonly size?: Partial<Size>; // of a new organization, where it is not the scenario's own
  readonly arrange?: (state: State) => State; // makes a new organization over before it is first seen
  readonly trailDelay?: number; // ms until CloudTrail has an event; 5 minutes unless given
  readonly rate?: number; // requests a second that IAM Identity Center answers; any unless given. AWS: 20
}
export interface SimulatorAccount {
  readonly name: string;
  readonly id: string;
  readonly role: 'management' | 'delegated-administrator' | 'member' | 'suspended';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of the account's IAM user: `codeAt` in organization/mfa.ts says what it shows. */
  readonly mfa: MfaDevice;
}
export interface Simulator {
  readonly url: string; // http://127.0.0.1:<port>
  readonly scenario: Scenario;
  readonly region: string; // where the instance is; us-east-1 where there is none
  readonly organizationId: string;
  readonly accounts: readonly SimulatorAccount[]; // the management account first
  /** The id that the next account to be created will have. Its keys work once it exists. */
  readonly nextAccount: Omit<SimulatorAccount, 'name' | 'role' | 'mfa'>;
  /** Where the fault `proxy-mitm` answers, and its certificate (PEM). */
  readonly intercepted: { readonly url: string; readonly certificate: string } | undefined;
  /** What was asked of it, and what took effect: also of earlier starts, where it keeps a file. */
  ledger(): Ledger;
  /** What CloudTrail has recorded, of all accounts, the oldest first: also what it does not show yet. */
  trail(): TrailEvent[];
  close(): Promise<void>;
}

/**
 * A simulated AWS organization on 127.0.0.1. Resolves when it answers.
 * Rejects with `StateFileError` where the state file cannot be gone on with.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { scenario, port = 0, latency = 0, lag = 0, settle = 1000, state: file, fresh = false } = options;
  const { session = 3_600_000, delegationLag = 0 } = options;
  const now = options.now ?? Date.now;
  const begun = (): Kept => {
    const made = stateOf(scenario, options.seed ?? randomUUID(), now(), options.size);
    const state = options.arrange?.(made) ?? made;
    return { state, ledger: { requests: [], effects: [] } };
  };
  const keeper = createKeeper(file, scenario, begun, fresh);
  letGo(keeper.kept.state, now()); // what an earlier start held up: faults are not kept
  const orders = createOrders();
  const permissions = createPermissions(
    keeper.kept.state.organization.management,
    withoutKey(keeper.kept.state),
  );
  // Loaded once it is asked something: a demo's first frame is up by then.
  const pipeline = async () => {
    const { createPipeline } = await import('./pipeline.ts');
    return createPipeline({
      ...{ keeper, orders, permissions, settle, lag, delegationLag, session, now },
      ...defined({
        trailDelay: options.trailDelay,
        quota: options.rate === undefined ? undefined : createQuota(options.rate),
      }),
    });
  };
  let answering: ReturnType<typeof pipeline> | undefined;
  const interceptors: Interceptor[] = [];
  const serve: RequestListener = (request, response) => {
    receive(request)
      .then(async (received) => {
        if (received === undefined) return deliver({ answer: tooLarge(randomUUID()) }, response);
        if (received.path.startsWith('/_')) return control(received, response);
        answering ??= pipeline();
        const outcome = (await answering)(received);
        if (outcome === undefined)
          return deliver({ answer: unknownOperation(received, randomUUID()) }, response);
        keeper.saveSoon();
        setTimeout(() => {
          deliver(outcome, response);
          if (outcome.delivery?.is === 'away') listener.away(outcome.delivery.ms);
        }, latency);
      })
      .catch(() => response.destroy());
  };

  /** Takes an order. What it resolves to is told to who gave it: the address and certificate of an interceptor. */
  async function order(given: Order): Promise<object> {
    orders.add(given);
    if (faultNamed(given.fault).intercepts !== true) return {};
    const interceptor = await intercept(serve);
    interceptors.push(interceptor);
    const { url, certificate } = interceptor;
    return { url, certificate };
  }
  async function endFaults(): Promise<object> {
    orders.clear();
    letGo(keeper.kept.state, now());
    await Promise.all(interceptors.splice(0).map((one) => one.close()));
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

  const server = createServer(serve);
  server.keepAliveTimeout = 30_000;
  const listener = await listen(server, port);
  const close = async (): Promise<void> => {
    await Promise.all([listener, ...interceptors].map((one) => one.close()));
    keeper.close();
  };
  try {
    for (const given of options.faults ?? []) await order(given);
  } catch (error) {
    await close();
    throw error;
  }
  const { state } = keeper.kept;
  return {
    ledger: () => keeper.kept.ledger,
    trail: () => {
      keeper.kept.trail ??= [];
      return keeper.kept.trail;
    },
    url: `http://127.0.0.1:${listener.port}`,
    get intercepted() {
      return interceptors.map(({ url, certificate }) => ({ url, certificate }))[0];
    },
    scenario,
    region: state.instance?.region ?? 'us-east-1',
    organizationId: state.organization.id,
    get accounts() {
      return accountsOf(keeper.kept.state);
    },
    get nextAccount() {
      const { nextAccount: id, seed } = keeper.kept.state;
      return { id, ...keysOf(seed, id) };
    },
    close,
  };
}

function accountsOf({ accounts, organization, delegated, seed }: State): SimulatorAccount[] {
  const role = (id: string, stands: string): SimulatorAccount['role'] => {
    if (id === organization.management) return 'management';
    if (stands !== 'ACTIVE') return 'suspended';
    return delegated.some(({ account, service }) => account === id && service === 'sso.amazonaws.com')
      ? 'delegated-administrator'
      : 'member';
  };
  return accounts
    .map(({ id, name, state }) => ({
      name,
      id,
      role: role(id, state),
      ...keysOf(seed, id),
      mfa: mfaDeviceOf(seed, id),
    }))
    .sort((a, b) => Number(b.role === 'management') - Number(a.role === 'management'));
}

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
const refuse = (response: ServerResponse, status: number, message: string): void =>
  json(response, status, { message });
