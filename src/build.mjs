// Makes dist/, which is what `bin` points to and what is published: one bundle, split so that a command loads its parts only.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url);
/**
 * Ink takes every row of every frame apart into cells, and puts these together again; it measures each row's width twice,
 * and forgets it: most of what a key costs. Our screen is rows that begin at the left and lie over nothing: here such
 * rows are taken as they are, and what was measured is remembered. Where a package is another one than this was made
 * for, nothing is built.
 */
const remembering = {
  name: 'remembering',
  setup: (bundle) => {
    const rewritten = (filter, changes) =>
      bundle.onLoad({ filter }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = changes.reduce((now, [from, to]) => {
          if (now.split(from).length !== 2) throw new Error(`${path} does not hold once: ${from}`);
          return now.replace(from, () => to);
        }, text);
        return { contents, loader: 'js' };
      });
    rewritten(/[\\/]ink[\\/]build[\\/]output\.js$/, [
      [
        '    get() {',
        `    wholeRows() {
        const rows = Array.from({ length: this.height }, () => undefined);
        for (const { type, x, y, text, transformers } of this.operations) {
            if (type !== 'write' || x !== 0 || text.includes('\\n') || !(y in rows) || rows[y] !== undefined) return undefined;
            rows[y] = transformers.reduce((line, transformer) => transformer(line, 0), text).trimEnd();
        }
        return rows.map((row) => row ?? '');
    }
    get() {
        const whole = this.wholeRows();
        if (whole) return { output: whole.join('\\n'), height: this.height };`,
      ],
    ]);
    rewritten(/[\\/]string-width[\\/]index\.js$/, [
      [
        'export default function stringWidth(input, options = {}) {',
        `const known = new Map();
export default function stringWidth(input, options) {
  if (options !== undefined || typeof input !== 'string' || input.length > 2000) return measured(input, options);
  let width = known.get(input);
  if (width === undefined) {
    if (known.size > 5000) known.clear();
    width = measured(input);
    known.set(input, width);
  }
  return width;
}
function measured(input, options = {}) {`,
      ],
    ]);
  },
};
const dist = new URL('dist/', root);
const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await build({
  absWorkingDir: root.pathname,
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
  // Ink loads its developer tools only when DEV=true; they are not shipped.
  external: ['react-devtools-core'],
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [remembering],
});

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
