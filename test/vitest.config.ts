import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Those that take longest come first: begun last, one of them would keep the others waiting at the end. */
const longest = ['crash/', 'faults/', 'engine/kills', 'commands/', 'program/', 'compat/', 'ui/hostile'];
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((part) => moduleId.includes(`/test/${part}`));
      return found < 0 ? longest.length : found;
    };
    // Within a kind vitest's own order stays: by what it knows of earlier runs, or by size.
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  // As the build does: the program in a test's process and the shipped one are one version, and go on with each other's runs.
  define: { CW_RUNBOOK_VERSION: JSON.stringify(version) },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    // CI is set in CI, and Ink then writes nothing until it exits; colours must not depend on who runs the tests.
    env: { CI: 'false', FORCE_COLOR: '0' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
