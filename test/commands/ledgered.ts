import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { codewhisperer } from '../../steps/index.ts';
import type { Runner } from './in-process.ts';

/** A request of a run, as it reached AWS. `part`: the step that looked, else what it was for. */
export interface Sent {
  readonly part: string;
  readonly operation: string;
  readonly actor: 'management' | 'delegated-administrator';
  /** When it set out and when it was answered: places in the order of all of both. */
  readonly from: number;
  readonly until: number;
  /** How many requests had been answered, one after the other, before it set out, itself included. */
  readonly depth: number;
}

/** The step that is looking, as far as one is. */
const looking = new AsyncLocalStorage<string>();
const watched = {
  ...codewhisperer,
  steps: codewhisperer.steps.map((step) => ({
    ...step,
    observeAndPlan: (...given: Parameters<typeof step.observeAndPlan>) =>
      looking.run(step.id, () => step.observeAndPlan(...given)),
  })),
};

/**
 * An unattended run against the simulated organization, and every request that it made, by the ledger, but for those that
 * tell AWS how far the journal is.
 */
export async function ledgered(at: Runner) {
  const { port } = new URL(at.simulator.url);
  const rows: {
    readonly request: IncomingMessage;
    readonly socket: number;
    from: number;
    until: number;
  }[] = [];
  let clock = 0;
  const partOfRequest = new WeakMap<object, string>();
  /** What was asked over each connection, one after the other, by the port that it came from. */
  const asked = new Map<number, string[]>();
  const ours = (host: unknown): boolean => String(host).endsWith(`:${port}`);
  const on = {
    'http.client.request.start': ({ request }: { readonly request: ClientRequest }) => {
      if (ours(request.getHeader('host'))) partOfRequest.set(request, looking.getStore() ?? '');
    },
    'http.client.response.finish': ({ request }: { readonly request: ClientRequest }) => {
      const from = request.socket?.localPort ?? 0;
      const part = partOfRequest.get(request);
      if (part !== undefined) asked.set(from, [...(asked.get(from) ?? []), part]);
    },
    'http.server.request.start': ({ request }: { readonly request: IncomingMessage }) => {
      if (!ours(request.headers.host) || request.url?.startsWith('/_')) return;
      rows.push({ request, socket: request.socket.remotePort ?? 0, from: clock++, until: 0 });
    },
    'http.server.response.finish': ({ request }: { readonly request: IncomingMessage }) => {
      const row = rows.find((one) => one.request === request);
      if (row) row.until = clock++;
    },
  };
  const channels = Object.entries(on) as [string, (message: unknown) => void][];
  const before = at.simulator.ledger().requests.length;
  for (const [name, told] of channels) subscribe(name, told);
  const cpu = process.cpuUsage();
  const began = performance.now();
  try {
    const ended = await at.run({}, {}, { runbook: watched });
    const took = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    const sent: Sent[] = [];
    for (const [n, { operation, account }] of at.simulator.ledger().requests.slice(before).entries()) {
      const { from = 0, until = 0, socket = 0, request } = rows[n] ?? {};
      const step = asked.get(socket)?.shift() ?? '';
      // It tells AWS how far the journal is: the audit log's, and counted there.
      if (request?.headers['user-agent']?.includes(' md/head#')) continue;
      const depth = 1 + Math.max(0, ...sent.filter((one) => one.until < from).map((one) => one.depth));
      const actor = account === at.accounts.management ? 'management' : 'delegated-administrator';
      sent.push({ part: partOf(step, operation), operation, actor, from, until, depth });
    }
    return { ended, sent, took, cpu: (user + system) / 1_000 };
  } finally {
    for (const [name, told] of channels) unsubscribe(name, told);
  }
}

function partOf(step: string, operation: string): string {
  if (operation === 'sts:GetCallerIdentity') return 'caller';
  // What people are called, two steps ask at the same time: whichever comes first.
  if (operation.startsWith('identitystore:')) return 'administrator-user';
  if (step !== '') return step;
  if (operation.startsWith('iam:')) return 'permissions';
  if (operation === 'organizations:DescribeOrganization') return 'caller';
  if (/Status$/.test(operation)) return 'status';
  return /:(Describe|Get|List)/.test(operation) ? 'answers' : 'change';
}
