import type { Actor, ReadyCall } from '../model/call.ts';
import type { Told } from '../model/exchange/exchange.ts';
import { type CredentialLifetime, profileNameOf, type Source } from '../model/identity.ts';
import type { Service } from '../model/operations/sdk.ts';
import { type Operation, type ReadOperation, reads } from '../model/operations.ts';
import { type Aws, type Limit, RequestRejected, unwatched } from '../model/reader.ts';
import { defined } from '../model/text/defined.ts';
import type { Environment } from '../model/text/environment.ts';
import { nextOf } from '../model/text/paging.ts';
import { enabledByDefault } from '../model/text/regions.ts';
import { notUnderstood, understood } from './answers.ts';
import { capture } from './capture.ts';
import { sameClock } from './clock.ts';
import { cachedCredentials } from './credentials/cached-credentials.ts';
import { lastingOf } from './credentials/credential-lifetime.ts';
import { credentialsFor } from './credentials/credentials.ts';
import { refuseUnsendable } from './credentials/sendable-credentials.ts';
import { withLogin } from './credentials/sign-in-hint.ts';
import { noted, quiet } from './echo.ts';
import { listingOf } from './endless.ts';
import { notHad, notWithin, ofAws, translate } from './errors.ts';
import { mark } from './mark.ts';
import { noSuchEndpoint, notSent, whenBegun } from './not-sent.ts';
import { load, type Middleware, type Reply, type SdkClient } from './operations.ts';
import { endpointModes, unasked } from './settings/client-defaults.ts';
import { connections, type Timeouts, usual } from './settings/connections.ts';
import { addressOf } from './settings/endpoint.ts';
import { sdkSettings } from './settings/sdk-settings.ts';
import { type Body, watchBody } from './whole-answer.ts';

export interface Connection {
  readonly actor: Actor;
  readonly source: Source;
  /** The run's home Region, or the configured one. */
  readonly region: string | undefined;
  /** Name and version, for the user agent: 'cw-runbook/0.2.0'. */
  readonly program: string;
  /** Its variables count for where calls go, and with what. */
  readonly env: Environment;
  readonly timeouts?: Timeouts;
  /** Told how long each set of credentials lasts that is taken up. `again`: how long the same set lasts by what lies on this machine later. */
  readonly onLifetime?: (lasts: CredentialLifetime, again: () => Promise<CredentialLifetime>) => unknown;
  /** Told of every answer of a service, as it came. Answers that hold credentials never come to it. */
  readonly answered?: Told;
}
/** Where AWS Organizations, Account Management, IAM and our own calls to STS are signed for, and where nothing is configured. */
const global = 'us-east-1';

