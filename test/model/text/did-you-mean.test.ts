import { expect, test } from 'vitest';
import { didYouMean } from '../../../src/model/text/did-you-mean.ts';

test.each([
  ['managment', ['delegated', 'management'], 'Did you mean “management”? '],
  ['gone', ['proc', 'chain'], ''],
  ['a', ['b'], 'Did you mean “b”? '],
  ['anything', [], ''],
  ['rnu', ['undo', 'run'], 'Did you mean “run”? '],
  ['hlep', ['undo', 'help'], 'Did you mean “help”? '],
  ['rn', ['nr', 'x'], 'Did you mean “nr”? '],
  ['xyz', ['run'], ''],
])('%s, where there are %s', (wanted, names, said) => {
  expect(didYouMean(wanted, names)).toBe(said);
});
