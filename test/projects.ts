import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rest } from './rest.ts';

const all = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.test\.tsx?$/.test(name))
  .map((name) => join('test', name));
const unknown = rest.filter((part) => !all.some((file) => file === part || file.startsWith(part)));
if (unknown.length > 0) throw new Error(`test/rest.ts names what is not there: ${unknown.join(', ')}`);

/** Whether only `npm run test:all` runs a test file. */
export const isRest = (file: string): boolean => rest.some((part) => file === part || file.startsWith(part));
/**
 * A module that one file replaces would be replaced for the files after it, and what one file draws with Ink may leave
 * React's scheduler waiting, so that the next one draws nothing: such a file gets a process of its own.
 */
const alone = (file: string): boolean =>
  /\bvi\.(do)?[mM]ock\(|from 'ink(-testing-library)?'/.test(textOf(file));
const textOf = (file: string): string => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
/** Whether each runs a part of it: it says which tests are whose (test/more.ts). */
const isParted = (file: string): boolean => /from '(\.\.\/)+more\.ts'/.test(textOf(file));

/**
 * The test files, each in one project. `quick` and `quick-alone` are what `npm test` runs. What is not alone shares its
 * process with the files after it, and so loads the SDK and the program once in place of 240 times.
 */
export const projects = (
  [
    ['quick', (file) => !isRest(file) && !alone(file)],
    ['quick-alone', (file) => !isRest(file) && alone(file)],
    ['rest', (file) => (isRest(file) || isParted(file)) && !alone(file)],
    ['rest-alone', (file) => (isRest(file) || isParted(file)) && alone(file)],
  ] as readonly (readonly [name: string, holds: (file: string) => boolean])[]
)
  .map(([name, holds]) => ({
    name,
    include: all.filter(holds),
    isolate: name.endsWith('-alone'),
    env: { CW_TESTS_PART: name.replace('-alone', '') },
  }))
  .filter(({ include }) => include.length > 0);

/** The runs that a test file, named by its path, has a part in. */
export const partsOf = (path: string): readonly string[] =>
  projects
    .filter(({ include }) => include.includes(relative(join(import.meta.dirname, '..'), path)))
    .map(({ env }) => env.CW_TESTS_PART);
