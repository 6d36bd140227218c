import { describeDenied, isAboutKey } from '../../src/model/access/access-denied-hints.ts';
import type { Output } from '../../src/model/operations/sdk.ts';
import { type Goal, met, unknown, warning, wrong } from '../../src/model/plan.ts';
import { type Reader, type Seen, unlessRefused } from '../../src/model/reader.ts';
import { asCommand } from '../../src/model/text/own-commands.ts';

const says = 'What IAM Identity Center keeps can be read with these credentials';

/** `tried`: whether these credentials may use it. A reading that needs the key: its policy is no part of any simulation. */
export interface Key {
  readonly arn: string;
  readonly tried: Seen<unknown>;
}
/** The ARN of the customer managed key of an instance, of a reply of DescribeInstance. Undefined where AWS owns the key. */
export const customerKey = ({
  EncryptionConfigurationDetails: details,
}: Output<'sso:DescribeInstance'>): string | undefined =>
  details?.KeyType === 'CUSTOMER_MANAGED_KEY'
    ? (details.KmsKeyArn ?? 'a key that AWS does not name')
    : undefined;

/** Said before anything is changed: who registers an account should know what its credentials need besides. */
export const keyAhead = (arn: string): Goal<never> =>
  warning(
    'key',
    'What IAM Identity Center keeps can be read',
    `it is encrypted with the customer managed key ${arn}. The delegated administrator must be allowed to use it, by the key policy and by their own; have that done first. The statement: ${asCommand(`cw-runbook permissions --actor delegated-administrator --key ${arn}`)}`,
  );

/** The ARN of an instance's customer managed key. Undefined where AWS owns the key, and where it is not told. */
export async function keyArnOf(
  aws: Reader<'sso:DescribeInstance'>,
  InstanceArn: string,
): Promise<string | undefined> {
  const described = await unlessRefused(aws.read('sso:DescribeInstance', { InstanceArn }));
  return 'seen' in described ? customerKey(described.seen) : undefined;
}

export function keyGoals({ arn, tried }: Key): readonly Goal<never>[] {
  if ('seen' in tried) return [met('key', says, `customer managed key ${arn}: it may be used`)];
  if (!isAboutKey(tried.refused))
    return [unknown('key', says, `customer managed key ${arn}: ${tried.refused}`)];
  return [
    wrong(
      'key',
      says,
      `customer managed key ${arn}: ${tried.refused}`,
      `${describeDenied(tried.refused).join(' ')} The statement for these credentials: ${asCommand(`cw-runbook permissions --actor delegated-administrator --key ${arn}`)}`,
    ),
  ];
}
