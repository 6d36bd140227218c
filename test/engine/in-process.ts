import { translate } from '../../src/aws/errors.ts';
import type { Actor, ReadyCall } from '../../src/model/call.ts';
import { naturalKey } from '../../src/model/call.ts';
import type { Caller, Source, UnusableCredentials } from '../../src/model/identity.ts';
import type { Operation } from '../../src/model/operations.ts';
import { type Aws, CredentialsError, OutcomeUnknown, unwatched } from '../../src/model/reader.ts';
import { markOf } from '../../src/model/reconciling/marks.ts';
import { defined } from '../../src/model/text/defined.ts';
import { nextOf } from '../../src/model/text/paging.ts';
import type { FaultName } from '../../src/simulator/faults/fault-names.ts';
import { createOrders } from '../../src/simulator/faults/fault-queue.ts';
import { faultNamed, type Strike } from '../../src/simulator/faults/faults.ts';
import type { State } from '../../src/simulator/organization/state.ts';
import { createKeeper } from '../../src/simulator/organization/state-file.ts';
import { createPerformer, type Taken } from '../../src/simulator/performer.ts';
import type { Caller as Signer } from '../../src/simulator/protocol/caller.ts';
import { type Asked, refusalOf } from '../../src/simulator/protocol/codec.ts';
import { models, type Service } from '../../src/simulator/protocol/model.ts';
import { Refusal } from '../../src/simulator/protocol/refusal.ts';
import { createPermissions } from '../../src/simulator/services/permissions.ts';
import { asSdk } from './as-sdk.ts';
import { DELEGATE, DEV, fourAccounts, MGMT } from './four-accounts.ts';
import { othersIn } from './others.ts';

/** The machine dies. */
export class Crash extends Error {
  override name = 'Crash';
}
export interface Clock {
  now: number;
}
type In = Readonly<Record<string, string | undefined>>;

const usual = {
  region: 'eu-west-1',
  denied: '', // an operation that AWS refuses, from the beginning
  behind: true, // AWS lists the accounts that have an older version
  holders: true, // AWS lists the accounts that have a set
  flap: false, // answers come now from a new copy, now from an old one
  lag: 0, // ms until a change is shown
  settle: 2_000, // ms that an asynchronous request takes
  failIn: [] as readonly string[], // accounts in which an assignment fails
  directoryLag: 0, // ms until its directory acts on a registration that AWS Organizations lists
  delegationLag: 0, // ms until IAM Identity Center does
  anchors: false, // AWS is told the journal's hashes
};
export type Options = typeof usual;
export type World = ReturnType<typeof world>;

/** How a world stands: another one can begin so. */
export interface Standing {
  readonly state: State;
  readonly texts: ReadonlyMap<string, string>;
  readonly sent: readonly string[]; // calls, by natural key, that reached AWS
  readonly effects: readonly string[]; // those that changed something there
}

/**
 * The four accounts, and the credentials of some of them, as a port of the engine: the simulator's operations without
 * HTTP (src/simulator/performer.ts). What AWS answers is the simulator's doing; what stands here is whose credentials there
 * are, what reached AWS, and what a test puts in its way.
 */
