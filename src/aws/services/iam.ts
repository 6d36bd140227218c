export { GetRoleCommand, IAMClient as Client, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