type Kind = 'reads' | 'writes';
const readers = new Set(reads.map((operation) => `${operation.split(':')[1]}Command`));
const readsOnly: Middleware = (next, { commandName = '' }) => {
  if (!readers.has(commandName)) throw new Error(`${commandName} must not go through a reading client`);
  return next;
};
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** A way into AWS with one source's credentials. Nothing is loaded or sent before the first call. */
export function connect(connection: Connection): Aws {
  const clients = new Map<string, Promise<SdkClient>>();
  let found: ReturnType<typeof credentialsFor> | undefined;
  const { source, actor, env, onLifetime: told } = connection;
  const answered = new Set<string>(); // by a service in a Region
  let clock: number | undefined; // how far AWS's is ahead
  const tick = (ahead: number): void => {
    clock = ahead;
  };
  const credentials = cachedCredentials(
    async (asked) => {
      try {
        found ??= credentialsFor(source, env);
        return noted(refuseUnsendable(await (await found)(asked), source));
      } catch (error) {
        found = undefined; // it may be mended by the next call
        // What goes wrong here went wrong before anything was sent.
        throw await withLogin(notHad(error, connection), source, env);
      }
    },
    async (given) => {
      const again = (): Promise<CredentialLifetime> => lastingOf(source, given, env);
      await told?.(await again(), again);
    },
  );

  const client = (operation: Operation, kind: Kind, region: string): Promise<SdkClient> => {
    const key = `${serviceOf(operation)} ${kind} ${region}`;
    const known = clients.get(key) ?? make(operation, kind, region);
    clients.set(key, known);
    known.catch(() => clients.delete(key)); // what stood in its way may be mended by the next call
    return known;
  };
  const make = async (operation: Operation, kind: Kind, region: string): Promise<SdkClient> => {
    const { Client } = await load(operation);
    const found = await addressOf(serviceOf(operation), source, env);
    // Who somebody is can be asked in any Region; what is in another Region is not to be had at a host of this one.
    const signed = operation.startsWith('sts:') ? (found?.aws?.region ?? region) : region;
    const address = found?.aws && found.aws.region !== signed ? undefined : found;
    const settings = await sdkSettings(source, env);
    const made = new Client({
      ...unasked,
      ...endpointModes(settings, address),
      region: signed,
      ...defined({ endpoint: address?.url }),
      ignoreConfiguredEndpointUrls: true, // it was looked at above, and shown to the operator
      credentials,
      ...defined({ profile: profileNameOf(source) }),
      // A write is sent once: the SDK's own second try would be an effect without a record of its own.
      maxAttempts: kind === 'writes' ? 1 : 5,
      // An idle connection may be dead without anybody's having said so: a write does not set out on one.
      requestHandler: await connections(connection.timeouts ?? usual, kind === 'reads', env),
      customUserAgent: [connection.program.split('/')],
      logger: silent,
    });
    // It takes every question and answer apart once more, for a log that nobody reads.
    made.middlewareStack.remove('loggerMiddleware');
    if (kind === 'reads') {
      made.middlewareStack.add(readsOnly, { step: 'initialize', name: 'readsOnly' });
      // Every write is preceded by a read. Low: it sees the answer before it is taken apart.
      made.middlewareStack.add(sameClock(actor, tick), {
        step: 'deserialize',
        priority: 'low',
        name: 'sameClock',
      });
    }
    if (connection.answered) {
      const at = address === undefined || address.aws ? 'aws' : 'elsewhere';
      made.middlewareStack.add(capture(serviceOf(operation), at, connection.answered), {
        step: 'deserialize',
        priority: 'low',
        name: 'capture',
      });
    }
    return made;
  };
  /** What an error means, and what is to be done about it. `begun`: the request had set out. */
  const meant = async (error: unknown, asked: Asked, { why }: Body, begun: boolean): Promise<unknown> => {
    const context = { actor, source, env, ...asked, body: why };
    const found = translate(error, context);
    // A refusal says what was refused: without that nothing is known to have been.
    if (why !== undefined && found instanceof RequestRejected) return notUnderstood(asked.operation, why);
    return withLogin(found === error ? await notSent(error, context, begun) : found, source, env);
  };
  const call = async (
    operation: Operation,
    input: unknown,
    region: string | undefined,
    kind: Kind,
    { mark, limit }: { readonly mark?: Middleware; readonly limit?: Limit | undefined } = {},
  ): Promise<Reply> => {
    const { Command } = await load(operation); // a part of the program that is missing is not AWS's doing
    const setOut = { begun: false };
    const body: Body = {};
    const there = `${serviceOf(operation)} ${regionOf(operation, region)}`;
    // Not AbortSignal.timeout: what waits for it does not keep it alive on every Node.
    const { within, skim } = limit ?? {};
    const ending = within === undefined ? undefined : new AbortController();
    const timer = ending && setTimeout(() => ending.abort(), within);
    try {
      const command = new Command(input);
      command.middlewareStack.add(whenBegun(setOut), { step: 'deserialize', priority: 'low', name: 'begun' });
      command.middlewareStack.add(watchBody(operation, body, connection.answered ? undefined : skim), {
        step: 'deserialize',
        priority: 'low',
        name: 'watchBody',
      });
      if (mark) command.middlewareStack.add(mark, { step: 'finalizeRequest', name: 'mark' });
      const sdk = await client(operation, kind, regionOf(operation, region));
      const sent = sdk.send(command, defined({ abortSignal: ending?.signal }));
      const reply = ofAws(await (ending ? untilAborted(sent, ending.signal) : sent), operation);
      if (body.why !== undefined) throw notUnderstood(operation, body.why);
      answered.add(there);
      return quiet(understood(operation, { ...reply, ...body.instead }), env);
    } catch (error) {
      if (ending?.signal.aborted) throw notWithin(operation, within ?? 0, env);
      const none = answered.has(there) ? undefined : await noSuchEndpoint(error, actor, source, env);
      if (none) throw none;
      const { IdentityStoreId: store } = input as { readonly IdentityStoreId?: string };
      throw await meant(error, { operation, region: regionOf(operation, region), store }, body, setOut.begun);
    } finally {
      clearTimeout(timer);
    }
  };

  const search = unwatched();
  const within = (region: string | undefined): Aws =>
    ({
      region,
      in: within,
      search,
      inUse: credentials.inUse,
      read: async (operation: ReadOperation, input: unknown, limit?: Limit) =>
        bare(await call(operation, input, region, 'reads', { limit })),
      pages: async function* (operation: ReadOperation, input: object, limit?: Limit) {
        const look = listingOf(operation);
        let next: object | undefined;
        do {
          const page = bare(await call(operation, { ...input, ...next }, region, 'reads', { limit }));
          yield page;
          next = nextOf(page);
          look(page, next);
        } while (next !== undefined);
      },
      send: async (ready: ReadyCall, { run, attempt }: { run: string; attempt: string }) => {
        const reply = await call(ready.operation, ready.input, region, 'writes', {
          mark: mark({ run, act: attempt }),
        });
        return { output: bare(reply), ...idOf(reply), ...defined({ clock }) };
      },
      anchor: async ({ run, head }: { run: string; head: string }, limit: Limit) =>
        idOf(await call('sts:GetCallerIdentity', {}, region, 'reads', { limit, mark: mark({ run, head }) })),
      clock: () => clock,
    }) as unknown as Aws;
  return within(connection.region);
}

/** What was asked, and where. */
interface Asked {
  readonly operation: Operation;
  readonly region: string;
  readonly store: string | undefined;
}

/** The SDK sleeps between two tries, and does not hear meanwhile that it is to stop. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {}); // nobody waits for it any more
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);
}

const serviceOf = (operation: Operation): Service => operation.split(':')[0] as Service;
const regionOf = (operation: Operation, region: string = global): string => {
  const service = serviceOf(operation);
  if (service === 'organizations' || service === 'account' || service === 'iam') return global;
  // Who somebody is can be asked anywhere: not where the account may be unknown.
  return service === 'sts' && !enabledByDefault.includes(region) ? global : region;
};

const idOf = ({ $metadata }: Reply): { readonly requestId: string } => ({
  requestId: $metadata?.requestId ?? '',
});
const bare = ({ $metadata: _, ...output }: Reply): object => output;
