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
      ? 'Asking again does not help: IAM Identity Center takes 3,500 permission sets, unless AWS raised that quota.'
      : 'Asking again does not help: a quota of AWS is reached.',
    /permission set/i.test(why)
      ? 'Delete an unused permission set, or have the quota raised in the management account (Service Quotas › IAM Identity Center › Number of permission sets). Or name an existing set.'
      : 'Delete what is not used, or have the quota raised in Service Quotas, in the management account.',
  ];
}
