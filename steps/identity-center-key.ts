import { deniedSays } from '../src/model/denied.ts';
import { type Goal, met, unknown, wrong } from '../src/model/plan.ts';
import { type Reader, type Seen, unlessRefused } from '../src/model/reader.ts';

const says = 'What IAM Identity Center keeps can be read with these credentials';

interface Key {
  readonly arn: string;
  readonly tried: Seen<unknown>;
}
/** The customer-managed key of an instance, and whether these credentials may use it. Undefined where AWS owns the key. */
export async function keyOf(
  aws: Reader<'sso:DescribeInstance' | 'sso:ListPermissionSets'>,
  InstanceArn: string,
): Promise<Key | undefined> {
  const described = await unlessRefused(aws.read('sso:DescribeInstance', { InstanceArn }));
  const details = 'seen' in described ? described.seen.EncryptionConfigurationDetails : undefined;
  if (details?.KeyType !== 'CUSTOMER_MANAGED_KEY') return undefined;
  // The key's policy is no part of any simulation: one look that needs the key tells.
  const tried = await unlessRefused(aws.read('sso:ListPermissionSets', { InstanceArn, MaxResults: 1 }));
  return { arn: details.KmsKeyArn ?? 'a key that AWS does not name', tried };
}

export function keyGoals({ arn, tried }: Key): readonly Goal<never>[] {
  if ('seen' in tried) return [met('key', says, `customer-managed key ${arn}: it may be used`)];
  if (!/kms/i.test(tried.refused))
    return [unknown('key', says, `customer-managed key ${arn}: ${tried.refused}`)];
  return [
    wrong(
      'key',
      says,
      `customer-managed key ${arn}: ${tried.refused}`,
      `${deniedSays(tried.refused).join(' ')} The statement for these credentials: cw-runbook permissions --actor delegated-administrator --key ${arn}`,
    ),
  ];
}
