import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createFaults } from './faults.ts';
import { keysOf } from './ids.ts';
import { createKeeper } from './keeper.ts';
import { createPipeline, type Outcome } from './pipeline.ts';
import { type Scenario, stateOf } from './scenarios.ts';
import type { Received } from './signature.ts';
import type { State } from './state.ts';
import type { Kept } from './store.ts';

export interface SimulatorOptions {
  readonly scenario: Scenario;
  readonly port?: number; // 0 or absent: any that is free
  readonly latency?: number; // ms before each answer
  readonly lag?: number; // ms until a change is visible to reads; 0 unless given
  readonly settle?: number; // ms until asynchronous requests are finished; 1000 unless given
  readonly state?: string; // file; without one the organization lives in memory
  readonly fresh?: boolean; // do not go on with an existing state file
  readonly seed?: string; // the same seed makes the same organization; random unless given
  readonly now?: () => number; // ms since 1970
}
export interface SimulatorAccount {
  readonly name: string;
  readonly id: string;
  readonly role: 'management' | 'delegated-administrator' | 'member' | 'suspended';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
export interface Simulator {
  readonly url: string; // http://127.0.0.1:<port>
  readonly scenario: Scenario;
  readonly region: string; // where the instance is; us-east-1 where there is none
  readonly organizationId: string;
  readonly accounts: readonly SimulatorAccount[]; // the management account first
  /** The id that the next account to be created will have. Its keys work once it exists. */
  readonly nextAccount: Omit<SimulatorAccount, 'name' | 'role'>;
  close(): Promise<void>;
}

/** AWS's limit for a request of these services is about this. */
const largest = 1_048_576;

/**
 * A simulated AWS organization on 127.0.0.1. Resolves when it answers.
 * Rejects with an Error that names the state file and what to do when that file cannot be gone on with.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { scenario, port = 0, latency = 0, lag = 0, settle = 1000, state: file, fresh = false } = options;
  const now = options.now ?? Date.now;
  const begun = (): Kept => ({
    state: stateOf(scenario, options.seed ?? randomUUID(), now()),
    ledger: { requests: [], effects: [] },
  });
  const keeper = createKeeper(file, scenario, begun, fresh);
  const faults = createFaults();
  const answer = createPipeline({ keeper, faults, settle, lag, now });
  const server = createServer((request, response) => {
    receive(request)
      .then((received) => {
        if (received === undefined) return refuse(response, 413, 'The request is too large.');
        if (received.path.startsWith('/_')) return control(received, response);
        const outcome = answer(received);
        if (outcome === undefined)
          return refuse(response, 404, 'Not a request of a service that is simulated.');
        keeper.saveSoon();
        setTimeout(() => send(outcome, response), latency);
      })
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 30_000;

  function control({ method, path, body }: Received, response: ServerResponse): void {
    keeper.refresh();
    if (method === 'GET' && path === '/_ledger') json(response, 200, keeper.kept.ledger);
    else if (method !== 'POST' || path !== '/_faults')
      refuse(response, 404, 'GET /_ledger and POST /_faults are all there is.');
    else
      try {
        faults.order(JSON.parse(body.toString()));
        json(response, 200, {});
      } catch (error) {
        refuse(response, 400, error instanceof Error ? error.message : String(error));
      }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The simulator got no port.');
  const { state } = keeper.kept;
  return {
    url: `http://127.0.0.1:${address.port}`,
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
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      keeper.close();
    },
  };
}

function accountsOf({ accounts, organization, delegated, seed }: State): SimulatorAccount[] {
  const role = (id: string, stands: string): SimulatorAccount['role'] => {
    if (id === organization.management) return 'management';
    if (stands === 'SUSPENDED') return 'suspended';
    return delegated.some(({ account, service }) => account === id && service === 'sso.amazonaws.com')
      ? 'delegated-administrator'
      : 'member';
  };
  return accounts
    .map(({ id, name, state }) => ({ name, id, role: role(id, state), ...keysOf(seed, id) }))
    .sort((a, b) => Number(b.role === 'management') - Number(a.role === 'management'));
}

async function receive(request: IncomingMessage): Promise<Received | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const chunk = part as Buffer;
    size += chunk.length;
    if (size <= largest) parts.push(chunk); // the rest is read and thrown away, so that the answer arrives
  }
  if (size > largest) return undefined;
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
    body: Buffer.concat(parts),
  };
}

function send({ answer, fault }: Outcome, response: ServerResponse): void {
  if (fault === 'hang') return;
  if (fault === 'reset-after-effect') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  if (fault === 'truncated-body') {
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  response.end(body);
}

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
const refuse = (response: ServerResponse, status: number, message: string): void =>
  json(response, status, { message });
