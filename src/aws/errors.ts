import type { Actor } from '../model/call.ts';
import type { Source } from '../model/identity.ts';
import { sourceName } from '../model/identity.ts';
import type { Operation } from '../model/operations.ts';
import { CredentialsError, OutcomeUnknown, RequestRejected } from '../model/reader.ts';
import type { Environment } from '../model/text/environment.ts';
import { withoutMarks } from '../model/text/own-commands.ts';
import { enabledByDefault } from '../model/text/regions.ts';
import { notUnderstood } from './answers.ts';
import { CredentialProcessFailed } from './credential-process/failed.ts';
import {
  codeNeeded,
  howToRenew,
  processFailed,
  providerFailed,
  refusedCredentials,
} from './credentials/credential-errors.ts';
import { CodeNeeded } from './credentials/mfa.ts';
import { withoutEcho } from './echo.ts';
import type { Reply } from './operations.ts';
import { LocalConfigError } from './settings/local-config-error.ts';
import { describeProxy, ProxyFailed } from './settings/proxy.ts';

interface Context {
  readonly actor: Actor;
  readonly source: Source;
  readonly env: Environment;
  readonly operation: Operation | 'credentials';
  /** Where the call was signed for. */
  readonly region?: string;
  /** The identity store that was asked, where it was one. */
  readonly store?: string | undefined;
  /** What is wrong with the answer as a whole. */
  readonly body?: string | undefined;
}
/** What the SDK and Node put on an error. */
interface Thrown {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly Reason?: unknown;
  readonly ResourceType?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string | undefined>>;
  };
}

/** AWS does not know the credentials, or no longer: whatever was asked has not been done. */
const notAccepted =
  /^(ExpiredToken(Exception)?|RequestExpired|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|MissingAuthenticationToken(Exception)?|IncompleteSignature(Exception)?|InvalidAccessKeyId|AuthFailure)$/;

const unknownKey = /^(UnrecognizedClientException|InvalidClientTokenId)$/;
/** A page of HTML, where an answer of AWS was to be read. */
const otherAnswer = (status?: number): string =>
  `what answered is not AWS${status === undefined ? '' : ` (HTTP ${status})`}: perhaps the sign-in page of a network or a proxy`;
/** AWS names the request in each of its answers. XML is read so leniently that a page would pass for one of STS's. */
export function ofAws(reply: Reply, operation: Operation): Reply {
  const { requestId, httpStatusCode } = reply.$metadata ?? {};
  if (!requestId) throw new OutcomeUnknown(`${operation}: ${otherAnswer(httpStatusCode)}`);
  return reply;
}

/** What the SDK calls an error of which it finds no name. */
const ofProvider = /^(Credentials|Token)ProviderError$/;
const unnamed = /^(Unknown(Error)?)?$/;
const notOfAws = (name: string, message: string): boolean =>
  name === 'SyntaxError' || /Deserialization|Unexpected token|XML parse|is not valid JSON/i.test(message);

/** What the SDK throws, as what it means here: `RequestRejected`, `OutcomeUnknown` or `CredentialsError`. Others stay as they are. */
export function translate(error: unknown, context: Context): unknown {
  if (
    !(error instanceof Error) ||
    error instanceof RequestRejected ||
    error instanceof OutcomeUnknown ||
    error instanceof CredentialsError
  )
    return error;
  if (error instanceof LocalConfigError)
    return new CredentialsError(context.actor, error.message, error.remedy);
  if (error instanceof CredentialProcessFailed) return processFailed(error, context);
  if (error instanceof CodeNeeded) return codeNeeded(error, context);
  const { env } = context;
  const { Reason, ResourceType, $metadata, $response } = error as Thrown;
  const [name = '', code = ''] = [(error as Thrown).name, (error as Thrown).code].map(
    (one) => textOf(one) && withoutMarks(one ?? ''),
  );
  const [reason, resource] = [Reason, ResourceType].map((one) => textOf(one) && told(one, env));
  const message = `${told(error.message, env)}${unsaid(reason, resource, context.store)}`;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  if (ofProvider.test(name) || ofProvider.test(code))
    return providerFailed(message, context, (text) => describeNetwork(text, env));
  if (unknownKey.test(name) && context.region !== undefined && !enabledByDefault.includes(context.region))
    return new RequestRejected(
      name,
      `AWS does not know the credentials in ${context.region}: the Region is not enabled for this account`,
      $metadata?.requestId,
    );
  if (notAccepted.test(name))
    return new CredentialsError(
      context.actor,
      describeNotAccepted(context.source, name, message),
      ...remedyFor(context.source, name, message),
    );
  return answerAs({ name, code, message, reason, resource, status }, error, context);
}

