import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

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
  },
});
