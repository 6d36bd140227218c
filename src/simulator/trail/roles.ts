import { base32 } from '../organization/ids.ts';
import { reservedRole } from '../organization/sessions.ts';
import type { State } from '../organization/state.ts';
import { type Actor, newTrailEvent, type TrailEvent } from '../organization/trail.ts';
import type { Settled } from '../services/requests.ts';

// What IAM Identity Center does in an account for an assignment: it makes the set's role, keeps it up to date, and takes
// it away with the last assignment. In the management account it makes it with the caller's rights, and says who that
// is; everything else its service-linked role does (events of others, in which both are to be seen). CloudTrail keeps
// it in the account where the role is, in us-east-1.

const service = 'sso.amazonaws.com';
const ofIam = { source: 'iam.amazonaws.com', region: 'us-east-1', readOnly: false, from: service } as const;

/** The service-linked role of IAM Identity Center in an account, at work. */
const ownRole = (seed: string, account: string): Actor => ({
  arn: `arn:aws:sts::${account}:assumed-role/AWSServiceRoleForSSO/AWS-SSO`,
  userId: `AROA${base32(`${seed} role ${account} AWSServiceRoleForSSO`, 17)}:AWS-SSO`,
  accessKeyId: `ASIA${base32(`${seed} session ${account} AWSServiceRoleForSSO`, 16)}`,
  invokedBy: service,
});

/** The events of what was just done. `late`: milliseconds until they can be looked up; `id`: makes the id of a request. */
export function roleEvents(
  { request, set, made, gone, account }: Settled,
  { seed, organization, instance }: State,
  { late, id }: { readonly late: number; readonly id: () => string },
): readonly TrailEvent[] {
  const role = reservedRole(seed, account, set.name);
  const region = instance?.region ?? 'us-east-1';
  const path = `/aws-reserved/${service}/${region === 'us-east-1' ? '' : `${region}/`}`;
  const arn = `arn:aws:iam::${account}:role${path}${role}`;
  const asCaller = request.by !== undefined && account === organization.management && !gone;
  const by: Actor = asCaller ? { ...request.by, invokedBy: service } : ownRole(seed, account);
  const agent = asCaller ? 'AWS Internal' : service;
  const at = request.due;
  const event = (name: string, asked: object, answered: unknown = null): TrailEvent =>
    newTrailEvent({
      ...{ ...ofIam, at, seen: at + late, account, name, requestId: id(), by, agent },
      ...{ asked: { roleName: role, ...asked }, answered },
      resources: [{ ResourceType: 'AWS::IAM::Role', ResourceName: role }],
    });
  const inline = { policyName: 'AwsSSOInlinePolicy' };
  if (gone)
    return [
      ...set.managed.map((policyArn) => event('DetachRolePolicy', { policyArn })),
      ...(set.inline === undefined ? [] : [event('DeleteRolePolicy', inline)]),
      event('DeleteRole', {}),
    ];
  const trust = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Principal: { Federated: `arn:aws:iam::${account}:saml-provider/AWSSSO_DO_NOT_DELETE` },
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    },
  };
  const roleId = `AROA${base32(`${seed} role ${account} ${role}`, 17)}`;
  const create = event(
    'CreateRole',
    { path, assumeRolePolicyDocument: JSON.stringify(trust), maxSessionDuration: 43_200 },
    { role: { path, roleName: role, roleId, arn } },
  );
  return [
    ...(made ? [create] : []),
    ...(made ? set.managed.map((policyArn) => event('AttachRolePolicy', { policyArn })) : []),
    ...(set.inline === undefined ? [] : [event('PutRolePolicy', { ...inline, policyDocument: set.inline })]),
  ];
}
