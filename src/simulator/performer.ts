import { randomUUID } from 'node:crypto';
import type { Orders } from './faults/fault-queue.ts';
import type { Strike } from './faults/faults.ts';
import { createIds } from './organization/ids.ts';
import type { LedgerRequest, State } from './organization/state.ts';
import type { StateFile } from './organization/state-file.ts';
import type { TrailEvent } from './organization/trail.ts';
import type { Caller } from './protocol/caller.ts';
import type { Asked } from './protocol/codec.ts';
import { isRead, keyOf } from './protocol/ledger.ts';
import { isQuery, type Service } from './protocol/model.ts';
import { listOf } from './protocol/pages.ts';
import { Refusal } from './protocol/refusal.ts';
import { validated } from './protocol/validate.ts';
import { accountManagement } from './services/account-management.ts';
import { applications } from './services/applications.ts';
import { assignments } from './services/assignments.ts';
import type { Context } from './services/context.ts';
import { iam } from './services/iam.ts';
import { identityStore } from './services/identity-store.ts';
import { instances } from './services/instances.ts';
import { organizations } from './services/organizations.ts';
import { permissionSets } from './services/permission-sets.ts';
import type { Permissions } from './services/permissions.ts';
import { policies } from './services/policies.ts';
import { provisioning } from './services/provisioning.ts';
import { createLookupQuota, type createQuota } from './services/quota.ts';
import { regionAllowed } from './services/region-denied.ts';
import { settle } from './services/requests.ts';
import { sts } from './services/sts.ts';
import { cloudtrail } from './trail/lookup.ts';
import { type Called, type Came, noted } from './trail/note.ts';
import { roleEvents } from './trail/roles.ts';

/** An organization, and how it behaves. */
export interface World {
  readonly keeper: StateFile;
  readonly orders: Pick<Orders, 'next'>;
  readonly permissions: Permissions;
  readonly settle: number; // ms
  readonly lag: number; // ms
  readonly delegationLag: number; // ms
  readonly trailDelay?: number; // ms until CloudTrail has an event; 5 minutes unless given
  readonly now: () => number;
  readonly quota?: ReturnType<typeof createQuota>;
  /** With a lag: whether a reading comes from a copy that is up to date all the same. Absent: never. */
  readonly upToDate?: () => boolean;
}

type Perform = (input: never, at: Context) => unknown;
const operations: Readonly<Record<Service, Readonly<Record<string, Perform>>>> = {
  organizations,
  sso: { ...instances, ...applications, ...permissionSets, ...policies, ...assignments, ...provisioning },
  identitystore: identityStore,
  account: accountManagement,
  iam,
  sts,
  cloudtrail,
};

/** On average about five minutes (CloudTrail user guide, "How CloudTrail works"); no promise. */
const usualDelay = 5 * 60_000;

/** A request, whichever way it came. */
export interface Request {
  readonly asked: Asked;
  readonly userAgent: string;
  /** Who asks, and in which Region. Throws the `Refusal` of who may not come in. */
  readonly from: (
    state: State,
    now: number,
  ) => {
    readonly caller: Caller;
    readonly region: string;
  };
}
/** A request that has reached AWS, with what strikes it, and its row in the ledger, which is filled in as it is looked at. */
export interface Taken {
  readonly strike: Strike;
  readonly row: { account: string; region: string; key: string; status: number; readonly n: number };
  readonly now: number;
  readonly requestId: string;
  /**
   * Does what is asked, once, and returns what the SDK's output has. Throws `Refusal`, with whatever was found out about
   * the request in its row of the ledger. Not to be called where the request is lost on its way.
   */
  readonly perform: () => unknown;
}

/**
 * Takes requests on and performs them, however they came: over HTTP (pipeline.ts), or from the same process. Validate →
 * authorize → perform → write down; a fault may strike at each of them (faults.ts).
 * All of it is synchronous, so requests are answered one after the other.
 */
