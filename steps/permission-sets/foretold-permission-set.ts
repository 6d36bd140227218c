import type { Foretold } from '../../src/model/step.ts';

/** Known only once the set is made, where it is not there yet. */
export const setArn = 'the ARN of the permission set';
/** Which runs have the management account's own set and assignments. */
export const alsoInManagement = 'if CodeWhisperer is administered in the management account too';

/** Its name comes behind it, once that is known. */
export const createSet = 'Create the permission set';
/** What a step may change that makes a set, before it was looked for. */
export const foretoldSet = [
  {
    operation: 'sso:CreatePermissionSet',
    says: createSet,
    risk: 'routine',
    goal: 'set',
    input: {
      Name: { later: 'the name of the permission set' },
      Description: 'CodeWhisperer administrators',
    },
  },
  {
    operation: 'sso:PutInlinePolicyToPermissionSet',
    says: 'Give the permission set the policy that you choose',
    risk: 'routine',
    goal: 'policy',
    later: [setArn],
    input: {
      PermissionSetArn: { later: setArn },
      InlinePolicy: { later: 'the policy that you choose, as JSON' },
    },
  },
  {
    operation: 'sso:ProvisionPermissionSet',
    says: 'Bring the permission set up to date in the accounts that have it',
    risk: 'dangerous',
    goal: 'provisioned',
    needed: 'if accounts have the set already',
    input: { PermissionSetArn: { later: setArn }, TargetType: 'ALL_PROVISIONED_ACCOUNTS' },
  },
] as const satisfies readonly Foretold[];
