import type { UnusableCredentials } from '../../model/identity.ts';

/** AWS's partitions by how their Regions begin, and what AWS calls them. Source: AWS General Reference, "Partitions". */
const others: readonly { readonly partition: string; readonly name: string; readonly regions: RegExp }[] = [
  { partition: 'aws-us-gov', name: 'AWS GovCloud (US)', regions: /^us-gov-/ },
  { partition: 'aws-cn', name: 'the AWS China Regions', regions: /^cn-/ },
  { partition: 'aws-eusc', name: 'the AWS European Sovereign Cloud', regions: /^eusc-/ },
  { partition: 'aws-iso', name: 'an isolated AWS partition', regions: /^(us-iso|eu-iso)/ },
];

/** Why credentials cannot be used whose Region is in another partition than `aws`; undefined where it is in that. */
export function regionElsewhere(source: string, region: string): UnusableCredentials | undefined {
  const found = others.find(({ regions }) => regions.test(region));
  return found && elsewhere(`${source} (Region ${region})`, found.name, found.partition);
}

/** The same of a caller, by the ARN that AWS gave. */
export function callerElsewhere(source: string, arn: string): UnusableCredentials | undefined {
  const [, partition = ''] = arn.split(':');
  if (partition === 'aws') return undefined;
  const name = others.find((one) => partition.startsWith(one.partition))?.name ?? 'another AWS partition';
  return elsewhere(`${source} (${arn})`, name, partition);
}

const elsewhere = (source: string, name: string, partition: string): UnusableCredentials => ({
  problem: `${source} is for ${name}, the partition ${partition}. This runbook supports only the standard AWS Regions, the partition aws. Nothing was changed.`,
  remedy: `Choose credentials and a Region of the partition aws. For an organization in ${name} there is no version of this runbook.`,
});