export function world(clock: Clock, options: Partial<Options> = {}, before?: Standing) {
  const o: Options = { ...usual, ...options };
  const state = before ? structuredClone(before.state) : fourAccounts(o.region);
  const keeper = createKeeper(
    undefined,
    state.scenario,
    () => ({ state, ledger: { requests: [], effects: [] } }),
    true,
  );
  const { ledger } = keeper.kept;
  const [sent, effects] = [[...(before?.sent ?? [])], [...(before?.effects ?? [])]];
  const reads: string[] = [];
  const met: string[] = []; // profiles that were asked who they are
  const expired = new Set<string>();
  /** Whose credentials each profile holds. */
  const profiles = new Map([
    ['mgmt', { account: MGMT, arn: `arn:aws:sts::${MGMT}:assumed-role/admin/op` }],
    ['delegate', { account: DELEGATE, arn: `arn:aws:sts::${DELEGATE}:assumed-role/admin/op` }],
    ['dev', { account: DEV, arn: `arn:aws:sts::${DEV}:assumed-role/admin/op` }],
  ]);
  let hook: (when: 'before' | 'after', call: ReadyCall) => void = () => {};
  let ahead = 0; // of our clock, AWS's
  let flaps = 0;
  let asking: Service = 'sts';

  const others = othersIn(state, () => clock.now + ahead, before?.texts);
  const faults = createOrders();
  /** From now on the simulator's fault strikes this operation: for good, or so many times. */
  const fault = (name: FaultName, operation: string, times = Number.POSITIVE_INFINITY): void =>
    faults.add({ fault: name, operation, after: 0, times, parameters: faultNamed(name).parameters });
  if (o.denied !== '') fault('denied-by-identity-policy', o.denied);
  const failing = ({ service, operation, input }: Asked): boolean =>
    service === 'sso' &&
    operation === 'CreateAccountAssignment' &&
    o.failIn.includes((input() as In).TargetId ?? '');
  const fails: Strike = { fails: 'Received a 403 status error: denied by IAM' };

  const take = createPerformer({
    keeper,
    orders: { next: (asked) => (failing(asked) ? fails : faults.next(asked)) },
    permissions: createPermissions(state.organization.management),
    now: () => clock.now + ahead,
    get settle() {
      return o.settle;
    },
    get lag() {
      return o.flap ? 20_000 : o.lag;
    },
    get delegationLag() {
      return Math.max(o.delegationLag, asking === 'identitystore' ? o.directoryLag : 0);
    },
    upToDate: () => o.flap && ++flaps % 3 !== 0,
  });
  /** Performs what is asked, as AWS and the SDK would have it. Throws what the engine's own way into AWS would. */
  function perform(
    actor: Actor,
    source: Source,
    region: string,
    operation: string,
    input: unknown,
    userAgent = '',
  ) {
    const [service, name] = operation.split(':') as [Service, string];
    if (isExpired(source)) throw new CredentialsError(actor, 'The session has expired.', 'Sign in again.');
    asking = service;
    const known = Object.hasOwn(models[service].operations, name);
    const asked: Asked = { service, operation: name, known, input: () => input };
    const taken = take({
      asked,
      userAgent,
      from: () => ({ caller: signerOf(source), region: global.has(service) ? 'us-east-1' : region }),
    });
    if (taken.strike.lost) throw new OutcomeUnknown('timed out');
    try {
      return { output: asSdk(service, name, taken.perform()), requestId: taken.requestId };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw translate(thrown(error, service, taken), {
        actor,
        source,
        env: {},
        operation: operation as Operation,
        region,
      });
    }
  }

  const profileOf = (source: Source) => {
    const found = source.kind === 'profile' ? profiles.get(source.name) : undefined;
    if (!found) throw new Error('there are profiles only');
    return found;
  };
  const signerOf = (source: Source): Signer => {
    const { account: id, arn } = profileOf(source);
    const account = state.accounts.find((one) => one.id === id);
    if (account === undefined) throw new Error(`the organization has no account ${id}`);
    return { account, arn, userId: `AROA:${id}`, session: true };
  };
  const isExpired = (source: Source): boolean => source.kind === 'profile' && expired.has(source.name);
  const sources = (): readonly Source[] => [...profiles.keys()].map((name) => ({ kind: 'profile', name }));
  const meet = (source: Source): Caller | UnusableCredentials => {
    if (source.kind === 'profile') met.push(source.name);
    if (isExpired(source)) return { problem: 'The session has expired.', remedy: 'Sign in again.' };
    const { account, arn } = profileOf(source);
    const { id, management } = state.organization;
    return { source, account, arn, organization: { is: 'member', id, management } };
  };
  const connect = (actor: Actor, source: Source, region = 'us-east-1'): Aws => {
    const look = (operation: string, input: object): object => {
      // One permission set is asked for to learn whether one may, not to look for any.
      reads.push('MaxResults' in input ? `${operation} of one` : operation);
      const { output } = perform(actor, source, region, operation, input);
      return isLeftOut(operation, input as In) ? { AccountIds: [] } : output;
    };
    return {
      region,
      search: unwatched(),
      // Who looks it up in the profile each time signs with what stands there now.
      inUse: () => (isExpired(source) ? undefined : profileOf(source)),
      read: async (operation, input) => look(operation, input as object) as never,
      pages: async function* (operation, input) {
        let next: object | undefined = {};
        while (next !== undefined) {
          const page: object = look(operation, { ...(input as object), ...next });
          yield page as never;
          next = nextOf(page);
        }
      },
      in: (other) => connect(actor, source, other),
      ...defined({
        anchor: o.anchors
          ? async (tags: Tags) => {
              const asked = perform(actor, source, region, 'sts:GetCallerIdentity', {}, agentOf(tags));
              return { requestId: asked.requestId };
            }
          : undefined,
      }),
      send: async (call, tags) => {
        if (!isExpired(source)) {
          sent.push(naturalKey(call));
          hook('before', call);
        }
        const done = ledger.effects.length;
        const answer = perform(actor, source, region, call.operation, call.input, agentOf(tags));
        others.remember();
        if (ledger.effects.length > done) effects.push(naturalKey(call));
        hook('after', call);
        return answer;
      },
    };
  };
  /** AWS's lists of who has a set may be those from before. */
  const isLeftOut = (operation: string, { ProvisioningStatus }: In): boolean =>
    operation === 'sso:ListAccountsForProvisionedPermissionSet' &&
    !(ProvisioningStatus === 'LATEST_PERMISSION_SET_NOT_PROVISIONED' ? o.behind : o.holders);

  return Object.assign(others, {
    ...{ options: o, state, sent, effects, reads, met, expired, profiles, faults },
    ...{ sources, meet, connect, fault },
    /** Our clock alone is set back: AWS's goes on. */
    setBack: (ms: number): void => {
      clock.now -= ms;
      ahead += ms;
    },
    standing: (): Standing => ({ state, texts: others.texts, sent, effects }),
    onSend: (then: typeof hook): void => {
      hook = then;
    },
    lose: (): never => {
      throw new OutcomeUnknown('socket hang up');
    },
  });
}
interface Tags {
  readonly run: string;
  readonly attempt?: string;
  readonly head?: string;
}
/** The marks of our requests, as a client adds them (src/aws/client.ts). */
const agentOf = ({ run, attempt, head }: Tags): string =>
  Object.entries(defined({ run, act: attempt, head }))
    .map(([name, value]) => `md/${name}#${markOf(value)}`)
    .join(' ');
/** Those of one place: a client signs for us-east-1 (src/aws/client.ts). */
const global = new Set<Service>(['organizations', 'account', 'iam']);

/** A refusal as the SDK throws it. */
function thrown(refusal: Refusal, service: Service, { requestId }: Taken): Error {
  const { code, message, members } = refusal;
  const { status } = refusalOf(service, refusal, requestId);
  const $metadata = { httpStatusCode: status, requestId };
  return Object.assign(new Error(message), { name: code, $metadata }, members);
}

/** The operations of calls, in order. */
export const operations = (keys: readonly string[]): readonly (string | undefined)[] =>
  keys.map((key) => key.split(' ')[0]);
