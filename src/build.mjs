// Makes dist/, which is what `bin` points to and what is published: one bundle, split so that a command loads its parts only.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { builtins, withoutUnused } from './builtins.mjs';
import { billOf, noticesOf, packagesOf } from './contents.mjs';
import { laterIn } from './later.mjs';
import { pageModules, pagePlugin } from './page.mjs';
import { partsOf, withLongInBrackets, withShortExports } from './parts.mjs';
import { replacementOf, unmet } from './replaced.mjs';

const root = new URL('..', import.meta.url);
const folder = fileURLToPath(root); // its name may have blanks
/** The files of ours that stand in the place of modules of packages; the tests see the same ones. */
const replacing = { name: 'replacing', resolveId: (asked, importer) => replacementOf(asked, importer) };
const dist = new URL('dist/', root);
const own = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
const { version } = own;

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
/** js-yaml makes its schemas by these. We read by one of them, and write with none. */
const unusedOfYaml = [
  'defineScalarTag',
  'defineSequenceTag',
  'defineMappingTag',
  'Schema',
  'YAML11_SCHEMA.withTags',
];
const { plugin, groups } = partsOf(folder);
const { plugin: laterPlugin, input: laterInput } = laterIn(folder);
const transform = {
  target: 'node20',
  define: { 'process.env.NODE_ENV': '"production"', CW_RUNBOOK_VERSION: JSON.stringify(version) },
};
/** Names that Node has everywhere, and loads modules for. */
const instead = {
  define: { ...transform.define, 'globalThis.navigator': 'undefined' },
  inject: { performance: [fileURLToPath(new URL('src/ui/terminal/performance.ts', root)), 'performance'] },
};
const { output } = await build({
  write: false,
  cwd: folder,
  input: { 'cw-runbook': 'src/main.ts', ...laterInput },
  platform: 'node',
  preserveEntrySignatures: false, // a part's names are taken from its file: none of its modules needs one of its own
  resolve: { mainFields: ['module', 'main'] }, // the SDK's CommonJS builds are one file each: nothing could be left out of them
  treeshake: {
    propertyReadSideEffects: false, // to read a member of a package does nothing but that
    manualPureFunctions: unusedOfYaml,
  },
  transform: { ...transform, ...instead },
  plugins: [replacing, builtins, laterPlugin, pagePlugin, plugin],
  checks: { bundlerTimings: false }, // how long each took says how busy the machine was: nothing is wrong with the build
  onLog: (level, { message }) => {
    if (level === 'warn') throw new Error(message);
  },
  output: {
    format: 'cjs', // a file is loaded in a fraction of the time that a module takes
    strict: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    codeSplitting: { groups, includeDependenciesRecursively: false },
    banner: ({ name }) => (name === 'cw-runbook' ? '#!/usr/bin/env node' : ''),
    minify: true,
    comments: false, // dist/THIRD-PARTY-NOTICES has them all
  },
});

if (unmet().length > 0) throw new Error(`Nothing imports what is replaced: ${unmet()}`);
/** By their place in the checkout; what joins the files is rolldown's own. */
const placeOf = (id) =>
  id.startsWith('\0rolldown/')
    ? 'node_modules/rolldown/package.json'
    : relative(folder, id).replaceAll('\\', '/');
/** In its place stands what its modules come to. */
const builtPage = 'built.ts';
const written = output.map((one) => ({
  ...one,
  code: withLongInBrackets(withShortExports(withoutUnused(one.code))),
}));
for (const { fileName, code } of written) await writeFile(new URL(fileName, dist), code);
const files = written.map(({ fileName, imports, moduleIds, code }) => ({
  file: fileName,
  imports: imports.filter((name) => code.includes(name)),
  modules: moduleIds.flatMap((id) => (id.endsWith(builtPage) ? [id, ...pageModules] : [id])).map(placeOf),
}));
const packages = await packagesOf(
  files.flatMap(({ modules }) => modules),
  root,
);
await writeFile(
  new URL('THIRD-PARTY-NOTICES', dist),
  noticesOf(packages, await readFile(new URL('LICENSE', root), 'utf8')),
);
await writeFile(new URL('sbom.cdx.json', dist), `${JSON.stringify(billOf(packages, own))}\n`);
// What the tests compare with: not published, and outside dist.
await mkdir(new URL('.cache/', root), { recursive: true });
await writeFile(new URL('.cache/files.json', root), JSON.stringify(files));

// What is told of the commands, made of the commands themselves: their help, and the manual page.
const prepared = await build({
  ...{ cwd: folder, platform: 'node', logLevel: 'silent', transform },
  input: ['src/commands/command-line/help-pages.ts', 'steps/product.ts'],
  plugins: [{ name: 'defined only', resolveDynamicImport: (id) => ({ id: String(id), external: true }) }],
  output: { dir: '.cache/prepared', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
});
const [helpPages, product] = await Promise.all(
  prepared.output
    .filter(({ isEntry }) => isEntry)
    .map(({ fileName }) => import(new URL(`.cache/prepared/${fileName}`, root))),
);
const { pages, manual } = helpPages.prepared(product.head);
await writeFile(new URL('help.json', dist), JSON.stringify(pages));
await writeFile(new URL('cw-runbook.1', dist), manual);
await chmod(new URL('cw-runbook.cjs', dist), 0o755);
