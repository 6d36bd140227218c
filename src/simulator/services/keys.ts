import type { Instance, State } from '../organization/state.ts';
import { Refusal } from '../protocol/refusal.ts';
import type { Context } from './context.ts';

// A customer-managed key encrypts what IAM Identity Center and its identity store keep: whoever asks them needs
// kms:Decrypt on it too. Source: Service Authorization Reference (sso, dependent actions) and IAM Identity Center User
// Guide, "Troubleshoot customer managed keys". That readings of instances do without is not known, but likely.

/**
 * To be called once the instance was found and the caller is known to have a part in it: before that there is nothing
 * to decrypt. Throws the `Refusal` of a service whose caller may not decrypt with the key of the instance; nothing
 * where AWS owns the key.
 */
export function checkKey({ caller, service, permissions }: Context, { key }: Instance): void {
  if (key === undefined) return;
  const { decision, why } = permissions.verdict(caller.account.id, 'kms:Decrypt');
  if (decision === 'allowed') return;
  const because = why.startsWith('because') ? `${why} kms:Decrypt action` : why;
  throw new Refusal(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext ${because}`,
    { Reason: service === 'sso' ? 'KMS_AccessDeniedException' : 'KMS_ACCESS_DENIED' },
  );
}

/**
 * Policies to begin with, by account. In the scenario `customer-key` nobody outside the management account was given
 * the key yet.
 */
export const withoutKey = ({ scenario, accounts, organization }: State) =>
  scenario === 'customer-key'
    ? accounts
        .filter(({ id }) => id !== organization.management)
        .map(({ id }) => [id, { without: ['kms:*'] }] as const)
    : [];
