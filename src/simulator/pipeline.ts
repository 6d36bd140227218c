import { randomUUID } from 'node:crypto';
import type { Orders } from './faults/fault-queue.ts';
import type { Delivery, Strike } from './faults/faults.ts';
import { createIds } from './organization/ids.ts';
import type { LedgerRequest, State } from './organization/state.ts';
import type { StateFile } from './organization/state-file.ts';
import { authenticate } from './protocol/authenticate.ts';
import type { Caller } from './protocol/caller.ts';
import { type Answer, type Asked, answerOf, askedOf, refusalOf } from './protocol/codec.ts';
import { isRead, keyOf } from './protocol/ledger.ts';
import { isQuery, type Service } from './protocol/model.ts';
import { listOf } from './protocol/pages.ts';
import { Refusal } from './protocol/refusal.ts';
import type { Received } from './protocol/signature.ts';
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
import { type PortalAnswer, portalAnswer } from './services/portal.ts';
import { provisioning } from './services/provisioning.ts';
import type { createQuota } from './services/quota.ts';
import { regionAllowed } from './services/region-denied.ts';
import { settle } from './services/requests.ts';
import { sts } from './services/sts.ts';

/** What is to be sent, or what arrives instead of it. */
export interface Outcome {
  readonly answer: Answer;
  readonly delivery?: Delivery;
}
export interface World {
  readonly keeper: StateFile;
  readonly orders: Orders;
  readonly permissions: Permissions;
  readonly settle: number; // ms
  readonly lag: number; // ms
  readonly delegationLag: number; // ms
  readonly session: number; // ms
  readonly now: () => number;
  readonly quota?: ReturnType<typeof createQuota>;
}

type Perform = (input: never, at: Context) => unknown;
const operations: Readonly<Record<Service, Readonly<Record<string, Perform>>>> = {
  organizations,
  sso: { ...instances, ...applications, ...permissionSets, ...policies, ...assignments, ...provisioning },
  identitystore: identityStore,
  account: accountManagement,
  iam,
  sts,
};

/** A request that was received, and its row in the ledger, which is filled in as it is looked at. */
interface Taken {
  readonly asked: Asked;
  readonly strike: Strike;
  readonly row: { account: string; region: string; key: string; readonly n: number };
  readonly now: number;
  readonly requestId: string;
  readonly state: State;
}

/**
 * Answers AWS requests: receive → authenticate → validate → authorize and perform → write down → answer. A fault may
 * strike at each of them (faults.ts).
 * Everything between is synchronous, so requests are answered one after the other.
 */
