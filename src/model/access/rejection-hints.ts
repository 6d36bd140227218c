import { describeDenied } from './access-denied-hints.ts';

/**
 * What a refusal means, who sees to it, and what to do: a sentence each, from AWS's code and its message. Empty where
 * they say all there is.
 */
export function describeRefused(code: string, why: string): readonly string[] {
  const denied = describeDenied(why);
  if (denied.length > 0) return denied;
  if (!/^(ServiceQuotaExceeded|LimitExceeded)/.test(code)) return [];
  return [
    /permission set/i.test(why)
      ? 'A quota of AWS is reached: an instance of IAM Identity Center has 3,500 permission sets at most unless AWS raised it, and asking again does not help.'
      : 'A quota of AWS is reached, and asking again does not help.',
    /permission set/i.test(why)
      ? 'Delete a permission set that nobody uses, or have the quota raised: Service Quotas › IAM Identity Center › Number of permission sets, in the management account. Or name a set that exists already: it is checked before anything is changed on it.'
      : 'Delete what is not used, or have the quota raised in Service Quotas, in the management account.',
  ];
}
