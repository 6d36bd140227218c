import { test } from 'vitest';
import { nothingDiffers } from './record/compared.ts';

test.each([
  'done',
  'no-instance',
  'billing-only',
  'external-idp',
  'multi-region',
  'no-permission-sets',
  'large',
] as const)('%s: where AWS is as the simulator is, nothing differs', (scenario) => nothingDiffers(scenario));
