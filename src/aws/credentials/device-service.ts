import type { Source } from '../../model/identity.ts';
import { defined } from '../../model/text/defined.ts';
import type { Environment } from '../../model/text/environment.ts';
import { signInClient } from './sign-in-client.ts';

// The three operations of the sign-in service (IAM Identity Center OIDC) that a device sign-in takes: JSON over HTTPS,
// unsigned. The SDK's own client has one of the three. It says where they are, and its connections are used.

/** The service said no. `error`: the error of OAuth. `name`: AWS's own for it. */
export class SignInRefused extends Error {
  readonly error: string;
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string | undefined };
  constructor(error: string, name: string, says: string, status: number, requestId: string | undefined) {
    super(says === '' ? error : `${error}: ${says}`);
    this.error = error;
    this.name = name === '' ? error : name;
    this.$metadata = { httpStatusCode: status, requestId };
  }
}

type Path = '/client/register' | '/device_authorization' | '/token';
export type Answer = Readonly<Record<string, unknown>>;
/** Asks the sign-in service. Throws `SignInRefused`, and what Node throws where no answer comes. */
export type AskSignIn = (path: Path, body: object) => Promise<Answer>;

interface Handled {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly body: AsyncIterable<Uint8Array>;
  };
}
/** What is used of a client of the SDK. */
interface Client {
  readonly config: {
    readonly requestHandler: { handle(request: object): Promise<Handled> };
    endpointProvider(asked: object): { readonly url: URL };
  };
}
const longest = 65_536; // bytes: an answer has a few hundred

/** The sign-in service of a Region, as a source's calls get there. Throws `LocalConfigError` where they must not. */
export async function signInService(source: Source, region: string, env: Environment): Promise<AskSignIn> {
  const { clientConfig } = await signInClient(source, env);
  const { SSOOIDCClient } = await import('../services/sign-in.ts');
  const { config } = new SSOOIDCClient({ ...clientConfig, region } as object) as unknown as Client;
  const { useFipsEndpoint: UseFIPS, useDualstackEndpoint: UseDualStack } = clientConfig;
  const { endpoint } = clientConfig as { readonly endpoint?: string };
  const base =
    endpoint === undefined
      ? config.endpointProvider({ Region: region, UseFIPS, UseDualStack }).url
      : new URL(endpoint);
  return async (path, asked) => {
    const body = JSON.stringify(asked);
    const { response } = await config.requestHandler.handle({
      method: 'POST',
      protocol: base.protocol,
      hostname: base.hostname,
      ...defined({ port: base.port === '' ? undefined : Number(base.port) }),
      path: `${base.pathname.replace(/\/$/, '')}${path}`,
      query: {},
      headers: {
        host: base.host,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      },
      body,
    });
    return read(await textOf(response.body), response);
  };
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > longest) throw new SyntaxError('an answer that is far too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Throws a `SyntaxError` for a page of HTML, as the SDK does: it is not AWS that answers. */
function read(text: string, { statusCode, headers }: Handled['response']): Answer {
  const value: unknown = JSON.parse(text);
  const answer = (typeof value === 'object' && value !== null ? value : {}) as Answer;
  if (statusCode >= 200 && statusCode < 300) return answer;
  const said = (key: string): string => (typeof answer[key] === 'string' ? answer[key] : '');
  const name = (headers['x-amzn-errortype'] ?? said('__type')).replace(/:.*$/, '').replace(/^.*#/, '');
  const says = said('error_description') || said('message');
  const requestId = headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'];
  throw new SignInRefused(said('error') || name, name, says, statusCode, requestId);
}
