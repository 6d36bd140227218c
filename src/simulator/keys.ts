import type { Caller } from './context.ts';
import type { Permissions } from './permissions.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';
import type { Asked } from './wire.ts';

// A customer-managed key encrypts what IAM Identity Center and its identity store keep: whoever asks them needs
// kms:Decrypt on it too. Source: Service Authorization Reference (sso, dependent actions) and IAM Identity Center User
// Guide, "Troubleshoot customer managed keys". That DescribeInstance does without is not known, but likely.

const plain = /^(ListInstances|DescribeInstance|ListRegions|DescribeRegion)$/;

/** Throws what the service answers to a caller who may not decrypt with the key of the instance. */
export function checkKey(
  { service, operation }: Asked,
  { account, arn }: Caller,
  { instance }: State,
  permissions: Permissions,
): void {
  if (instance?.key === undefined || (service !== 'sso' && service !== 'identitystore')) return;
  if (plain.test(operation)) return;
  const { decision, why } = permissions.verdict(account.id, 'kms:Decrypt');
  if (decision === 'allowed') return;
  const because = why.startsWith('because') ? `${why} kms:Decrypt action` : why;
  throw new Refusal(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext ${because}`,
    { Reason: service === 'sso' ? 'KMS_AccessDeniedException' : 'KMS_ACCESS_DENIED' },
  );
}

/** In the scenario `customer-key` nobody outside the management account was given the key yet. */
export const withoutKey = ({ scenario, accounts, organization }: State) =>
  scenario === 'customer-key'
    ? accounts
        .filter(({ id }) => id !== organization.management)
        .map(({ id }) => [id, { without: ['kms:*'] }] as const)
    : [];
