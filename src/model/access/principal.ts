import { type Reader, type Seen, unlessRefused } from '../reader.ts';

/**
 * Whose policies count for a caller: the ARNs to try in turn, most likely first, since an assumed role's ARN does not
 * show the path of its role. `arn`: as `sts:GetCallerIdentity` tells it. `region`: the instance's. None for the root
 * user and federated users, who have no policies that can be simulated.
 */
export async function principalsOf(
  aws: Reader<'iam:GetRole'>,
  arn: string,
  region: string | undefined,
): Promise<readonly string[]> {
  if (/^arn:[^:]+:iam::\d{12}:user\//.test(arn)) return [arn];
  const [, partition, account, name] = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (name === undefined) return [];
  const asked: Seen<{ readonly Role?: { readonly Arn?: string | undefined } | undefined }> =
    await unlessRefused(aws.read('iam:GetRole', { RoleName: name }));
  if ('seen' in asked && asked.seen.Role?.Arn) return [asked.seen.Role.Arn];
  const of = (path: string): string => `arn:${partition}:iam::${account}:role${path}${name}`;
  if (!name.startsWith('AWSReservedSSO_')) return [of('/')];
  // IAM Identity Center puts its roles under a path of its own, with the Region of the instance unless that is us-east-1.
  const reserved = '/aws-reserved/sso.amazonaws.com/';
  return [
    ...(region === undefined || region === 'us-east-1' ? [] : [of(`${reserved}${region}/`)]),
    of(reserved),
  ];
}
