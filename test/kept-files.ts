import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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

/** What was run of the tests, and what those asked for. `whole`: each as its part and its file. */
interface Ran {
  readonly whole: readonly string[];
  readonly asked: readonly string[];
}
/** Joins both runs: a file of which each has a part has run whole once both have. `partsOf`: those that a file has. */
export function together(
  runs: readonly Ran[],
  partsOf: (file: string) => readonly string[],
): readonly [whole: ReadonlySet<string>, asked: ReadonlySet<string>] {
  const parts = new Set(runs.flatMap(({ whole }) => whole));
  const files = [...parts].map((one) => one.slice(one.indexOf(' ') + 1));
  const whole = files.filter((file) => partsOf(file).every((part) => parts.has(`${part} ${file}`)));
  return [new Set(whole), new Set(runs.flatMap(({ asked }) => asked))];
}
/** What `npm test` has left for the rest, unless a test or a kept file is newer. */
export function left(file: string, root: string): readonly Ran[] {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
  if (all.some((name) => statSync(join(root, name)).mtimeMs > written)) return [];
  return [JSON.parse(readFileSync(file, 'utf8'))];
}

/**
 * Fails a run after which a kept file is left that no test asks for. Of what only some of the tests ask for it says
 * nothing, until the others have run too: `npm test` writes down what it was asked for, and the rest goes on from that.
 */
export class KeptFiles implements Reporter {
  readonly root: string;
  readonly partsOf: (file: string) => readonly string[];
  constructor(root: string, partsOf: (file: string) => readonly string[]) {
    this.root = root;
    this.partsOf = partsOf;
  }
  onTestRunEnd(modules: readonly TestModule[]): void {
    const whole = modules
      .filter(isWhole)
      .map(({ moduleId, project }) => `${project.name.replace('-alone', '')} ${moduleId}`);
    const asked = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => test.meta().kept ?? []),
    );
    const file = join(this.root, '..', 'node_modules', '.cache', 'cw-runbook-kept-files.json');
    const isRest = whole.some((one) => one.startsWith('rest '));
    const runs: readonly Ran[] = [{ whole, asked }, ...(isRest ? left(file, this.root) : [])];
    if (!isRest) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ whole, asked }));
    }
    const found = unasked(ownersIn(this.root), ...together(runs, this.partsOf));
    if (found.length === 0) return;
    process.exitCode = 1;
    console.error(`\nNo test asks for these files any more; delete them:\n${found.join('\n')}`);
  }
}
