import { defineConfig } from 'vitest/config';

export default defineConfig({
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
