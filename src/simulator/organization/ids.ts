import { createHash } from 'node:crypto';

/** Ids in AWS's forms, drawn from a seed: the same seed and count give the same id. */
export interface Ids {
  hex(length: number): string;
  digits(length: number): string;
  /** Lower-case letters and digits. */
  word(length: number): string;
  uuid(): string;
  below(limit: number): number;
  shuffled<T>(list: readonly T[]): T[];
}

/**
 * Makes the ids of an organization. `counter`: how many were drawn so far; it is counted on, and kept with the state,
 * so that no id is given twice.
 */
export function createIds(seed: string, counter: { drawn: number }): Ids {
  const draw = (): Buffer =>
    createHash('sha256')
      .update(`${seed} ${counter.drawn++}`)
      .digest();
  const from = (alphabet: string, length: number): string => {
    let text = '';
    while (text.length < length)
      for (const byte of draw().subarray(0, length - text.length))
        text += alphabet[byte % alphabet.length] ?? '';
    return text;
  };
  const hex = (length: number): string => from('0123456789abcdef', length);
  const below = (limit: number): number => draw().readUInt32BE(0) % limit;
  return {
    hex,
    digits: (length) => from('123456789', 1) + from('0123456789', length - 1),
    word: (length) => from('abcdefghijklmnopqrstuvwxyz0123456789', length),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    below,
    shuffled: (list) => {
      const left = [...list];
      return list.flatMap(() => left.splice(below(left.length), 1));
    },
  };
}

/** SHA-256 of a text: 32 bytes that look random and are the same each time. */
export const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
/** A part of AWS's key ids and principal ids: capital letters and the digits 2 to 7, at most 32 of them. */
export const base32 = (text: string, length: number): string =>
  [...hash(text)]
    .map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32])
    .join('')
    .slice(0, length);

/** An account's lasting keys: made from the organization's seed, so they are in no source file. */
export function keysOf(seed: string, account: string): Keys {
  const of = `${seed} ${account}`;
  const keys = made.get(of) ?? {
    accessKeyId: `AKIA${base32(`${seed} key ${account}`, 16)}`,
    secretAccessKey: hash(`${seed} secret ${account}`).toString('base64').replace(/=/g, '').slice(0, 40),
  };
  made.set(of, keys);
  return keys;
}
interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
/** Every request is looked up among the keys of all accounts. */
const made = new Map<string, Keys>();