export function createPerformer(world: World): (request: Request) => Taken {
  /** With a lag: the organization as it was before each change, and until when reads still see it so. */
  let past: { readonly until: number; readonly state: State }[] = [];
  const remember = (state: State, now: number, lag = world.lag): void => {
    if (lag > 0) past.push({ until: now + lag, state: structuredClone(state) });
  };
  const visible = (now: number): State => {
    past = past.filter(({ until }) => until > now);
    const [oldest] = past;
    return oldest === undefined || world.upToDate?.() ? world.keeper.kept.state : oldest.state;
  };

  /** CloudTrail's events: looked up, and written on. */
  const trail = (): TrailEvent[] => {
    const { kept } = world.keeper;
    kept.trail ??= [];
    return kept.trail;
  };
  const { trailDelay = usualDelay } = world;
  const lookups = createLookupQuota();
  const note = (called: Called, came: Came): void => {
    const event = noted(called, came);
    if (event !== undefined) trail().push(event);
  };

  function perform(
    { service, operation }: Asked,
    { caller, region }: { readonly caller: Caller; readonly region: string },
    input: unknown,
    { strike, row, now, requestId }: Omit<Taken, 'perform'>,
  ): unknown {
    const { state: truth, ledger } = world.keeper.kept;
    const read = isRead(service, operation);
    const run = operations[service][operation];
    if (run === undefined)
      throw new Error(`${service}:${operation} is in the model, but nothing performs it`);
    const valid = validated(service, operation, input);
    if (!read) remember(truth, now, strike.lag);
    const at: Context = {
      state: read ? visible(now) : truth,
      truth,
      trail: trail(),
      caller,
      service,
      operation,
      get list() {
        return listOf(operation, valid);
      },
      region,
      requestId,
      now,
      settle: strike.settle ?? world.settle,
      delegationLag: world.delegationLag,
      fails: strike.fails,
      ids: createIds(truth.seed, truth),
      permissions: world.permissions,
      effect: () => {
        const key = keyOf(service, operation, valid);
        ledger.effects.push({ operation: `${service}:${operation}`, key, n: row.n });
      },
    };
    strike.others?.(valid as object, at);
    return run(valid as never, at);
  }

  function answered(
    { asked, from, userAgent: agent }: Request,
    taken: Omit<Taken, 'perform'>,
    state: State,
  ): unknown {
    if (!asked.known) throw unknownOperation(asked);
    const { strike, row, now, requestId } = taken;
    const { caller: signer, region } = from(state, now);
    const caller = strike.taken?.(signer, { state }) ?? signer;
    row.account = caller.account.id;
    row.region = region;
    const input = asked.input();
    const seen = now + trailDelay + (strike.late ?? 0);
    const called: Called = { asked, caller, region, input, requestId, agent, at: now, seen };
    try {
      const output = allowed(asked, { caller, region, input }, taken, state);
      note(called, { output });
      return output;
    } catch (refusal) {
      if (refusal instanceof Refusal) note(called, { refusal });
      throw refusal;
    }
  }

  function allowed(
    asked: Asked,
    { caller, region, input }: Pick<Called, 'caller' | 'region' | 'input'>,
    taken: Omit<Taken, 'perform'>,
    state: State,
  ): unknown {
    const { strike, row, now } = taken;
    row.key = keyOf(asked.service, asked.operation, input);
    const refused = strike.refuses?.(asked, caller, input, state.organization.management);
    if (refused !== undefined) throw refused;
    const tooMany = world.quota?.(asked, now) ?? lookups(asked, now, `${caller.account.id} ${region}`);
    if (tooMany !== undefined) throw tooMany;
    regionAllowed(asked, caller, region, input, state);
    world.permissions.check(asked, caller, input);
    return perform(asked, { caller, region }, input, taken);
  }

  return (request) => {
    world.keeper.refresh();
    const { asked, userAgent } = request;
    const { state, ledger } = world.keeper.kept;
    const strike = world.orders.next(asked);
    const now = world.now() + (strike.ahead ?? 0);
    if (state.requests.some(({ applied, due }) => !applied && due <= now)) {
      remember(state, now);
      settle(state, now, (settled) => {
        trail().push(...roleEvents(settled, state, { late: trailDelay, id: randomUUID }));
      });
    }
    const row = {
      n: (ledger.requests.at(-1)?.n ?? 0) + 1,
      operation: `${asked.service}:${asked.operation}`,
      account: '',
      region: '',
      key: '',
      status: 0,
      userAgent,
    } satisfies LedgerRequest;
    ledger.requests.push(row);
    const taken = { strike, row, now, requestId: randomUUID() };
    return { ...taken, perform: () => answered(request, taken, state) };
  };
}

const unknownOperation = ({ service, operation, version }: Asked): Refusal =>
  isQuery(service)
    ? new Refusal('InvalidAction', `Could not find operation ${operation} for version ${version}`)
    : new Refusal(
        'UnknownOperationException',
        `The simulator does not know the operation ${service}:${operation}.`,
      );
