// Makes dist/, which is what `bin` points to and what is published: one bundle, split so that a command loads its parts only.
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'rolldown';
import { billOf, noticesOf, packagesOf } from './contents.mjs';
import { pagePlugin } from './page.mjs';
import { partsOf, withoutSignposts } from './parts.mjs';
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
const { plugin, groups } = partsOf(folder);
const { output } = await build({
  write: false,
  cwd: folder,
  input: 'src/main.ts',
  platform: 'node',
  preserveEntrySignatures: false, // a part's names are taken from its file: none of its modules needs one of its own
  resolve: { mainFields: ['module', 'main'] }, // the SDK's CommonJS builds are one file each: nothing could be left out of them
  treeshake: { propertyReadSideEffects: false }, // to read a member of a package does nothing but that
  transform: {
    target: 'node20',
    define: { 'process.env.NODE_ENV': '"production"', CW_RUNBOOK_VERSION: JSON.stringify(version) },
  },
  plugins: [replacing, pagePlugin, plugin],
  onLog: (level, { message }) => {
    if (level === 'warn') throw new Error(message);
  },
  output: {
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    codeSplitting: { groups, includeDependenciesRecursively: false },
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
const written = withoutSignposts(output);
for (const { fileName, code } of written) await writeFile(new URL(fileName, dist), code);
const files = written.map(({ fileName, imports, moduleIds }) => ({
  file: fileName,
  imports,
  modules: moduleIds.map(placeOf),
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

// A CommonJS entry answers --version by itself: it starts in about the time of an empty script.
const bin = new URL('cw-runbook.cjs', dist);
await writeFile(
  bin,
  `#!/usr/bin/env node
if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined); // Node would open its inspector, and write over the screen
if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) console.log(${JSON.stringify(version)});
else import('./main.mjs');
`,
);
await chmod(bin, 0o755);
// The manual page, by the commands themselves.
const { stdout: page } = await promisify(execFile)(process.execPath, [fileURLToPath(bin), 'man']);
await writeFile(new URL('cw-runbook.1', dist), page);
