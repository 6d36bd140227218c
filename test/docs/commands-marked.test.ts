import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
/** What is written for others is not typed here: pages, exports, and the program's own help, which has its own spelling. */
const forOthers = /^src\/(simulator|export|report|commands)\//;
const files = ['src', 'steps'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !forOthers.test(file)),
);

/** The texts of a module, without comments, and without what is marked as a command. */
function textsOf(file: string): readonly string[] {
  const code = readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(?<![:\w])\/\/.*$/gm, '')
    .replace(/asCommand\(\s*('[^']*'|`[^`]*`),?\s*\)/g, '');
  return code.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
}
const command =
  /(?<=\S )(aws [a-z][a-z0-9-]+ [a-z]+-[a-z-]+|aws (configure|sso|login --)|cw-runbook (undo|status|runs|resume|handoff|run|plan|apply|verify|audit|doctor|permissions|demo|answers|config|explain|export|completion|help)\b)/g;

test('a command in a sentence is marked as one: it is spelled as it is typed, and kept in one row', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(
    files.flatMap((file) =>
      textsOf(file).flatMap((text) =>
        [...text.matchAll(command)].map(
          ({ 0: said, index }) => `${file}: ${text.slice(Math.max(0, index - 40), index + said.length + 20)}`,
        ),
      ),
    ),
  ).toEqual([]);
});
