import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { Order } from './faults/fault-queue.ts';
import { accountsOf, type SimulatorAccount } from './organization/accounts.ts';
import { defined } from './organization/defined.ts';
import { keysOf } from './organization/ids.ts';
import type { Ledger, State } from './organization/state.ts';
import { createKeeper } from './organization/state-file.ts';
import type { Kept } from './organization/store.ts';
import type { TrailEvent } from './organization/trail.ts';
import { listen, receive } from './protocol/listener.ts';
import { type Scenario, type Size, stateOf } from './scenarios/scenarios.ts';
import type { Workings } from './workings.ts';

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
  // Loaded once it is asked something: a demo's first frame is up by then.
  let loading: Promise<Workings> | undefined;
  let workings: Workings | undefined;
  const atWork = (): Promise<Workings> => {
    loading ??= import('./workings.ts').then(({ createWorkings }) => {
      workings = createWorkings({
        ...{ keeper, settle, lag, delegationLag, session, now, latency, serve },
        ...defined({ trailDelay: options.trailDelay, rate: options.rate }),
        away: (ms) => listener.away(ms),
      });
      return workings;
    });
    return loading;
  };
  const serve: RequestListener = (request, response) => {
    receive(request)
      .then(async (received) => (await atWork()).answer(received, response))
      .catch(() => response.destroy());
  };

  const server = createServer(serve);
  server.keepAliveTimeout = 30_000;
  const listener = await listen(server, port);
  const close = async (): Promise<void> => {
    await Promise.all([listener.close(), workings?.close()]);
    keeper.close();
  };
  try {
    for (const given of options.faults ?? []) await (await atWork()).order(given);
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
      return workings?.intercepted();
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
