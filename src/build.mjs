// Makes dist/, which is what `bin` points to and what is published: one bundle, split so that a command loads its parts only.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { billOf, noticesOf, packagesOf } from './contents.mjs';
import { replacementOf, unmet } from './replaced.mjs';
import { together } from './together.mjs';

const root = new URL('..', import.meta.url);
const folder = fileURLToPath(root); // its name may have blanks
/** The files of ours that stand in the place of modules of packages; the tests see the same ones. */
const replacing = {
  name: 'replacing',
  setup: (bundle) =>
    bundle.onResolve({ filter: /./ }, ({ path, importer }) => {
      const by = replacementOf(path, importer);
      return by === undefined ? undefined : { path: by };
    }),
};
const dist = new URL('dist/', root);
const own = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
const { version } = own;

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
const { metafile } = await build({
  metafile: true,
  absWorkingDir: folder,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'], // the SDK's CommonJS builds are one file each: nothing could be left out of them
  define: { 'process.env.NODE_ENV': '"production"', CW_RUNBOOK_VERSION: JSON.stringify(version) },
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  legalComments: 'none', // dist/THIRD-PARTY-NOTICES has them all
  logLevel: 'warning',
  plugins: [replacing, together(folder)],
});

if (unmet().length > 0) throw new Error(`Nothing imports what is replaced: ${unmet()}`);
const packages = await packagesOf(metafile, root);
await writeFile(new URL('THIRD-PARTY-NOTICES', dist), noticesOf(packages));
await writeFile(new URL('sbom.cdx.json', dist), `${JSON.stringify(billOf(packages, own), null, 1)}\n`);
// What the test compares with: not published, and outside dist.
await mkdir(new URL('.cache/', root), { recursive: true });
await writeFile(new URL('.cache/metafile.json', root), JSON.stringify(metafile));

// A CommonJS entry answers --version by itself: it starts in about the time of an empty script.
const bin = new URL('cw-runbook.cjs', dist);
await writeFile(
  bin,
  `#!/usr/bin/env node
if (process.platform !== 'win32') process.on('SIGUSR1', () => undefined); // Node would open its inspector, and write over the screen
if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) console.log(${JSON.stringify(version)});
else import('./cli.mjs').then(({ cli }) => cli(process.argv.slice(2)));
`,
);
await chmod(bin, 0o755);
