import type { Call, Json } from '../call.ts';
import { unreachable } from '../text/unreachable.ts';
import { differenceSays } from './policy-words.ts';

/**
 * What a change does to a set's policy, in sentences: what it allows then, and no longer. None for other changes, and
 * none where both texts mean the same. `before`: the text of the policy that is replaced; absent or '' where there is
 * none.
 */
export function changeSays({ operation, input }: Call, before: Json | undefined): readonly string[] {
  const old = typeof before === 'string' ? before : '';
  switch (operation) {
    case 'sso:PutInlinePolicyToPermissionSet': {
      const { InlinePolicy } = input as { readonly InlinePolicy?: unknown };
      return typeof InlinePolicy === 'string' ? differenceSays(old, InlinePolicy) : [];
    }
    case 'sso:DeleteInlinePolicyFromPermissionSet':
    case 'sso:DeletePermissionSet':
      return differenceSays(old, '');
    case 'identitystore:CreateUser':
    case 'organizations:DeregisterDelegatedAdministrator':
    case 'organizations:RegisterDelegatedAdministrator':
    case 'sso:CreateAccountAssignment':
    case 'sso:CreatePermissionSet':
    case 'sso:DeleteAccountAssignment':
    case 'sso:ProvisionPermissionSet':
      return [];
    default:
      return unreachable(operation);
  }
}

/**
 * What many assignments come to, in one line: '12 assignments: 3 people × 4 accounts'. Undefined where there is one
 * change, or not all are of that kind.
 */
export function batchSays(calls: readonly Call[]): string | undefined {
  const inputs = calls.flatMap(({ operation, input }) =>
    operation === 'sso:CreateAccountAssignment' || operation === 'sso:DeleteAccountAssignment' ? [input] : [],
  ) as readonly Readonly<Record<string, unknown>>[];
  if (calls.length < 2 || inputs.length < calls.length) return undefined;
  const distinct = (member: string, of = inputs): number =>
    new Set(of.map((input) => JSON.stringify(input[member]))).size;
  const groups = distinct(
    'PrincipalId',
    inputs.filter(({ PrincipalType }) => PrincipalType === 'GROUP'),
  );
  const people = distinct('PrincipalId') - groups;
  const accounts = distinct('TargetId');
  const who = [
    ...(people > 0 ? [counted(people, 'person', 'people')] : []),
    ...(groups > 0 ? [counted(groups, 'group')] : []),
  ].join(' and ');
  // Where some are there already it is no product.
  const times = inputs.length === (people + groups) * accounts ? '×' : 'in';
  return `${inputs.length} assignments: ${who} ${times} ${counted(accounts, 'account')}`;
}
const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
