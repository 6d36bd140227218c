import type { Asked } from '../protocol/codec.ts';
import { throttledAt } from '../protocol/denials.ts';
import type { Service } from '../protocol/model.ts';
import type { Refusal } from '../protocol/refusal.ts';

/**
 * How many requests a second are answered; to more there is a refusal, to be thrown. IAM Identity Center counts all its
 * operations together, the identity store each by itself (IAM Identity Center user guide, quotas: 20 a second). A
 * bucket holds one second's. `now`: milliseconds.
 */
export function createQuota(rate: number): (asked: Asked, now: number) => Refusal | undefined {
  const take = createBuckets(rate);
  return (asked, now) => {
    const name = bucketOf(asked.service, asked.operation);
    return name === undefined || take(name, now) ? undefined : throttledAt(asked);
  };
}

/**
 * CloudTrail answers two LookupEvents a second in an account and Region (its API reference), whoever asks. `where`:
 * both of them.
 */
export function createLookupQuota(): (asked: Asked, now: number, where: string) => Refusal | undefined {
  const take = createBuckets(2);
  return (asked, now, where) =>
    asked.service !== 'cloudtrail' || take(where, now) ? undefined : throttledAt(asked);
}

/** Whether one more goes, by the name of what is counted together. */
function createBuckets(rate: number): (name: string, now: number) => boolean {
  const buckets = new Map<string, { left: number; at: number }>();
  return (name, now) => {
    const bucket = buckets.get(name) ?? { left: rate, at: now };
    buckets.set(name, bucket);
    bucket.left = Math.min(rate, bucket.left + (Math.max(0, now - bucket.at) * rate) / 1000);
    bucket.at = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  };
}

function bucketOf(service: Service, operation: string): string | undefined {
  if (service === 'sso') return service;
  return service === 'identitystore' ? `${service}:${operation}` : undefined;
}
