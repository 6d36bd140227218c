import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { later, standIn } from '../../src/later.mjs';
import { withLongInBrackets, withShortExports } from '../../src/parts.mjs';

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
/**
 * All but what reads XML, which our own reading of answers uses, too; and but the SDK's reader of AWS's files, by which
 * it is known where calls go.
 */
const aws =
  /^node_modules\/(@aws-sdk\/(?!xml-builder)|@smithy\/(?!types\/|(core\/dist-es\/submodules\/config\/)?shared-ini-file-loader\/)|@aws)\//;
const ini = 'node_modules/@smithy/shared-ini-file-loader/dist-es/index.js';
const screen = /^node_modules\/(ink|react|react-reconciler)\//;
const simulator = /^src\/simulator\/(models\/|server|workings|pipeline)/;
const settings = /^node_modules\/conf\//;
const commander = /^node_modules\/commander\//;
test.each([
  ['what answers --version and --help', 'src/main.ts', [/^node_modules\//, /^steps\//, /^src\/cli/]],
  [
    'the command line itself',
    'src/cli.ts',
    [aws, screen, simulator, settings, commander, /^steps\/(?!product)/],
  ],
  ['a command with its options', 'src/commands/command-line/parsed.ts', [aws, screen, simulator, settings]],
  ['status', 'src/commands/status.ts', [aws, screen, simulator, settings, commander]],
  ['doctor', 'src/commands/doctor.ts', [aws, screen, simulator]],
  ['the guided run', 'src/commands/guided.ts', [aws, screen, simulator]],
  ['an unattended run', 'src/commands/run.ts', [aws, screen, simulator]],
  [
    'the screen, up to its first frame',
    'src/ui/render.tsx',
    [aws, simulator, settings, commander, /^src\/engine\//, /^src\/aws\/(client|services)/],
  ],
  [
    'the demo',
    'src/commands/demo.ts',
    [aws, screen, commander, settings, /^src\/engine\//, /^src\/simulator\/(models\/|workings|pipeline)/],
  ],
  ['the clients', 'src/aws/services/sso.ts', [screen, simulator]],
] as const)('%s loads nothing that it does not need', (_, module, not) => {
  const loaded = loadedWith(module);
  for (const kind of not) expect(loaded.filter((one) => kind.test(one))).toEqual([]);
});

test('what the guided run loads before its first frame is the screen and nothing behind it', () => {
  const loaded = [
    ...['src/cli.ts', 'src/commands/guided.ts', 'src/commands/runs/place-now.ts', 'steps/index.ts'],
    ...['src/ui/render.tsx', ini],
  ].flatMap(loadedWith);
  const behind = [aws, simulator, settings, commander, /^src\/engine\//, /^src\/aws\/(client|services)/];
  for (const kind of behind) expect(loaded.filter((one) => kind.test(one))).toEqual([]);
});

test('what a step does is loaded behind the first frame, and by whoever acts at once', () => {
  const first = ['src/cli.ts', 'src/commands/guided.ts', 'src/commands/status.ts', 'src/ui/render.tsx'];
  const loaded = new Set(first.flatMap(loadedWith));
  for (const module of Object.values(later).flat()) expect(loaded).not.toContain(module);
  expect(loaded).toContain('steps/permission-set.ts');
  expect(loadedWith('src/engine/walk.ts')).toEqual(expect.arrayContaining([...(later.doing ?? [])]));
});

test('what the first frame does without of Node’s own is loaded when it is called', () => {
  const first = ['start', 'runbook', 'guided', 'screen', 'status', 'demo'];
  const text = first.map((name) => readFileSync(join(root, `dist/${name}.cjs`), 'utf8')).join('\n');
  const atOnce = [...text.matchAll(/\brequire\([`"'](?:node:)?([\w/]+)[`"']\)/g)].map(([, name]) => name);
  const light = ['events', 'fs', 'os', 'path', 'process', 'stream', 'util'];
  expect([...new Set(atOnce)].toSorted()).toEqual(light);
  // Each of these names would have Node load modules, too.
  expect(text).not.toMatch(/\b(performance\.now|globalThis\.navigator)\b(?<!\w\.\w+)/);
});

test('in the place of a module that is loaded later stand its data, and functions that load it', () => {
  const code = `import { sum } from './sum.ts';
const one = 1, of = sum(1), needsIt = [of];
export const most = 5 as const;
export const all = { one, says: (n: number) => n + most };
export type Of = typeof needsIt;
export async function* listed(): AsyncIterable<number> { yield of; }
export const twice = (n: number): number => sum(n) * 2;
const own = () => twice(of);`;
  expect(standIn(code, 'doing', 3).split('\n')).toEqual([
    "import { doing as later } from '\0later';",
    "import { sum } from './sum.ts';",
    'export const listed: any = /* @__PURE__ */ later(3, 0);',
    'export const twice: any = /* @__PURE__ */ later(3, 1);',
    'const one = 1;',
    'export const most = 5 as const;',
    'export const all = { one, says: (n: number) => n + most };',
  ]);
  expect(() => standIn('export const all = new Map();', 'doing', 0)).toThrow(
    'all is no function and no plain data',
  );
  expect(() => standIn('const f = sum(); export const all = [f];', 'doing', 0)).toThrow('all needs f');
  expect(() => standIn("export * from './other.ts';", 'doing', 0)).toThrow('no function');
  expect(() => standIn('export class A {}', 'doing', 0)).toThrow('A is no function and no plain data');
});

test('each file is asked for by another, and each that is asked for is there', () => {
  const there = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.cjs'));
  const text = there.map((name) => readFileSync(join(root, 'dist', name), 'utf8')).join();
  const asked = [...text.matchAll(/require\(["'`]\.\/([\w.-]+)["'`]\)/g)].map(([, name]) => name);
  expect(new Set([...asked, 'cw-runbook.cjs'])).toEqual(new Set(there));
});

test('names are told in one statement, and looked up when they are asked for', () => {
  const told = (name: string, value: string) =>
    `Object.defineProperty(exports,"${name}",{enumerable:!0,get:function(){return ${value}}})`;
  const code = withShortExports(`let x=1;function more(){x++}${told('a', 'x')},${told('more', 'more')};`);
  const module: { a?: number; more?: () => void } = {};
  new Function('exports', code)(module);
  module.more?.();
  expect([module.a, Object.keys(module)]).toEqual([2, ['a', 'more']]);
  expect(withShortExports('nothing()')).toBe('nothing()');
  expect(() => withShortExports(told('a', 'b.c'))).toThrow('is not understood');
});

test('a long function is put in brackets, and a short one is not', () => {
  const code = 'const a={};(()=>{a.exports=function(b){return b+1};a.other=function(){}})();';
  expect(withLongInBrackets(code, 15)).toBe(
    'const a={};(()=>{a.exports=(function(b){return b+1});a.other=function(){}})();',
  );
  expect(withLongInBrackets(code, 30)).toBe(code);
  expect(readFileSync(join(root, 'dist/screen.cjs'), 'utf8')).toMatch(/\.exports=\(function\(/);
});
