import { reads, writes } from '../operations.ts';
import { regions } from '../text/regions.ts';

/**
 * The words that may pass into a record as they are: AWS's own, the same for everybody. Whatever is added here is
 * written by real organizations' answers into files that are handed around: nothing that somebody chose may match.
 */
const words: readonly string[] = [
  '',
  '*',
  '/',
  ...regions,
  ...reads,
  ...Object.keys(writes),
  // Services that organizations trust or delegate.
  ...[
    'access-analyzer',
    'account',
    'backup',
    'cloudtrail',
    'config',
    'config-multiaccountsetup',
    'controltower',
    'detective',
    'guardduty',
    'iam',
    'inspector2',
    'macie',
    'malware-protection.guardduty',
    'member.org.stacksets.cloudformation',
    'ram',
    'securityhub',
    'servicequotas',
    'ssm',
    'sso',
    'tagpolicies.tag',
  ].map((name) => `${name}.amazonaws.com`),
  ...Array.from({ length: 12 }, (_, n) => `PT${n + 1}H`),
  ...[
    'AdministratorAccess',
    'PowerUserAccess',
    'ReadOnlyAccess',
    'SecurityAudit',
    'job-function/Billing',
    'job-function/ViewOnlyAccess',
  ].map((name) => `arn:aws:iam::aws:policy/${name}`),
  // By which a user or a group is looked up.
  'userName',
  'displayName',
  'emails.value',
  '/aws-reserved/sso.amazonaws.com/',
  ...regions.map((region) => `/aws-reserved/sso.amazonaws.com/${region}/`),
  // Context keys that a simulation is told, or says that it lacks.
  'aws:RequestedRegion',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalOrgID',
  'aws:SecureTransport',
  'organizations:ServicePrincipal',
  'sso:PrimaryRegion',
];
const all: ReadonlySet<string> = new Set(words);
/** Whether a text may pass into a record as it is. */
export const isConstant = (text: string): boolean => all.has(text);

/** What stands in ARNs between the ids. */
const inArns: ReadonlySet<string> = new Set([
  ...regions,
  ...['arn', 'aws', 'aws-cn', 'aws-us-gov', '', '*'],
  ...['account', 'iam', 'identitystore', 'kms', 'organizations', 'sso', 'sts'],
  ...['alias', 'application', 'applicationProvider', 'assumed-role', 'aws-reserved', 'aws-service-role'],
  ...['federated-user', 'group', 'instance', 'key', 'membership', 'organization', 'permissionSet', 'policy'],
  ...['role', 'root', 'saml-provider', 'sso.amazonaws.com', 'user'],
]);
/** Whether a word between an ARN's colons and slashes is AWS's own, and may stay. */
export const isPartOfArns = (word: string): boolean => inArns.has(word);
