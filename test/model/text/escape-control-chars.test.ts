import { expect, test } from 'vitest';
import { escapeControlChars } from '../../../src/model/text/escape-control-chars.ts';

test('what is taken for plain is not looked at further, and would have stayed as it is', () => {
  for (let code = 0; code < 0x2800; code++) {
    const character = String.fromCharCode(code);
    // Behind a letter that is not among the plain ones every character is looked at.
    expect(`ж${escapeControlChars(character)}`, `U+${code.toString(16)}`).toBe(
      escapeControlChars(`ж${character}`),
    );
  }
});
