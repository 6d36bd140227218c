import { defineConfig } from 'vitest/config';
import { pagePlugin } from '../../src/page.mjs';

// What needs a browser and a spreadsheet: `npm run test:browser`. Neither is installed by it.
export default defineConfig({
  plugins: [pagePlugin],
  define: { CW_RUNBOOK_VERSION: JSON.stringify('0.0.0') },
  test: {
    include: ['test/browser/*.browser.ts'],
    environment: 'node',
    globalSetup: ['test/tidy.ts'],
    isolate: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