/** What is known of an error by the time that the credentials are not at fault. */
interface Answer {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly reason: string | undefined;
  readonly resource: string | undefined;
  readonly status: number | undefined; // HTTP
}
function answerAs(answer: Answer, error: Error, context: Context): unknown {
  const { name, code, message, reason, resource, status } = answer;
  const { $metadata, $response } = error as Thrown;
  const { requestId } = $metadata ?? {};
  const named =
    requestId ?? $response?.headers?.['x-amzn-requestid'] ?? $response?.headers?.['x-amzn-request-id'];
  // The SDK could not take it apart, and whoever answered names the request as AWS does.
  if (named && code === '' && context.operation !== 'credentials' && status !== undefined && status < 300)
    return notUnderstood(context.operation, context.body ?? tidy(message.split('\n')[0] ?? ''));
  const isRefusal =
    status !== undefined && status >= 400 && status < 500 && requestId && !notOfAws(name, message);
  if (isRefusal && unnamed.test(name) && context.operation !== 'credentials')
    return notUnderstood(context.operation, `it is HTTP ${status}, and names no error`);
  if (isRefusal)
    return new RequestRejected(name || `HTTP ${status}`, message, requestId, { reason, resource });
  const why =
    error instanceof ProxyFailed
      ? message
      : unclear({ name, code, message, status }, requestId !== undefined, context.env);
  return why === undefined ? error : new OutcomeUnknown(`${context.operation}: ${why}`);
}

/**
 * Which trouble it is with the key that encrypts IAM Identity Center, the reason says and the message may not. Nor does it
 * say which identity store it is that was not found, where that is so and not what was asked for in it.
 */
function unsaid(reason: string | undefined, resource: string | undefined, store: string | undefined): string {
  if (reason?.startsWith('KMS_') === true) return ` (${reason})`;
  return resource === 'IDENTITY_STORE' && store !== undefined
    ? ` AWS does not find the identity store ${store} itself: who is in it is unknown`
    : '';
}

/** What AWS has to say fits into so many characters; what a proxy says may not. It is shown, written down and repeated. */
const longest = 2_000;
const lookedAt = 20_000; // where secrets are looked for; a longer text is none of AWS's
function told(message: unknown, env: Environment): string {
  const text = typeof message === 'string' ? message : String(JSON.stringify(message) ?? '');
  const plain = withoutMarks(withoutEcho(text.slice(0, lookedAt), env));
  return plain.length <= longest && text.length <= lookedAt
    ? plain
    : `${plain.slice(0, longest)}… (cut: it has ${text.length.toLocaleString('en-US')} characters)`;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Why credentials could not be had. Whatever went wrong, the call they were for was not sent. */
export function notHad(
  error: unknown,
  { actor, source, env }: Pick<Context, 'actor' | 'source' | 'env'>,
): unknown {
  const found = translate(error, { actor, source, env, operation: 'credentials' });
  if (found instanceof CredentialsError || !(found instanceof Error)) return found;
  return refusedCredentials(found, actor, source);
}

const tidy = (message: string): string => message.replace(/\s+/g, ' ').trim();

/** What a request met on its way, where the SDK tells of it in a text alone. */
function describeNetwork(text: string, env: Environment): string | undefined {
  const [, code = ''] = /\b(E[A-Z]{4,}|E?AI_AGAIN|[A-Z_]*CERT[A-Z_]*)\b/.exec(text) ?? [];
  const [, name = ''] = /^(\w+): /.exec(text) ?? [];
  return code === '' && name !== 'TimeoutError' && !notOfAws(name, text)
    ? undefined
    : unclear({ name, code, message: text.replace(/^\w+: /, ''), status: undefined }, false, env);
}

function describeNotAccepted(source: Source, name: string, message: string): string {
  const expired = /Expired/i.test(name);
  return `AWS ${expired ? 'says that the credentials have expired' : 'does not accept the credentials'} (${sourceName(source)}): ${name}: ${tidy(message)}`;
}
/** What to do, and what it is about. */
function remedyFor(
  source: Source,
  name: string,
  message: string,
): readonly [
  remedy: string,
  login: undefined,
  more: { readonly about: 'clock' | 'settled' | 'not-accepted' },
] {
  if (/Signature expired|not yet current|clock|skew/i.test(message) || name === 'RequestExpired')
    return [
      'The clock of this machine differs from AWS’s by more than a few minutes. Set it, then check again.',
      undefined,
      { about: 'clock' },
    ];
  const [, region] = /scoped to a valid region, not '([^']*)'/i.exec(message) ?? [];
  if (region !== undefined)
    return [
      `There is no Region ${region}: correct region in the profile, or AWS_REGION. The keys may be good. Then check again here.`,
      undefined,
      { about: 'settled' },
    ];
  return [howToRenew(source), undefined, { about: 'not-accepted' }];
}

