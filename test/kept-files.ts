import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** The folders of kept files that a test file asks for, as it writes them: `isAsKept(text, 'frames', …)`. */
const foldersIn = (file: string): readonly string[] => [
  ...new Set(
    [...readFileSync(file, 'utf8').matchAll(/isAsKept\([\s\S]*?,\s*'([\w/-]+)',/g)].map(([, folder = '']) =>
      join(dirname(file), folder),
    ),
  ),
];
/** By folder of kept files: the test files that ask for some of them, by themselves or through a file beside them. */
export function ownersIn(root: string): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/^kept(-files(\.test)?)?\.ts$/.test(name))
    .map((name) => join(root, name));
  const tests = files.filter((file) => /\.test\.tsx?$/.test(file));
  const owners = new Map<string, string[]>();
  for (const file of files)
    for (const folder of foldersIn(file)) {
      const asking = tests.includes(file)
        ? [file]
        : tests.filter(
            (test) =>
              dirname(test) === dirname(file) && readFileSync(test, 'utf8').includes(`'./${basename(file)}'`),
          );
      owners.set(folder, [...(owners.get(folder) ?? []), ...asking]);
    }
  return owners;
}
/** Files that nobody asked for, in folders of which every test that asks has run. */
export function unasked(
  owners: ReadonlyMap<string, readonly string[]>,
  whole: ReadonlySet<string>,
  asked: ReadonlySet<string>,
): readonly string[] {
  return [...owners].flatMap(([folder, files]) =>
    files.every((file) => whole.has(file))
      ? readdirSync(folder)
          .map((name) => join(folder, name))
          .filter((file) => !asked.has(file))
      : [],
  );
}

const isWhole = (module: TestModule): boolean =>
  [...module.children.allTests()].every((test: TestCase) => test.result().state === 'passed');

/** Fails a run after which a kept file is left that no test asks for. Says nothing where only some of the tests ran. */
export class KeptFiles implements Reporter {
  readonly root: string;
  constructor(root: string) {
    this.root = root;
  }
  onTestRunEnd(modules: readonly TestModule[]): void {
    const whole = new Set(modules.filter(isWhole).map(({ moduleId }) => moduleId));
    const asked = new Set(
      modules.flatMap((module) => [...module.children.allTests()].flatMap((test) => test.meta().kept ?? [])),
    );
    const left = unasked(ownersIn(this.root), whole, asked);
    if (left.length === 0) return;
    process.exitCode = 1;
    console.error(`\nNo test asks for these files any more; delete them:\n${left.join('\n')}`);
  }
}
