/**
 * One fault, planted by replacing a text that occurs once in its file. `tests`: the test files that notice it, the
 * cheapest that can.
 */
export interface Mutant {
  readonly id: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
}

/** Faults of one file: what each does, the text, and what takes its place. */
export const faults = (
  file: string,
  tests: readonly string[],
  all: readonly (readonly [does: string, from: string, to: string])[],
): readonly Mutant[] =>
  all.map(([does, from, to]) => ({
    id: `${file.replace(/^src\//, '').replace(/\.tsx?$/, '')}: ${does}`,
    ...{ file, from, to, tests },
  }));