/** A reading was given up. */
export const notWithin = (operation: Operation, ms: number, env: Environment): OutcomeUnknown =>
  new OutcomeUnknown(`${operation}: no answer within ${inSeconds(ms)}${describeProxy(env)}`);

/** How long was waited, from the SDK's sentence about it. */
function waited(message: string): string {
  const [, ms] = /(\d+) ?ms/.exec(message) ?? [];
  return ms === undefined ? tidy(message) : inSeconds(Number(ms));
}
const inSeconds = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`);

/** Why no answer can be trusted. Undefined for what has nothing to do with the network. */
function unclear(
  { name, code, message, status }: Pick<Answer, 'name' | 'code' | 'message' | 'status'>,
  ofRequest: boolean,
  env: Environment,
): string | undefined {
  if (status !== undefined && status >= 300 && (status < 500 || !ofRequest || notOfAws(name, message)))
    return otherAnswer(status);
  if (status !== undefined && status >= 500)
    return `AWS answered with an error of its own (HTTP ${status} ${name}: ${tidy(message)})`;
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code))
    return `the name of AWS’s endpoint cannot be resolved: is this machine offline? (${tidy(message)})${describeProxy(env)}`;
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/.test(code))
    return `AWS’s endpoint cannot be reached (${message.includes(code) ? tidy(message) : code})${describeProxy(env)}`;
  if (/^(ECONNRESET|EPIPE|ECONNABORTED)$/.test(code) || /aborted|socket hang up/i.test(message))
    return `the connection broke before the answer was whole (${code || tidy(message)})${describeProxy(env)}`;
  // The SDK names a reset a TimeoutError too: this comes after what the code says.
  if (name === 'TimeoutError' || /timed? ?out/i.test(message) || name === 'AbortError')
    return `no ${/establish a connection/i.test(message) ? 'connection' : 'answer'} in time (${waited(message)})${describeProxy(env)}`;
  if (code === 'EPROTO') return 'what answers does not speak TLS as AWS does: perhaps a proxy';
  if (/CERT|SSL|TLS|SELF_SIGNED/.test(code) || /certificate/i.test(message))
    return `the certificate of AWS’s endpoint is not trusted (${tidy(message)}): perhaps a proxy’s. If it is your company’s, start with NODE_EXTRA_CA_CERTS=FILE, its certificate`;
  if (notOfAws(name, message)) return otherAnswer(status);
  // A part of this program that is missing, say: nothing of AWS's, and nothing was sent.
  return status === undefined && (code === '' || /^ERR_(MODULE|PACKAGE|INVALID)_/.test(code))
    ? undefined
    : `no answer that can be used (${code} ${name} ${tidy(message)})`;
}
