import { isQuery, models, type Service } from './model.ts';

const assignment = [
  ...['InstanceArn', 'TargetId', 'TargetType', 'PermissionSetArn'],
  ...['PrincipalType', 'PrincipalId'],
];
/** Members that name what is changed, where they are not simply the required ones. */
const naming: Readonly<Record<string, readonly string[]>> = {
  RegisterDelegatedAdministrator: ['ServicePrincipal', 'AccountId'],
  DeregisterDelegatedAdministrator: ['ServicePrincipal', 'AccountId'],
  CreateAccount: ['Email'],
  CreateUser: ['IdentityStoreId', 'UserName'],
  PutInlinePolicyToPermissionSet: ['InstanceArn', 'PermissionSetArn'],
  PutPermissionsBoundaryToPermissionSet: ['InstanceArn', 'PermissionSetArn'],
  ProvisionPermissionSet: ['InstanceArn', 'PermissionSetArn', 'TargetType', 'TargetId'],
  CreateAccountAssignment: assignment,
  DeleteAccountAssignment: assignment,
  TagResource: ['ResourceArn'],
  UntagResource: ['ResourceArn', 'TagKeys'],
};

/**
 * The operation and what a request is about: `sso:CreatePermissionSet|<instance>|<name>`. '' when it is about nothing
 * in particular.
 */
export function keyOf(service: Service, operation: string, input: unknown): string {
  const model = models[service];
  const shape = model.operations[operation]?.input;
  const members = naming[operation] ?? (shape === undefined ? [] : model.shapes[shape]?.required) ?? [];
  if (members.length === 0 || typeof input !== 'object' || input === null) return '';
  const values = members.map((name): unknown => (Object.hasOwn(input, name) ? Reflect.get(input, name) : ''));
  const texts = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  return [`${service}:${operation}`, ...texts].join('|');
}

/** Whether an operation only looks, by its name. All of iam and sts count as such: nothing of what they do is kept. */
export const isRead = (service: Service, operation: string): boolean =>
  isQuery(service) || /^(Get|List|Describe|Lookup)/.test(operation);
