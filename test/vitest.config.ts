import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { pagePlugin } from '../src/page.mjs';
import { importers, replacementOf } from '../src/replaced.mjs';
import { KeptFiles } from './kept-files.ts';
import { partsOf, projects } from './projects.ts';

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
  // The tests draw, measure and keep settings with what is shipped.
  plugins: [
    {
      name: 'replacing',
      enforce: 'pre',
      resolveId: (asked, importer) => replacementOf(asked, importer),
      // Ink's maps lead to sources that it does not bring along; each would be a warning.
      load: (id) =>
        /node_modules\/ink(-testing-library)?\/.*\.js$/.test(id)
          ? readFileSync(id, 'utf8').replace(/^\/\/# sourceMappingURL=.*/m, '')
          : undefined,
    },
    pagePlugin,
  ],
  // As the build does: the program in a test's process and the shipped one are one version, and go on with each other's runs.
  define: { CW_RUNBOOK_VERSION: JSON.stringify(version) },
  test: {
    projects: projects.map((test) => ({ extends: true, test })),
    environment: 'node',
    globalSetup: ['test/tidy.ts'],
    setupFiles: ['test/setup.ts'],
    server: { deps: { inline: [...importers] } },
    // CI is set in CI, and Ink then writes nothing until it exits; colours must not depend on who runs the tests.
    env: { CI: 'false', FORCE_COLOR: '0' },
    // A file that a test asks for and nobody has looked at fails: `-u` writes it. One that no test asks for fails, too.
    update: 'none',
    reporters: ['default', new KeptFiles(import.meta.dirname, partsOf)],
    // Only a machine that others use too comes near it.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    maxWorkers: 4, // of two cores: a test waits for time-outs and processes for half of its time, and leaves its core to another
    sequence: { sequencer: LongestFirst },
  },
});
