import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, as Node takes them. */
export interface Certificate {
  readonly key: string; // PEM
  readonly cert: string; // PEM; it is its own issuer
}

/**
 * A certificate authority that is valid for a year: X.509 v3 (RFC 5280), an EC key on P-256. Of 127.0.0.1, or of the
 * host names that are given.
 */
export function certificateOf(name: string, hosts: readonly string[] = [], now = new Date()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const ecdsaWithSha256 = sequence(id('2a8648ce3d040302'));
  const issuer = sequence(set(sequence(id('550403'), der(0x0c, Buffer.from(name)))));
  const alternative =
    hosts.length === 0
      ? [der(0x87, Buffer.from([127, 0, 0, 1]))]
      : hosts.map((host) => der(0x82, Buffer.from(host)));
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))), // v3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])), // a first byte below 0x80: positive
    ecdsaWithSha256,
    issuer,
    sequence(time(new Date(now.getTime() - day)), time(new Date(now.getTime() + 365 * day))),
    issuer,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        extension('551d13', sequence(der(0x01, Buffer.from([0xff]))), 'critical'), // basicConstraints: cA
        extension('551d11', sequence(...alternative)), // subjectAltName
      ),
    ),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(sequence(body, ecdsaWithSha256, signature)),
  };
}

const day = 86_400_000;
/** One value in DER: its tag, how long it is, and what is in it. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Buffer[]): Buffer => der(0x31, ...parts);
const integer = (value: Buffer): Buffer => der(0x02, value);
const id = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const extension = (kind: string, value: Buffer, critical?: 'critical'): Buffer =>
  sequence(id(kind), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
/** As UTCTime, which RFC 5280 wants until 2049, and as GeneralizedTime after that. */
function time(at: Date): Buffer {
  const digits = `${at.toISOString().replace(/[-:T]|\..*/g, '')}Z`;
  return at.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(digits.slice(2)))
    : der(0x18, Buffer.from(digits));
}
const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
