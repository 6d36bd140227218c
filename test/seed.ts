import { expect, onTestFailed } from 'vitest';

// One for a start of the tests: many draws, and still one number to write down.
const own = process.env.CW_TEST_SEED;
const drawn = own === undefined ? Math.floor(Math.random() * 1_000_000) : Number(own);
if (!Number.isSafeInteger(drawn)) throw new Error('CW_TEST_SEED is no whole number');

/**
 * What the draws of this test begin from. When the test fails, the seed is printed; CW_TEST_SEED=N draws the same again.
 * `usual`: what is drawn from unless CW_TEST_SEED says otherwise; another one at each start unless given.
 */
export function testSeed(usual?: number): number {
  const seed = own === undefined && usual !== undefined ? usual : drawn;
  onTestFailed(() => console.error(`Drawn from a seed: CW_TEST_SEED=${seed} draws the same again.`));
  return seed;
}

const organizations = new Map<string, number>();
/**
 * Of a simulated organization that is given none: another one for each of a test, and the same ones again when
 * CW_TEST_SEED says what they began from.
 */
export function organizationSeed(): string {
  const { currentTestName, testPath } = expect.getState();
  // Outside of a test, in what is done before all of them, nothing can be heard of a failure.
  const seed = currentTestName === undefined ? drawn : testSeed();
  const of = currentTestName ?? testPath ?? '';
  const nth = organizations.get(of) ?? 0;
  organizations.set(of, nth + 1);
  return `${seed} ${of} ${nth}`;
}
