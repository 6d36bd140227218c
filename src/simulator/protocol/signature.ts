import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What arrived, before anything is believed of it. */
export interface Received {
  readonly method: string;
  readonly path: string; // raw, without the query
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>; // names in lower case
  readonly body: Buffer;
}
/** What a request says of its own signature (Signature Version 4, in the Authorization header or in the query). */
export interface Claim {
  readonly accessKeyId: string;
  readonly date: string; // of the scope, 20261123
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly timestamp: string; // 20261123T231500Z
  readonly token: string | undefined;
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * What a request claims of its signature; or what is missing from it, a sentence each: none when it does not claim to
 * be signed at all.
 */
export function claimOf({ headers, query }: Received): Claim | readonly string[] {
  const authorization = headers.authorization;
  if (authorization === undefined && query.has('X-Amz-Signature')) {
    return claim(
      query.get('X-Amz-Credential') ?? '',
      query.get('X-Amz-SignedHeaders') ?? '',
      query.get('X-Amz-Signature') ?? '',
      query.get('X-Amz-Date') ?? '',
      query.get('X-Amz-Security-Token') ?? undefined,
    );
  }
  if (authorization === undefined) return [];
  const parts = new Map(
    authorization
      .replace(/^AWS4-HMAC-SHA256\s+/, '')
      .split(',')
      .map((part) => {
        const [name = '', ...rest] = part.trim().split('=');
        return [name, rest.join('=')] as const;
      }),
  );
  const date = headers['x-amz-date'] ?? compact(headers.date);
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.get(name));
  if (!authorization.startsWith('AWS4-HMAC-SHA256') || missing.length > 0 || date === undefined)
    return [
      ...missing.map((name) => `Authorization header requires '${name}' parameter.`),
      ...(date === undefined
        ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]
        : []),
      `Authorization=${authorization.split(' ')[0]}`,
    ];
  return claim(
    parts.get('Credential') ?? '',
    parts.get('SignedHeaders') ?? '',
    parts.get('Signature') ?? '',
    date,
    headers['x-amz-security-token'],
  );
}

function claim(
  credential: string,
  signedHeaders: string,
  signature: string,
  timestamp: string,
  token: string | undefined,
): Claim {
  const scope = credential.split('/');
  const [terminator = '', service = '', region = '', date = ''] = scope.slice(-4).reverse();
  return {
    accessKeyId: scope.slice(0, -4).join('/'),
    date,
    region,
    service,
    terminator,
    signedHeaders: signedHeaders.split(';').filter((name) => name !== ''),
    signature,
    timestamp,
    token,
  };
}

/**
 * Whether the request was signed with this secret: the canonical request is made again from what arrived (IAM User
 * Guide, "Create a signed AWS API request").
 */
export function isSignedWith(secret: string, given: Claim, received: Received): boolean {
  const key = signingKey(secret, given);
  const scope = `${given.date}/${given.region}/${given.service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', given.timestamp, scope, sha256(canonical(given, received))].join('\n');
  const expected = hmac(key, text);
  const actual = Buffer.from(given.signature, 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** One for a day, a Region and a service: the next request mostly has the same. */
const signingKeys = new Map<string, Buffer>();
function signingKey(secret: string, { date, region, service }: Claim): Buffer {
  const of = JSON.stringify([secret, date, region, service]);
  const key =
    signingKeys.get(of) ?? hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');
  if (signingKeys.size >= 1_000) signingKeys.clear(); // what is claimed is anybody's to choose
  signingKeys.set(of, key);
  return key;
}

function canonical(given: Claim, { method, path, query, headers, body }: Received): string {
  const parameters = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return [
    method,
    path.split('/').map(encoded).join('/') || '/',
    parameters.map(([name, value]) => `${name}=${value}`).join('&'),
    ...given.signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    given.signedHeaders.join(';'),
    sha256(body), // never the header's word for it: a body that is not the signed one must not pass
  ].join('\n');
}

/** 20261123T231500Z as milliseconds since 1970; NaN when it is none. */
export function instant(timestamp: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (match === null) return Number.NaN;
  const [year = 0, month = 0, ...rest] = match.slice(1).map(Number);
  const [day = 0, hour = 0, minute = 0, second = 0] = rest;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
/** The other way round: `ms` since 1970, its fraction of a second cut off. */
export const timestampOf = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
const compact = (date: string | undefined): string | undefined =>
  date === undefined || Number.isNaN(Date.parse(date)) ? undefined : timestampOf(Date.parse(date));
