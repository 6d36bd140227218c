import { test } from 'vitest';
import { opensWhereItIs } from './linking.ts';

test.each(['delegated', 'multi-region', 'existing-set', 'external-idp', 'account-instance'] as const)(
  '%s: whatever is planned opens in its account and Region',
  opensWhereItIs,
);
