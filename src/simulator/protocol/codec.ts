import { defined } from '../organization/defined.ts';
import { isQuery, models, type QueryService, type Service } from './model.ts';
import { inputFromQuery, versions, xmlAnswer, xmlRefusal } from './query.ts';
import { Refusal } from './refusal.ts';
import type { Received } from './signature.ts';

/** What is asked of which service. `input` throws a SerializationException where the body cannot be read. */
export interface Asked {
  readonly service: Service;
  readonly operation: string;
  readonly version?: string; // of the API, as it was asked for: Query only
  readonly known: boolean; // whether the simulator has the operation
  readonly input: () => unknown;
}
/** A response as it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const targets: Readonly<Record<string, Service>> = {
  AWSOrganizationsV20161128: 'organizations',
  SWBExternalService: 'sso',
  AWSIdentityStore: 'identitystore',
  CloudTrail_20131101: 'cloudtrail', // the AWS CLI names its package before it
};
const knows = (service: Service, operation: string): boolean =>
  Object.hasOwn(models[service].operations, operation);

/**
 * What a request asks for, by the protocols of the services: AWS JSON 1.1, REST-JSON (account) and Query (iam, sts), as
 * their service models say. `undefined`: none of them. Throws nothing: a body that cannot be read is found by `input`,
 * which throws `Refusal`.
 */
export function askedOf(received: Received): Asked | undefined {
  const { method, path, headers, body, query } = received;
  const target = headers['x-amz-target'];
  if (target !== undefined) {
    const [operation = '', prefix = ''] = target.split('.').reverse();
    const service = targets[prefix];
    if (service === undefined || method !== 'POST') return undefined;
    return { service, operation, known: knows(service, operation), input: () => parsed(body) };
  }
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (path === '/' && (form || query.has('Action'))) {
    const parameters = form ? new URLSearchParams(body.toString()) : query;
    const operation = parameters.get('Action') ?? '';
    const version = parameters.get('Version') ?? 'NO_VERSION_SPECIFIED'; // AWS's words
    // AWS goes by the host's name; here one address serves all, and the version tells the two apart.
    const service: QueryService = version === versions.iam ? 'iam' : 'sts';
    const known = knows(service, operation) && version === versions[service];
    return {
      service,
      operation,
      version,
      known,
      input: () => inputFromQuery(service, operation, parameters),
    };
  }
  const wanted = path.toLowerCase();
  const operation = Object.entries(models.account.operations).find(
    ([, { path: uri }]) => uri?.toLowerCase() === wanted,
  );
  if (method !== 'POST' || path === '/') return undefined;
  return {
    service: 'account',
    operation: operation?.[0] ?? path.slice(1),
    known: operation !== undefined,
    input: () => parsed(body),
  };
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal('SerializationException', 'The request body is no valid JSON document.');
  }
}

const jsonType = (service: Service): string =>
  service === 'account' ? 'application/json' : 'application/x-amz-json-1.1';

/** What the service answers when it was done. `output`: as the SDK has it; times are written as the protocol wants. */
export function answerOf({ service, operation }: Asked, output: unknown, requestId: string): Answer {
  return isQuery(service)
    ? {
        status: 200,
        headers: headersFor('text/xml', requestId),
        body: xmlAnswer(service, operation, output, requestId),
      }
    : {
        status: 200,
        headers: headersFor(jsonType(service), requestId),
        body: JSON.stringify(timed(output, service === 'account')), // its one time is ISO 8601 in the model
      };
}

/** What the service answers when it was not: the error in its protocol, with the HTTP status of its service model. */
export function refusalOf(service: Service, refusal: Refusal, requestId: string): Answer {
  const { code, message, members } = refusal;
  const modelled = models[service].errors[code];
  const status = refusal.status ?? modelled?.status ?? usualStatus(service, code);
  if (isQuery(service))
    return {
      status,
      headers: headersFor('text/xml', requestId),
      body: xmlRefusal(service, { code: modelled?.code ?? code, message, status }, requestId),
    };
  // Modelled errors spell the member as their model does; those of AWS's front door spell it in lower case.
  const name = modelled !== undefined && 'Message' in modelled.members ? 'Message' : 'message';
  const type = defined({ __type: service === 'account' ? undefined : code });
  const request = defined({
    RequestId: modelled !== undefined && 'RequestId' in modelled.members ? requestId : undefined,
  });
  return {
    status,
    headers: {
      ...headersFor(jsonType(service), requestId),
      ...defined({ 'x-amzn-errortype': service === 'account' ? code : undefined }),
    },
    body: JSON.stringify({ ...type, [name]: message, ...request, ...members }),
  };
}

function usualStatus(service: Service, code: string): number {
  if (code === 'InternalFailure' || code === 'InternalServerException' || code === 'ServiceException')
    return 500;
  if (isQuery(service)) return code === 'AccessDenied' ? 403 : 400;
  return service === 'account' && code === 'UnknownOperationException' ? 404 : 400;
}
const headersFor = (type: string, requestId: string) => ({
  'content-type': type,
  'x-amzn-requestid': requestId,
});

/** Times as AWS JSON 1.1 has them, in seconds since 1970, or as text in ISO 8601; absent members left out. */
function timed(value: unknown, iso: boolean): unknown {
  if (value instanceof Date) return iso ? value.toISOString() : value.getTime() / 1000;
  if (Array.isArray(value)) return value.map((item) => timed(item, iso));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, timed(item, iso)]));
}
