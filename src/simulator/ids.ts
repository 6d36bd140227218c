import { createHash } from 'node:crypto';

/** Ids in AWS's forms, drawn from a seed: the same seed and count give the same id. */
export interface Ids {
  hex(length: number): string;
  digits(length: number): string;
  /** Lower-case letters and digits. */
  word(length: number): string;
  uuid(): string;
  below(limit: number): number;
}

export function createIds(seed: string, counter: { drawn: number }): Ids {
  const draw = (): Buffer => createHash('sha256').update(`${seed} ${counter.drawn++}`).digest();
  const from = (alphabet: string, length: number): string => {
    let text = '';
    while (text.length < length) for (const byte of draw()) text += alphabet[byte % alphabet.length] ?? '';
    return text.slice(0, length);
  };
  const hex = (length: number): string => from('0123456789abcdef', length);
  return {
    hex,
    digits: (length) => from('123456789', 1) + from('0123456789', length - 1),
    word: (length) => from('abcdefghijklmnopqrstuvwxyz0123456789', length),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    below: (limit) => draw().readUInt32BE(0) % limit,
  };
}

const hash = (text: string, encoding: 'base64' | 'hex'): string => createHash('sha256').update(text).digest(encoding);
const base32 = (text: string): string =>
  [...createHash('sha256').update(text).digest()].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');

/** An account's lasting keys: made from the organization's seed, so they are in no source file. */
export const keysOf = (seed: string, account: string): { readonly accessKeyId: string; readonly secret: string } => ({
  accessKeyId: `AKIA${base32(`${seed} key ${account}`).slice(0, 16)}`,
  secret: hash(`${seed} secret ${account}`, 'base64').replace(/[=]/g, '').slice(0, 40),
});
/** Keys of a session: they begin with ASIA. */
export const sessionKeys = (seed: string, id: string) => ({
  accessKeyId: `ASIA${base32(`${seed} session ${id}`).slice(0, 16)}`,
  secret: hash(`${seed} session secret ${id}`, 'base64').replace(/[=]/g, '').slice(0, 40),
  token: Buffer.from(hash(`${seed} token ${id}`, 'hex').repeat(4)).toString('base64'),
});
