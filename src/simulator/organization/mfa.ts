import { createHmac } from 'node:crypto';
import { base32, hash } from './ids.ts';

// The virtual MFA device of each account's IAM user: codes by RFC 6238 (HMAC-SHA-1, 30 seconds, six digits), as AWS's
// virtual devices show them. Like keys, its seed is made from the organization's, so that it is in no source file.

const step = 30_000; // ms that one code is shown

/** The device of an account's IAM user. `secret`: what its codes are made from. */
export interface MfaDevice {
  readonly serial: string;
  readonly secret: string; // base64
}

/** The device of an account's IAM user, made from the organization's seed. */
export const mfaDeviceOf = (seed: string, account: string): MfaDevice => ({
  serial: `arn:aws:iam::${account}:mfa/runbook-operator`,
  secret: hash(`${seed} mfa ${base32(`${seed} user ${account}`, 17)}`).toString('base64'),
});

/** The code that a device shows at a time, in milliseconds since 1970. */
export const codeAt = ({ secret }: Pick<MfaDevice, 'secret'>, at: number): string =>
  codeOf(secret, Math.floor(at / step));

function codeOf(secret: string, counter: number): string {
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac('sha1', Buffer.from(secret, 'base64')).update(moment).digest();
  const from = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/**
 * For which step a code is good: that of now, of the one before or after, as clocks differ. Undefined where it is of
 * none, or of one that a code was taken for already: `taken` is the last of these.
 */
export function stepOf(device: MfaDevice, code: string, at: number, taken = -1): number | undefined {
  const now = Math.floor(at / step);
  return [now, now - 1, now + 1].find((one) => one > taken && codeOf(device.secret, one) === code);
}
