import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withoutSignposts } from '../../src/parts.mjs';

interface File {
  readonly file: string;
  readonly imports: readonly string[];
  readonly modules: readonly string[];
}
const root = join(import.meta.dirname, '../..');
const files: readonly File[] = JSON.parse(readFileSync(join(root, '.cache/files.json'), 'utf8'));
/** All that is loaded with a module: its own file, and what that imports. */
function loadedWith(module: string): readonly string[] {
  const found = new Set<File>();
  const take = (file: File | undefined): void => {
    if (file === undefined || found.has(file)) return;
    found.add(file);
    for (const name of file.imports) take(files.find((one) => one.file === name));
  };
  take(files.find(({ modules }) => modules.includes(module)));
  expect(found.size, module).toBeGreaterThan(0);
  return [...found].flatMap(({ modules }) => modules);
}
/** All but what reads XML, which our own reading of answers uses, too. */
const aws = /^node_modules\/(@aws-sdk\/(?!xml-builder)|@smithy|@aws)\//;
const screen = /^node_modules\/(ink|react|react-reconciler)\//;
const simulator = /^src\/simulator\/(models\/|server|pipeline)/;
const settings = /^node_modules\/conf\//;
test.each([
  ['the command line itself', 'src/cli.ts', [aws, screen, simulator, settings, /^steps\/(?!product)/]],
  ['status', 'src/commands/status.ts', [aws, screen, simulator, settings]],
  ['doctor', 'src/commands/doctor.ts', [aws, screen, simulator]],
  ['the guided run', 'src/commands/guided.ts', [aws, screen, simulator]],
  ['an unattended run', 'src/commands/run.ts', [aws, screen, simulator]],
  ['the screen, up to its first frame', 'src/ui/render.tsx', [aws, simulator]],
  ['the demo', 'src/commands/demo.ts', [aws, screen]],
  ['the clients', 'src/aws/services/sso.ts', [screen, simulator]],
] as const)('%s loads nothing that it does not need', (_, module, not) => {
  const loaded = loadedWith(module);
  for (const kind of not) expect(loaded.filter((one) => kind.test(one))).toEqual([]);
});

test('each file is imported by another, and each that is imported is there', () => {
  const there = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.mjs'));
  const text = ['cw-runbook.cjs', ...there]
    .map((name) => readFileSync(join(root, 'dist', name), 'utf8'))
    .join();
  const asked = [...text.matchAll(/(?:from|import)\s*\(?[`'"]\.\/([\w.-]+)[`'"]/g)].map(([, name]) => name);
  expect(new Set(asked)).toEqual(new Set(there));
});

test('a file that only says where names are is left out, and its names are taken from there', () => {
  const post = { imports: ['b.mjs'], moduleIds: [], isDynamicEntry: true };
  const file = { imports: [], moduleIds: ['/a'], isDynamicEntry: false, fileName: 'a.mjs' };
  const [left, ...more] = withoutSignposts([
    { ...file, code: 'x=await import(`./post.mjs`);y=import(`./b.mjs`)' },
    { ...post, fileName: 'post.mjs', code: 'import"./c.mjs";export{q as one,two}from"./b.mjs";' },
  ]);
  expect(more).toEqual([]);
  expect(left?.code).toBe('x=await import(`./b.mjs`).then(e=>({one:e.q,two:e.two}));y=import(`./b.mjs`)');
  expect(() =>
    withoutSignposts([{ ...post, fileName: 'post.mjs', code: 'go();export{a}from"./b.mjs"' }]),
  ).toThrow('post.mjs is not understood');
});
