import { expect, test } from 'vitest';
import { didYouMean } from '../../../src/model/text/did-you-mean.ts';

test.each([
  ['managment', ['delegated', 'management'], 'Did you mean “management”? '],
  ['gone', ['proc', 'chain'], ''],
  ['a', ['b'], 'Did you mean “b”? '],
  ['anything', [], ''],
])('%s, where there are %s', (wanted, names, said) => {
  expect(didYouMean(wanted, names)).toBe(said);
});
