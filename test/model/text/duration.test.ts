import { expect, test } from 'vitest';
import { plainDuration } from '../../../src/model/text/duration.ts';

test.each([
  ['PT1H', 'PT1H'],
  ['PT60M', 'PT1H'],
  ['PT3600S', 'PT1H'],
  ['P0DT1H', 'PT1H'],
  ['PT0H60M0S', 'PT1H'],
  ['PT1H0M', 'PT1H'],
  ['PT3600.0S', 'PT1H'],
  ['P0W0DT1H', 'PT1H'],
  ['PT90M', 'PT1H30M'],
  ['PT8H', 'PT8H'],
  ['PT12H', 'PT12H'],
  ['P1D', 'PT24H'],
  ['PT3601S', 'PT1H1S'],
  ['PT0S', 'PT0S'],
  ['P1M', 'P1M'],
  ['P', 'P'],
  ['an hour', 'an hour'],
])('%s is %s', (text, plain) => {
  expect(plainDuration(text)).toBe(plain);
});