export function createPipeline(world: World): (received: Received) => Outcome | undefined {
  /** With a lag: the organization as it was before each change, and until when reads still see it so. */
  let past: { readonly until: number; readonly state: State }[] = [];
  const remember = (state: State, now: number, lag = world.lag): void => {
    if (lag > 0) past.push({ until: now + lag, state: structuredClone(state) });
  };
  const visible = (now: number): State => {
    past = past.filter(({ until }) => until > now);
    return past[0]?.state ?? world.keeper.kept.state;
  };

  function perform(
    asked: Asked,
    caller: Caller,
    region: string,
    input: unknown,
    requestId: string,
    n: number,
    strike: Strike,
    time: number,
  ) {
    const { service, operation } = asked;
    const { state: truth, ledger } = world.keeper.kept;
    const read = isRead(service, operation);
    const run = operations[service][operation];
    if (run === undefined)
      throw new Error(`${service}:${operation} is in the model, but nothing performs it`);
    const valid = validated(service, operation, input);
    const key = keyOf(service, operation, valid);
    if (!read) remember(truth, time, strike.lag);
    const at: Context = {
      state: read ? visible(time) : truth,
      truth,
      caller,
      service,
      operation,
      list: listOf(operation, valid),
      region,
      requestId,
      now: time,
      settle: strike.settle ?? world.settle,
      delegationLag: world.delegationLag,
      fails: strike.fails,
      ids: createIds(truth.seed, truth),
      permissions: world.permissions,
      effect: () => ledger.effects.push({ operation: `${service}:${operation}`, key, n }),
    };
    strike.others?.(valid as object, at);
    return run(valid as never, at);
  }

  /** Throws `Refusal`, with whatever was found out about the request in its row of the ledger. */
  function answered(received: Received, { asked, strike, row, now, requestId, state }: Taken): Answer {
    if (!asked.known) throw unknownOperation(asked);
    const { service, operation } = asked;
    const { caller: signer, region } = authenticate(received, service, state, now);
    const caller = strike.taken?.(signer, { state }) ?? signer;
    row.account = caller.account.id;
    row.region = region;
    const input = asked.input();
    row.key = keyOf(service, operation, input);
    const refused = strike.refuses?.(asked, caller, input, state.organization.management);
    if (refused !== undefined) throw refused;
    const tooMany = world.quota?.(asked, now);
    if (tooMany !== undefined) throw tooMany;
    regionAllowed(asked, caller, region, input, state);
    world.permissions.check(asked, caller, input);
    const output = perform(asked, caller, region, input, requestId, row.n, strike, now);
    return strike.delivery?.is === 'error'
      ? refusalOf(
          service,
          failure('The request processing has failed because of an unknown error.'),
          requestId,
        )
      : answerOf(asked, output, requestId);
  }

  /** What the access portal and its sign-in service answer: no AWS request, and no fault of AWS's strikes it. */
  function ofPortal(received: Received): Outcome | undefined {
    const { state, ledger } = world.keeper.kept;
    const requestId = randomUUID();
    const now = world.now();
    const strike = (operation: string) => world.orders.nextOfSignIn(operation).signIn;
    const given = portalAnswer(received, { state, now, requestId, session: world.session, strike });
    if (given === undefined) return undefined;
    const { operation, account, status } = given;
    ledger.requests.push({
      n: (ledger.requests.at(-1)?.n ?? 0) + 1,
      operation,
      account,
      region: '',
      key: '',
      status,
      userAgent: received.headers['user-agent'] ?? '',
    });
    return { answer: answerOfPortal(given, requestId, now) };
  }

  return (received) => {
    const entered = ofPortal(received);
    if (entered !== undefined) return entered;
    const asked = askedOf(received);
    if (asked === undefined) return undefined;
    const { service, operation } = asked;
    world.keeper.refresh();
    const { state, ledger } = world.keeper.kept;
    const requestId = randomUUID();
    const strike = world.orders.next(asked);
    const now = world.now() + (strike.ahead ?? 0);
    if (state.requests.some(({ applied, due }) => !applied && due <= now)) {
      remember(state, now);
      settle(state, now);
    }
    const row = {
      n: (ledger.requests.at(-1)?.n ?? 0) + 1,
      operation: `${service}:${operation}`,
      account: '',
      region: '',
      key: '',
      status: 0,
      userAgent: received.headers['user-agent'] ?? '',
    } satisfies LedgerRequest;
    ledger.requests.push(row);

    let answer: Answer;
    const date = new Date(now).toUTCString();
    const outcome = (delivery?: Delivery): Outcome => ({
      answer: { ...answer, headers: { ...answer.headers, date } },
      ...(delivery === undefined ? {} : { delivery }),
    });
    if (strike.lost !== undefined) {
      answer = answerOf(asked, {}, requestId);
      return outcome(strike.lost);
    }
    try {
      answer = answered(received, { asked, strike, row, now, requestId, state });
      row.status = strike.delivery?.is === 'reset' || strike.delivery?.is === 'nothing' ? 0 : answer.status;
      if (!isRead(service, operation)) world.keeper.save(); // before the answer: what was answered is on disk
    } catch (error) {
      // Anything else is ours: a defect, or a state file that cannot be written. The change stands in memory then, and
      // nobody was told so: as with a 500 of AWS's own, the caller has to look.
      const refusal = error instanceof Refusal ? error : failure(`The simulator failed: ${String(error)}`);
      answer = refusalOf(service, refusal, requestId);
      row.status = answer.status;
    }
    return outcome(strike.delivery);
  };
}

const answerOfPortal = ({ status, body, error }: PortalAnswer, requestId: string, now: number): Answer => ({
  status,
  headers: {
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
    date: new Date(now).toUTCString(),
    ...(error === undefined ? {} : { 'x-amzn-errortype': error }),
  },
  body: JSON.stringify(body),
});
const failure = (message: string): Refusal => new Refusal('InternalFailure', message, {}, 500);
const unknownOperation = ({ service, operation, version }: Asked): Refusal =>
  isQuery(service)
    ? new Refusal('InvalidAction', `Could not find operation ${operation} for version ${version}`)
    : new Refusal(
        'UnknownOperationException',
        `The simulator does not know the operation ${service}:${operation}.`,
      );
