import type { Call, Json } from './call.ts';
import { differenceSays } from './policy-words.ts';

/**
 * What a change does to a set's policy, in sentences: what it allows then, and no longer. None for other changes, and none
 * where both texts mean the same. `before`: the policy that is replaced; absent or '' where there is none.
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
    default:
      return [];
  }
}
